/**
 * Six witnesses of a convolution's gradients on random configurations: the symbolic gradient, the claim, reverse and
 * forward mode over the cells, mathjs, the numeric kernels, and exact integer differences.
 */
import fc from 'fast-check';
import { derivative, parse as parseFormula } from 'mathjs';
import { describe, expect, test } from 'vitest';
import { jvp, vjp } from '../../src/autodiff/index.js';
import { rational } from '../../src/exact/index.js';
import {
  constant,
  type Expr,
  evaluateAll,
  exact,
  print,
  product,
  sum,
  variable,
  variableKey,
} from '../../src/expr/index.js';
import { cellExpressions } from '../../src/index-sum/index.js';
import {
  claimCells,
  definitionOf,
  type Inputs,
  operatorNamed,
  type Resolved,
  resolve,
} from '../../src/ops/index.js';
import { firstDifference, symbolic } from '../../src/proof/index.js';
import { fromArray, size, unravel } from '../../src/tensor/index.js';
import { cellValues, integerTensor } from './numbers.js';

const SEED = 20261120;

interface Configuration {
  readonly rank: number;
  readonly axes: readonly { L: number; K: number; s: number; d: number; a: number; b: number }[];
  readonly batch: number;
  readonly groups: number;
  readonly perGroup: readonly [number, number];
  readonly bias: boolean;
  readonly convention: 'correlation' | 'convolution';
  readonly seed: number;
}

const axis = fc.record({
  L: fc.integer({ min: 1, max: 6 }),
  K: fc.integer({ min: 1, max: 4 }),
  s: fc.integer({ min: 1, max: 4 }),
  d: fc.integer({ min: 1, max: 3 }),
  a: fc.integer({ min: 0, max: 5 }),
  b: fc.integer({ min: 0, max: 5 }),
});

function configurations(maxRank: number, maxExtent: number): fc.Arbitrary<Configuration> {
  return fc.integer({ min: 1, max: maxRank }).chain(rank =>
    fc.record({
      rank: fc.constant(rank),
      axes: fc.array(
        axis.map(one => ({ ...one, L: Math.min(one.L, maxExtent) })),
        { minLength: rank, maxLength: rank },
      ),
      batch: fc.integer({ min: 1, max: 3 }),
      groups: fc.integer({ min: 1, max: 3 }),
      perGroup: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
      bias: fc.boolean(),
      convention: fc.constantFrom('correlation' as const, 'convolution' as const),
      seed: fc.nat(10_000),
    }),
  );
}

function callOf({ rank, axes, batch, groups, perGroup: [I, M], bias, convention }: Configuration): Resolved {
  const shapes = {
    x: [batch, groups * I, ...axes.map(one => one.L)],
    w: [groups * M, I, ...axes.map(one => one.K)],
    ...(bias ? { b: [groups * M] } : {}),
  };
  return resolve(operatorNamed(`conv${rank}d`), shapes, {
    stride: axes.map(one => one.s),
    dilation: axes.map(one => one.d),
    padding: axes.map(one => [one.a, one.b] as const),
    groups,
    convention,
  });
}

const tensorsOf = (call: Resolved, seed: number): Inputs => ({
  ...Object.fromEntries(
    Object.entries(call.inputs).map(([name, shape], k) => [name, integerTensor(shape, seed + k)]),
  ),
  yBar: integerTensor(call.output, seed + 9),
});

const operatorOf = (call: Resolved) => operatorNamed(`conv${call.rank}d`);

