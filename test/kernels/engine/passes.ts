/** Every call that an engine serves, in one form: two operands, a result that is linear in each, perhaps a bias. */
import {
  type CallOptions,
  convForward,
  convInputVjp,
  convKernelVjp,
  convTransposeForward,
  convTransposeInputVjp,
  convTransposeKernelVjp,
  type FloatDType,
  linearInputVjp,
  linearKernel,
  linearWeightVjp,
  matmulKernel,
} from '../../../src/kernels/index.js';
import type { Shape, Tensor } from '../../../src/tensor/index.js';
import { type Case, outputShape } from '../slow-conv.js';
import { type Transposed, yShapeOf } from '../transposed-cases.js';

export interface Operands<D extends FloatDType> {
  readonly first: Tensor<D>;
  readonly second: Tensor<D>;
  /** Only where the pass has a shape for it. */
  readonly bias?: Tensor<D> | undefined;
}

export interface Pass {
  readonly name: string;
  readonly shapes: {
    readonly first: Shape;
    readonly second: Shape;
    readonly bias?: Shape;
    readonly out: Shape;
  };
  run<D extends FloatDType>(operands: Operands<D>, options?: CallOptions<D>): Tensor<D>;
}

export function convPasses(it: Case): Pass[] {
  const y = outputShape(it);
  return [
    {
      name: 'conv forward',
      shapes: { first: it.x, second: it.w, bias: [it.w[0]!], out: y },
      run: ({ first, second, bias }, options) => convForward({ x: first, w: second, b: bias }, it, options),
    },
    {
      name: 'conv gradient to x',
      shapes: { first: y, second: it.w, out: it.x },
      run: ({ first, second }, options) => convInputVjp(first, second, it.x, it, options),
    },
    {
      name: 'conv gradient to w',
      shapes: { first: y, second: it.x, out: it.w },
      run: ({ first, second }, options) => convKernelVjp(first, second, it.w, it, options),
    },
  ];
}

export function transposedPasses(it: Transposed): Pass[] {
  const y = yShapeOf(it);
  return [
    {
      name: 'conv_transpose forward',
      shapes: { first: it.x, second: it.w, bias: [y[1]!], out: y },
      run: ({ first, second, bias }, options) =>
        convTransposeForward({ x: first, w: second, b: bias }, it, options),
    },
    {
      name: 'conv_transpose gradient to x',
      shapes: { first: y, second: it.w, out: it.x },
      run: ({ first, second }, options) => convTransposeInputVjp(first, second, it.x, it, options),
    },
    {
      name: 'conv_transpose gradient to w',
      shapes: { first: y, second: it.x, out: it.w },
      run: ({ first, second }, options) => convTransposeKernelVjp(first, second, it.w, it, options),
    },
  ];
}

/** Products of matrices [rows, inner] and [inner, columns]. */
export function densePasses([rows, inner, columns]: readonly [number, number, number]): Pass[] {
  const out = [rows, columns];
  return [
    {
      name: 'matmul',
      shapes: { first: [rows, inner], second: [inner, columns], out },
      run: ({ first, second }, options) => matmulKernel(first, second, options),
    },
    {
      name: 'linear forward',
      shapes: { first: [rows, inner], second: [columns, inner], bias: [columns], out },
      run: ({ first, second, bias }, options) => linearKernel(first, second, bias, options),
    },
    {
      name: 'linear gradient to x',
      shapes: { first: [rows, inner], second: [inner, columns], out },
      run: ({ first, second }, options) => linearInputVjp(first, second, options),
    },
    {
      name: 'linear gradient to w',
      shapes: { first: [inner, rows], second: [inner, columns], out },
      run: ({ first, second }, options) => linearWeightVjp(first, second, options),
    },
  ];
}

/** Operands of a pass, each made from its shape and a number of its own. */
export function operandsOf<D extends FloatDType>(
  { shapes: { first, second, bias } }: Pass,
  make: (shape: Shape, salt: number) => Tensor<D>,
): Operands<D> {
  return { first: make(first, 1), second: make(second, 2), bias: bias && make(bias, 3) };
}

/** The first place where two results are not the same number, +0 and -0 alike. */
export function difference(got: Tensor, want: Pick<Tensor, 'data'>): string | null {
  if (got.data.length !== want.data.length) return `${got.data.length} cells, not ${want.data.length}`;
  for (let cell = 0; cell < got.data.length; cell++) {
    const [a, b] = [got.data[cell]!, want.data[cell]!];
    if (a !== b && !(Number.isNaN(a) && Number.isNaN(b))) return `cell ${cell} is ${a}, not ${b}`;
  }
  return null;
}
