/** Views: kernels that read them, and kernels that only seem to. */
import { describe, expect, test } from 'vitest';
import type { ModuleKernel } from '../../../../src/gate/mutants/kernel.js';
import { numbersOf, product } from '../../../../src/gate/mutants/operands.js';
import type { WireTensor } from '../../../../src/gate/subject/subject.js';
import { strides as denseStrides } from '../../../../src/tensor/index.js';
import { caseOf, judged, messages, type Plan, subjectOf, verdicts } from './judging.js';
import { libraryKernel } from './library-kernel.js';

const conv: Plan = {
  shapes: { x: [2, 4, 5, 6], w: [6, 2, 3, 2], b: [6] },
  params: {
    ...{ stride: [2, 1], dilation: [1, 2], groups: 2 },
    padding: [
      [1, 0],
      [0, 2],
    ],
  },
};

/** Reads an operand as dense numbers, right or not. */
type Read = (name: string, tensor: WireTensor, others: Readonly<Record<string, WireTensor>>) => Float64Array;

/** A right conv2d that sees its operands through other eyes. */
function reading(read: Read) {
  const right = libraryKernel('conv2d') as unknown as ModuleKernel;
  const seen = (tensors: Readonly<Record<string, WireTensor>>) =>
    Object.fromEntries(
      Object.entries(tensors).map(([name, one]) => [
        name,
        { shape: one.shape, dtype: one.dtype, data: read(name, one, tensors) },
      ]),
    );
  return {
    forward: (inputs: Record<string, WireTensor>, params: Plan['params']) =>
      right.forward(seen(inputs), params),
    backward(inputs: Record<string, WireTensor>, upstream: WireTensor, params: Plan['params']) {
      const { yBar, ...rest } = seen({ ...inputs, yBar: upstream });
      return right.backward(rest, yBar!, params);
    },
  };
}

const judge = (read: Read, dtype: 'float64' | 'float32' = 'float64') =>
  judged(subjectOf('conv2d', reading(read), { strides: true }), caseOf('strides', 'conv2d', conv, { dtype }));

const as = (tensor: WireTensor, change: Partial<WireTensor>) => numbersOf({ ...tensor, ...change });

const ALL_WRONG = { y: 'mismatch', dx: 'mismatch', dw: 'mismatch', db: 'mismatch' };

test('views are read by a right kernel, in a few dozen calls', async () => {
  const outcome = await judge((_, tensor) => numbersOf(tensor));
  expect(messages(outcome)).toEqual([]);
  expect(verdicts(outcome)).toEqual({ y: 'agreed', dx: 'agreed', dw: 'agreed', db: 'agreed' });
  expect(outcome.findings.dw).toEqual({ kind: 'agreed', rung: 'exact' });
  expect(outcome.calls).toBe(36);
});

const planted: readonly [says: string, read: Read, found: object][] = [
  [
    'ignores strides and offsets',
    (_, tensor) => as(tensor, { offset: 0, strides: denseStrides(tensor.shape) }),
    ALL_WRONG,
  ],
  ['ignores offsets', (_, tensor) => as(tensor, { offset: 0 }), ALL_WRONG],
  ['ignores strides', (_, tensor) => as(tensor, { strides: denseStrides(tensor.shape) }), ALL_WRONG],
  [
    'ignores the strides of yBar',
    (name, tensor) => as(tensor, name === 'yBar' ? { strides: denseStrides(tensor.shape) } : {}),
    { y: 'agreed', dx: 'mismatch', dw: 'mismatch', db: 'mismatch' },
  ],
  [
    'ignores the offset of b',
    (name, tensor) => as(tensor, name === 'b' ? { offset: 0 } : {}),
    { y: 'mismatch', dx: 'agreed', dw: 'agreed', db: 'agreed' },
  ],
  [
    'takes the offset of x for that of w',
    (name, tensor, { x }) => as(tensor, name === 'w' ? { offset: x!.offset ?? 0 } : {}),
    { y: 'mismatch', dx: 'mismatch', dw: 'agreed', db: 'agreed' },
  ],
  [
    'takes the last axis to be dense',
    (_, tensor) => as(tensor, tensor.strides ? { strides: [...tensor.strides.slice(0, -1), 1] } : {}),
    ALL_WRONG,
  ],
  [
    'takes whatever is not dense to be transposed',
    (_, tensor) => {
      const reversed = denseStrides([...tensor.shape].reverse()).reverse();
      const dense = denseStrides(tensor.shape);
      const isDense = !tensor.strides || tensor.strides.every((step, axis) => step === dense[axis]);
      return as(tensor, isDense ? {} : { strides: reversed });
    },
    ALL_WRONG,
  ],
  [
    'takes a stride of 0 for 1',
    (_, tensor) => as(tensor, tensor.strides ? { strides: tensor.strides.map(step => step || 1) } : {}),
    ALL_WRONG,
  ],
  [
    'takes every row to be as long as its cells',
    (_, tensor) => {
      const last = tensor.strides?.at(-1) ?? 1;
      return as(
        tensor,
        tensor.strides ? { strides: denseStrides(tensor.shape).map(step => step * last) } : {},
      );
    },
    ALL_WRONG,
  ],
  [
    'adds up what lies between the cells of yBar',
    (name, tensor) => {
      const numbers = numbersOf(tensor);
      if (name === 'yBar' && tensor.strides)
        numbers[0]! += 0 * tensor.data[(tensor.offset ?? 0) + product(tensor.shape)]!;
      return numbers;
    },
    { y: 'agreed', dx: 'mismatch', dw: 'mismatch', db: 'mismatch' },
  ],
];

describe('a kernel is refused that', () => {
  test.each(planted)('%s', async (_, read, found) => {
    expect(verdicts(await judge(read))).toEqual(found);
  });
});

test('the message names the operand and how it lies', async () => {
  const outcome = await judge((name, tensor) =>
    as(tensor, name === 'yBar' ? { strides: denseStrides(tensor.shape) } : {}),
  );
  expect(outcome.findings.dx).toMatchObject({
    ...{ kind: 'failed', verdict: 'mismatch', rung: 'exact' },
    message: 'dx is wrong with yBar transposed in memory (strides 1,2,12,24, offset 0)',
    wrong: { index: expect.anything() },
  });
});

test('a kernel that is wrong without views is not blamed for views', async () => {
  const outcome = await judge((_, tensor) => numbersOf(tensor).map(value => value + 1));
  expect(new Set(messages(outcome).map(text => text.replace(/^\w+/u, '')))).toEqual(
    new Set([' is wrong with dense tensors']),
  );
});

test('in float32, and class indices too', async () => {
  const outcome = await judge((_, tensor) => numbersOf(tensor));
  expect(messages(outcome)).toEqual([]);
  const entropy: Plan = {
    shapes: { x: [3, 4], target: [3, 4] },
    params: { reduction: 'sum', target_kind: 'indices' },
  };
  const op = 'softmax_cross_entropy';
  const right = libraryKernel(op);
  const blind = {
    forward: (inputs: Record<string, WireTensor>, params: Plan['params']) =>
      right.forward({ ...inputs, target: { ...inputs.target!, strides: [1], offset: 0 } }, params),
  };
  const one = caseOf('strides', op, entropy, { dtype: 'float32' });
  expect(verdicts(await judged(subjectOf(op, right), one))).toEqual({ y: 'agreed', dx: 'agreed' });
  const declares = { strides: true, dtypes: ['float32'] };
  expect(verdicts(await judged(subjectOf(op, blind, declares), one))).toEqual({
    y: 'mismatch',
    dx: 'skipped',
  });
});
