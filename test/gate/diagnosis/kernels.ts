/** Right kernels as a gate sees them, and wrong ones made by tampering with what goes in and what comes out. */
import { type Ask, type Problem, settle } from '../../../src/gate/diagnosis/problem.js';
import type { WireTensor } from '../../../src/gate/subject/wire.js';
import { createEngine } from '../../../src/kernels/index.js';
import { COTANGENT, type FloatTensor, kernelCall } from '../../../src/ops/index.js';
import { fromArray, type Shape, size, unravel } from '../../../src/tensor/index.js';

export type Tensors = Readonly<Record<string, FloatTensor>>;

/** Computes the result that a problem is about; yBar is one of the tensors, for a gradient. */
export type Compute = (tensors: Tensors) => FloatTensor;

/** A wrong kernel, made from the right one. */
export type Tamper = (right: Compute, problem: Problem) => Compute;

const engine = createEngine('plain');

export function rightKernel(problem: Problem): Compute {
  const { wrt } = settle(problem);
  const kernel = kernelCall(problem.op, problem.shapes, problem.params, engine);
  return ({ [COTANGENT]: yBar, ...inputs }) =>
    wrt === null ? kernel.forward(inputs) : kernel.vjp(wrt, yBar!, inputs);
}

/** The kernel, and how often it was called. */
export function asked(problem: Problem, compute: Compute): { ask: Ask; calls: () => number } {
  let calls = 0;
  const ask: Ask = async (inputs, upstream) => {
    calls++;
    const all = { ...inputs, ...(upstream ? { [COTANGENT]: upstream } : {}) };
    return { [problem.result]: compute(all as Record<string, WireTensor> as Tensors) as WireTensor };
  };
  return { ask, calls: () => calls };
}

export const askRight = (problem: Problem): Ask => asked(problem, rightKernel(problem)).ask;

export const askWrong = (problem: Problem, tamper: Tamper): Ask =>
  asked(problem, tamper(rightKernel(problem), problem)).ask;

/** A tensor with cells moved or changed: each from its index, and a reader that gives 0 outside. */
export function rewritten(
  tensor: FloatTensor,
  change: (index: readonly number[], read: (index: readonly number[]) => number) => number,
): FloatTensor {
  const { shape } = tensor;
  const read = (index: readonly number[]) => (inside(index, shape) ? tensor.data[flat(index, shape)]! : 0);
  const cells = Array.from({ length: size(shape) }, (_, cell) => change(unravel(shape, cell), read));
  return fromArray(shape, cells, tensor.dtype);
}

const inside = (index: readonly number[], shape: Shape): boolean =>
  index.every((at, axis) => at >= 0 && at < shape[axis]!);

const flat = (index: readonly number[], shape: Shape): number =>
  index.reduce((at, one, axis) => at * shape[axis]! + one, 0);

/** What goes in is tampered with. */
export const withInput =
  (name: string, change: Parameters<typeof rewritten>[1]): Tamper =>
  right =>
  tensors =>
    right({ ...tensors, [name]: rewritten(tensors[name]!, change) });

/** What comes out is tampered with. */
export const withOutput =
  (change: Parameters<typeof rewritten>[1]): Tamper =>
  right =>
  tensors =>
    rewritten(right(tensors), change);
