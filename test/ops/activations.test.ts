/** Activations and softmax at parameters that are not the defaults, and at the kinks. */
import { describe, expect, test } from 'vitest';
import { rational } from '../../src/exact/index.js';
import { bignumberArithmetic, evaluateAll } from '../../src/expr/index.js';
import { cellExpressions, evaluateProgram, float64Algebra } from '../../src/index-sum/index.js';
import {
  claimValues,
  definitionOf,
  type Operator,
  operatorNamed,
  type Params,
  resolve,
} from '../../src/ops/index.js';
import { proveGradients } from '../../src/proof/index.js';
import { fromArray, type Shape } from '../../src/tensor/index.js';
import { faultOf } from '../exact/thrown.js';
import { roundingBound } from './rounding.js';

const X = [0.75, -1.5, 2.25, -0.3, 1.1, -2.6, 0.4, 3.2, -0.9, 1.7, -3.1, 0.2];
const Y_BAR = [1.5, -2, 0.75, 3, -0.5, 1.25, -1.75, 2.5, 0.6, -2.2, 1.1, 0.9];

/** The gradient that the claim gives, in float64. */
function claimed(operator: Operator, shape: Shape, params: Params, x: readonly number[]): readonly number[] {
  const call = resolve(operator, { x: shape }, params);
  const { y } = forward(operator, shape, params, x);
  const yBar = Y_BAR.slice(0, x.length);
  const reals = Object.entries(call.params).flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, { shape: [], values: [value] }] as const] : [],
  );
  const given = new Map<string, { shape: Shape; values: readonly number[] }>([
    ['x', { shape, values: x }],
    ['y', { shape, values: y }],
    ['yBar', { shape, values: yBar }],
    ...reals,
  ]);
  const claim = operator.claims(call.params, call.rank).x!;
  if (claim.kind === 'hole') throw new Error(claim.reason);
  return claimValues(claim, operator, call, given, float64Algebra).values;
}

function forward(operator: Operator, shape: Shape, params: Params, x: readonly number[]) {
  const call = resolve(operator, { x: shape }, params);
  const inputs = { x: fromArray(shape, x) };
  const y = [...operator.kernel.forward(inputs, call).data];
  const xBar = [...operator.kernel.vjp.x!(fromArray(shape, Y_BAR.slice(0, x.length)), inputs, call).data];
  return { y, xBar };
}

describe('real parameters reach the definition, the claim and the kernel', () => {
  test.each<[string, Params]>([
    ['leaky_relu', { negative_slope: 0.25 }],
    ['leaky_relu', { negative_slope: -1.5 }],
    ['leaky_relu', { negative_slope: 0 }],
    ['gelu_tanh', { scale: 1.25, cubic: 0.125 }],
    ['gelu_tanh', { scale: -0.5, cubic: 0 }],
  ])('%s %o', async (name, params) => {
    const operator = operatorNamed(name);
    const call = resolve(operator, { x: [2, 3, 2] }, params);
    const reals = Object.fromEntries(Object.keys(params).map(one => [one, []]));
    const program = definitionOf(operator, call.params, call.rank);
    const cells = cellExpressions(program, call.sizes, { ...call.inputs, ...reals }).values;
    const at = ({ tensor, index }: { tensor: string; index: readonly number[] }) =>
      tensor === 'x' ? X[index[0]! * 6 + index[1]! * 2 + index[2]!]! : Number(params[tensor]);
    const exact = await bignumberArithmetic(40);
    const values = evaluateAll(cells, exact, of => exact.constant(rational.from(at(of)))).map(Number);
    const { y, xBar } = forward(operator, [2, 3, 2], params, X);
    y.forEach((value, k) => {
      expect(Math.abs(value - values[k]!)).toBeLessThanOrEqual(roundingBound(cells[k]!, at));
    });
    const wanted = claimed(operator, [2, 3, 2], params, X);
    // Slopes of up to 10, from less than 20 roundings each.
    xBar.forEach((value, k) => {
      expect(Math.abs(value - wanted[k]!)).toBeLessThanOrEqual(20 * 2 ** -53 * 10 * Math.abs(Y_BAR[k]!));
    });
    expect([...proveGradients(operator, call, ['x'])].map(report => report.verdict)).toEqual(['PROVED']);
  });
});

describe('at the kink', () => {
  test.each<[string, Params, number]>([
    ['relu', {}, 0],
    ['leaky_relu', {}, 0.01],
    ['leaky_relu', { negative_slope: 0.25 }, 0.25],
  ])('%s %o: claim and kernel take the slope of the side below', (name, params, slope) => {
    const operator = operatorNamed(name);
    const expected = [Y_BAR[0]! * slope, Y_BAR[1]! * slope + 0, Y_BAR[2]!];
    const x = [0, -1, 1];
    expect(forward(operator, [3], params, x).xBar).toEqual(expected);
    expect(claimed(operator, [3], params, x).map(value => value + 0)).toEqual(expected);
  });
});

describe.each(['softmax', 'log_softmax'])('%s', name => {
  const operator = operatorNamed(name);
  const shape = [2, 3, 2];

  test.each([
    [0, -3],
    [1, -2],
    [2, -1],
  ])('axis %i is axis %i, as a number and as text', (axis, fromEnd) => {
    const alike: readonly Params[] = [{ axis: fromEnd }, { axis: String(axis) }, { axis: String(fromEnd) }];
    const program = (params: Params) => definitionOf(operator, { ...operator.params, ...params }, 3);
    for (const params of alike) {
      expect(program(params)).toEqual(program({ axis }));
      expect(forward(operator, shape, params, X)).toEqual(forward(operator, shape, { axis }, X));
    }
    const { y, xBar } = forward(operator, shape, { axis }, X);
    const call = resolve(operator, { x: shape }, { axis });
    const given = new Map([['x', { shape, values: X }]]);
    const defined = evaluateProgram(program({ axis }), call.sizes, given, float64Algebra).values;
    // Exponents of up to 4 and sums of three: some 10 roundings of numbers up to 8.
    y.forEach((value, k) => {
      expect(Math.abs(value - defined[k]!)).toBeLessThanOrEqual(80 * 2 ** -53);
    });
    const wanted = claimed(operator, shape, { axis }, X);
    xBar.forEach((value, k) => {
      expect(Math.abs(value - wanted[k]!)).toBeLessThanOrEqual(160 * 2 ** -53);
    });
  });

  test('the three axes give three results', () => {
    const results = [0, 1, 2].map(axis => forward(operator, shape, { axis }, X).y.join());
    expect(new Set(results).size).toBe(3);
  });

  test('an axis that x does not have is refused with the range', () => {
    const fault = faultOf(() => resolve(operator, { x: shape }, { axis: 3 }));
    expect([fault.code, fault.where, fault.data]).toEqual([
      'axis-out-of-range',
      name,
      { axis: 3, least: -3, most: 2 },
    ]);
    for (const axis of ['last', '', true, [1]]) {
      const { code } = faultOf(() => resolve(operator, { x: shape }, { axis }));
      expect([axis, code]).toEqual([axis, 'axis-out-of-range']);
    }
  });
});
