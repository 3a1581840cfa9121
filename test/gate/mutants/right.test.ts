import { describe, expect, test } from 'vitest';
import { MUTANTS, RIGHT } from '../../../src/gate/mutants/catalogue.js';
import type { RightKernel } from '../../../src/gate/mutants/kernel.js';
import { numbersOf, tensorOf } from '../../../src/gate/mutants/operands.js';
import type { WireDType, WireTensor } from '../../../src/gate/subject/subject.js';
import { createEngine } from '../../../src/kernels/index.js';
import { type FloatTensor, kernelCall } from '../../../src/ops/index.js';
import { oneHot, type Tensor } from '../../../src/tensor/index.js';
import { type Configuration, configurations } from './configurations.js';
import { agree, outcomeOf, type Result } from './outcomes.js';

const plain = createEngine('plain');

/** Results of the library's kernels. */
function library({ op, inputs, upstream, params }: Configuration): Record<string, Result> {
  const tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, tensor]) => {
      const isClasses = name === 'target' && tensor.shape.length === 1;
      const classes = inputs.x!.shape[1]!;
      return [name, isClasses ? oneHot(tensor as Tensor, classes) : dense(tensor.shape, numbersOf(tensor))];
    }),
  );
  const call = kernelCall(
    op,
    Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape])),
    params,
    plain,
  );
  const yBar = dense(upstream.shape, numbersOf(upstream));
  const gradient = (name: string) =>
    tensors[name] && name !== 'target' ? resultOf(call.vjp(name, yBar, tensors)) : NONE;
  return { y: resultOf(call.forward(tensors)), dx: gradient('x'), dw: gradient('w'), db: gradient('b') };
}

const NONE: Result = { shape: null, numbers: [] };
const dense = (shape: readonly number[], numbers: Float64Array) =>
  tensorOf(shape, numbers, 'float64') as FloatTensor;
const resultOf = ({ shape, data }: FloatTensor): Result => ({ shape, numbers: [...data] });

/** Sums of integers are exact in any order; what divides, or has a logarithm, is not. */
const slackOf = ({ op, style }: RightKernel): number => {
  if (style === 'winograd-float32') return 2 ** -18;
  return /^(conv|linear|max_pool|relu)/u.test(op) ? 0 : 2 ** -44;
};

describe.each(RIGHT)('$op, $style', right => {
  test('gives what the library gives', () => {
    const { op, style } = right;
    const isSingle = /float32$/u.test(style);
    const fixed = {
      ...(isSingle && { filling: 'integers' as const }),
      ...(style.startsWith('winograd') && { isDense: true }),
    };
    const calls = [
      ...configurations(op, 'right', op.endsWith('3d') ? 25 : 60, fixed),
      ...(style.startsWith('winograd')
        ? configurations(op, 'winograd', 40, {
            ...fixed,
            filling: 'integers',
            kernel: 3,
            stride: 1,
            dilation: 1,
          })
        : []),
    ];
    for (const call of calls) {
      const expected = library(call);
      const got = outcomeOf(right.kernel(), call, 2);
      for (const name of ['y', 'dx', 'dw', 'db'] as const) {
        const twice = [expected[name]!, expected[name]!];
        const isRight = agree(twice, got[name], slackOf(right));
        if (!isRight)
          expect({ name, params: call.params, got: got[name][0] }).toEqual({
            ...{ name, params: call.params, got: expected[name] },
          });
      }
      expect(agree(got.inputs.slice(0, 1), got.inputs.slice(1), 0)).toBe(true);
    }
  });
});

test('every operator with a mutant has right kernels, in at least two styles', () => {
  for (const op of new Set(MUTANTS.map(mutant => mutant.op))) {
    expect(RIGHT.filter(right => right.op === op).length).toBeGreaterThan(1);
  }
  expect(RIGHT.filter(right => right.op === 'conv2d').map(({ style }) => style)).toEqual([
    ...[
      'direct',
      'columns',
      'pairwise',
      'kahan',
      'scatter',
      'blocked',
      'float32',
      'winograd',
      'winograd-float32',
    ],
  ]);
});

describe.each(RIGHT.filter(({ style }) => !/float32$/u.test(style)))('$op, $style', ({ op, kernel }) => {
  const { dtypes = [] } = kernel().declares;
  test.each(dtypes)('%s: computed in float64, each result rounded once', dtype => {
    for (const { inputs, upstream, params } of configurations(op, 'types', 6, { filling: 'integers' })) {
      const as = (tensor: WireTensor, to: WireDType) =>
        tensor.dtype === 'int32' ? tensor : tensorOf(tensor.shape, numbersOf(tensor), to);
      const narrow = Object.fromEntries(
        Object.entries(inputs).map(([name, tensor]) => [name, as(tensor, dtype)]),
      );
      const wide = Object.fromEntries(
        Object.entries(narrow).map(([name, tensor]) => [name, as(tensor, 'float64')]),
      );
      const yBar = as(upstream, dtype);
      const [got, right] = [kernel(), kernel()];
      expect(got.forward(narrow, params)).toEqual(as(right.forward(wide, params), dtype));
      const gradients = Object.entries(right.backward(wide, as(yBar, 'float64'), params));
      expect(got.backward(narrow, yBar, params)).toEqual(
        Object.fromEntries(gradients.map(([name, tensor]) => [name, as(tensor, dtype)])),
      );
    }
  });
});
