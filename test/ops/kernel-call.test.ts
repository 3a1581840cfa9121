/** Every operator's kernels through one door: into new tensors, into given ones, and what the door refuses. */
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/kernels/index.js';
import {
  type FloatTensor,
  type Inputs,
  kernelCall,
  type Operator,
  operators,
  resolve,
} from '../../src/ops/index.js';
import { fromArray, type Shape, size, type Tensor, zeros } from '../../src/tensor/index.js';
import { thrown } from '../tensor/thrown.js';

/** Between 0 and 1, where every function is defined, and no two alike. */
function values<D extends 'float64' | 'float32'>(shape: Shape, dtype: D, salt: number): Tensor<D> {
  const cells = Array.from({ length: size(shape) }, (_, k) => ((k * 37 + salt * 11) % 101) / 128 + 1 / 256);
  return fromArray(shape, cells, dtype);
}

function inputsFor(shapes: Readonly<Record<string, Shape>>, dtype: 'float64' | 'float32'): Inputs {
  const entries = Object.entries(shapes).map(
    ([name, shape], salt) => [name, values(shape, dtype, salt) as FloatTensor] as const,
  );
  return Object.fromEntries(entries);
}

/** A tensor of NaN with sentinels around it, and whether they still stand. */
function guarded(shape: Shape, dtype: 'float64' | 'float32') {
  const cells = size(shape);
  const whole = dtype === 'float64' ? new Float64Array(cells + 8) : new Float32Array(cells + 8);
  whole.fill(-77);
  const data = whole.subarray(3, 3 + cells).fill(Number.NaN);
  const intact = () =>
    whole.subarray(0, 3).every(v => v === -77) && whole.subarray(3 + cells).every(v => v === -77);
  return { out: { shape, data, dtype } as FloatTensor, intact };
}

const named = operators.map((operator): [string, Operator] => [operator.name, operator]);

describe.each(named)('%s', (name, operator) => {
  const examples = operator.examples;

  test.each(['float64', 'float32'] as const)(
    '%s: forward and gradients, new and into given tensors',
    dtype => {
      for (const { shapes, params } of examples) {
        const bound = kernelCall(name, shapes, params);
        const inputs = inputsFor(shapes, dtype);
        const call = resolve(operator, shapes, params);
        const y = bound.forward(inputs);
        expect([y.shape, y.dtype]).toEqual([call.output, dtype]);
        expect(y).toEqual(operator.kernel.forward(inputs, call));
        const given = guarded(call.output, dtype);
        expect(bound.forward(inputs, given.out)).toBe(given.out);
        expect([given.out.data, given.intact()]).toEqual([y.data, true]);
        const yBar = values(call.output, dtype, 5) as FloatTensor;
        expect(bound.gradients).toEqual(Object.keys(operator.kernel.vjp));
        for (const wrt of bound.gradients.filter(one => shapes[one])) {
          const gradient = bound.vjp(wrt, yBar, inputs);
          expect([gradient.shape, gradient.dtype]).toEqual([shapes[wrt], dtype]);
          const into = guarded(shapes[wrt]!, dtype);
          expect(bound.vjp(wrt, yBar, inputs, into.out)).toBe(into.out);
          expect([into.out.data, into.intact()]).toEqual([gradient.data, true]);
        }
      }
    },
  );

  test('refuses outputs of another shape, another type, and in the memory of an operand', () => {
    const { shapes, params } = examples[0]!;
    const bound = kernelCall(name, shapes, params);
    const inputs = inputsFor(shapes, 'float64');
    const refused = (out: FloatTensor) => thrown(() => bound.forward(inputs, out)).code;
    expect(refused(zeros([...bound.call.output, 1]))).toBe('output-shape-mismatch');
    expect(refused(zeros(bound.call.output, 'float32'))).toBe('output-dtype-mismatch');
    const [first, operand] = Object.entries(inputs)[0]!;
    const cells = size(bound.call.output);
    const shared = new Float64Array(Math.max(cells, operand.data.length));
    const sharing = { ...operand, data: shared.subarray(0, operand.data.length) } as FloatTensor;
    const out = {
      shape: bound.call.output,
      data: shared.subarray(0, cells),
      dtype: 'float64',
    } as FloatTensor;
    expect(thrown(() => bound.forward({ ...inputs, [first]: sharing }, out)).code).toBe('aliased-output');
  });
});

describe('kernelCall', () => {
  const shapes = { x: [1, 2, 6, 6], w: [4, 2, 3, 3] };
  const inputs = inputsFor(shapes, 'float64');
  const conv = kernelCall('conv2d', shapes);

  test('takes the engine it is given', () => {
    const engine = createEngine('wasm');
    expect(engine.held()).toBe(0);
    kernelCall('conv2d', shapes, {}, engine).forward(inputs);
    expect(engine.held()).toBeGreaterThan(0);
  });

  test.each<[string, () => unknown]>([
    ['unknown-operator', () => kernelCall('conv9d', shapes)],
    ['channels-mismatch', () => kernelCall('conv2d', { ...shapes, w: [4, 3, 3, 3] })],
    ['missing-input', () => conv.forward({ x: inputs.x! })],
    ['missing-input', () => conv.forward(undefined as never)],
    ['unknown-input', () => conv.forward({ ...inputs, b: zeros([4]) })],
    ['size-mismatch', () => conv.forward({ ...inputs, x: zeros([1, 2, 6, 7]) })],
    ['not-a-tensor', () => conv.forward({ ...inputs, x: 3 as never })],
    ['dtype-mismatch', () => conv.forward({ ...inputs, x: zeros(shapes.x, 'float32') })],
    ['upstream-shape-mismatch', () => conv.vjp('x', zeros([1, 4, 4, 5]), inputs)],
    ['not-a-tensor', () => conv.vjp('x', undefined as never, inputs)],
    ['no-gradient-kernel', () => conv.vjp('toString', zeros([1, 4, 4, 4]), inputs)],
    ['missing-input', () => conv.vjp('b', zeros([1, 4, 4, 4]), inputs)],
    ['unknown-engine', () => createEngine('gpu' as never)],
  ])('%s', (code, call) => {
    expect(thrown(call).code).toBe(code);
  });
});