describe('random convolutions', () => {
  const seen = { empty: 0, remainder: 0, largeKernel: 0, widePadding: 0, depthwise: 0, dilated: 0, rank3: 0 };

  test('symbolic gradient = claim = kernels, exactly', () => {
    const laws = (configuration: Configuration) => {
      const call = callOf(configuration);
      const tensors = tensorsOf(call, configuration.seed);
      const shapeOf = (name: string) => tensors[name]!.shape;
      const operator = operatorOf(call);
      const { gradients, output } = symbolic(operator, call.inputs, call.params);
      expect(cellValues(output.cells, tensors)).toEqual([...operator.kernel.forward(tensors, call).data]);
      for (const [name, gradient] of Object.entries(gradients)) {
        const claim = operator.claims(call.params, call.rank)[name]!;
        if (claim.kind === 'hole') throw new Error('convolutions hold nothing back');
        expect(firstDifference(gradient.cells, claimCells(claim, call), shapeOf)).toBeNull();
        const kernel = operator.kernel.vjp[name]!(tensors.yBar!, tensors, call);
        expect([...kernel.data]).toEqual(cellValues(gradient.cells, tensors));
      }
      count(configuration, call);
    };
    fc.assert(fc.property(configurations(3, 6), laws), { seed: SEED, numRuns: 500 });
    for (const [feature, times] of Object.entries(seen)) expect(times, feature).toBeGreaterThan(20);
  });

  function count({ axes, rank, perGroup, groups }: Configuration, call: Resolved): void {
    seen.empty += +(size(call.output) === 0);
    seen.remainder += +axes.some(({ L, K, s, d, a, b }, k) => {
      const reach = s * (call.output[k + 2]! - 1) + d * (K - 1) + 1;
      return call.output[k + 2]! > 0 && L + a + b > reach;
    });
    seen.largeKernel += +(size(call.output) > 0 && axes.some(({ L, K, d }) => d * (K - 1) + 1 > L));
    seen.widePadding += +axes.some(({ K, a, b }) => a > K || b > K);
    seen.depthwise += +(groups > 1 && perGroup[0] === 1);
    seen.dilated += +axes.some(one => one.d > 1 && one.K > 1);
    seen.rank3 += +(rank === 3);
  }

  test('= reverse mode = forward mode = exact integer differences', () => {
    const laws = (configuration: Configuration) => {
      const call = callOf(configuration);
      const tensors = tensorsOf(call, configuration.seed);
      const operator = operatorOf(call);
      const numberAt = ({ tensor, index }: { tensor: string; index: readonly number[] }) => {
        const { shape, data } = tensors[tensor]!;
        return rational.from(data[shape.reduce((flat, extent, k) => flat * extent + index[k]!, 0)]!);
      };
      const value = (expr: Expr) => rational.toNumber(evaluateAll([expr], exact, numberAt)[0]!);
      const cells = cellExpressions(
        definitionOf(operator, call.params, call.rank),
        call.sizes,
        call.inputs,
      ).values;
      const cotangents = cells.map((_, cell) => variable('yBar', unravel(call.output, cell)));
      const reverse = vjp(cells, cotangents);
      const loss = sum(cells.map((cell, k) => product([cotangents[k]!, cell])));
      for (const [name, { shape, cells: gradient }] of Object.entries(
        symbolic(operator, call.inputs, call.params).gradients,
      )) {
        const expected = cellValues(gradient, tensors);
        const cell = configuration.seed % Math.max(1, size(shape));
        const index = unravel(shape, cell);
        expect(value(reverse.at(name, index))).toBe(expected[cell]);
        const here = variableKey(name, index);
        const pushed = jvp([loss], one =>
          variableKey(one.tensor, one.index) === here ? constant(1) : undefined,
        );
        expect(value(pushed[0]!)).toBe(expected[cell]);
        const bumped = Array.from(tensors[name]!.data, (one, k) => (k === cell ? one + 1 : one));
        const forward = (at: Inputs) =>
          Array.from(operator.kernel.forward(at, call).data).reduce(
            (total, y, k) => total + y * tensors.yBar!.data[k]!,
            0,
          );
        expect(forward({ ...tensors, [name]: fromArray(shape, bumped) }) - forward(tensors)).toBe(
          expected[cell],
        );
      }
    };
    fc.assert(fc.property(configurations(3, 4), laws), { seed: SEED + 1, numRuns: 120 });
  });

  test('= mathjs derivative without simplification, on single cells', () => {
    const nameOf = (tensor: string, index: readonly number[]) => `${tensor}_${index.join('_')}`;
    let compared = 0;
    const laws = (configuration: Configuration) => {
      const call = callOf(configuration);
      const tensors = tensorsOf(call, configuration.seed);
      if (size(call.output) === 0) return;
      compared++;
      const operator = operatorOf(call);
      const cells = cellExpressions(
        definitionOf(operator, call.params, call.rank),
        call.sizes,
        call.inputs,
      ).values;
      const out = configuration.seed % cells.length;
      const formula = print(cells[out]!, { syntax: 'mathjs', variable: nameOf });
      const scope: Record<string, number> = {};
      for (const [name, { shape, data }] of Object.entries(tensors)) {
        data.forEach((one, k) => {
          scope[nameOf(name, unravel(shape, k))] = one;
        });
      }
      const one = vjp([cells[out]!], [constant(1)]);
      for (const name of Object.keys(call.inputs)) {
        const { shape, data } = tensors[name]!;
        const index = unravel(shape, (configuration.seed * 7) % data.length);
        const theirs = derivative(parseFormula(formula), nameOf(name, index), { simplify: false }).evaluate(
          scope,
        );
        const ours = evaluateAll([one.at(name, index)], exact, ({ tensor, index: at }) =>
          rational.from(scope[nameOf(tensor, at)]!),
        )[0]!;
        expect(rational.toNumber(ours)).toBe(theirs);
      }
    };
    fc.assert(fc.property(configurations(2, 4), laws), { seed: SEED + 2, numRuns: 100 });
    expect(compared).toBeGreaterThan(60);
  });
});
