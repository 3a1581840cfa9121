/** The laws of operators whose definitions go beyond sums of products: maxima, pointwise functions, means. */
import { describe, expect, test } from 'vitest';
import { vjp } from '../../src/autodiff/index.js';
import { rational } from '../../src/exact/index.js';
import {
  bignumberArithmetic,
  constant,
  type Expr,
  evaluateAll,
  product,
  sum,
  type Variable,
  variable,
} from '../../src/expr/index.js';
import { cellExpressions, expressionAlgebra, type Valued } from '../../src/index-sum/index.js';
import {
  claimValues,
  definitionOf,
  type FloatTensor,
  isSumOfProducts,
  type Operator,
  operators,
  type Resolved,
  realParameters,
  resolve,
  selectionAt,
} from '../../src/ops/index.js';
import { fromArray, type Shape, size, unravel } from '../../src/tensor/index.js';
import { roundingBound } from './rounding.js';

const cases = operators.flatMap(operator =>
  operator.examples.flatMap((example, k) => {
    const call = resolve(operator, example.shapes, example.params);
    if (isSumOfProducts(operator, call.params, call.rank)) return [];
    return [{ name: `${operator.name}, example ${k + 1}`, operator, call }];
  }),
);

/** Where every definition has a value; no two cells are equal, so that no maximum has a tie. */
function between(low: number, high: number, shape: Shape, seed: number): FloatTensor {
  const count = size(shape);
  const step = (high - low) / (count + 1);
  const order = Array.from({ length: count }, (_, k) => (k * 7919 + seed * 104729) % 1000003);
  const places = order.map((_, k) => k).sort((a, b) => order[a]! - order[b]!);
  const data = new Array<number>(count);
  places.forEach((cell, k) => {
    data[cell] = low + step * (k + 1) + step * 0.1 * Math.sin(cell + seed);
  });
  return fromArray(shape, data);
}

const RANGES = [
  [0.05, 0.95],
  [-3, 3],
] as const;

describe.each(cases)('$name', ({ operator, call }) => {
  const program = definitionOf(operator, call.params, call.rank);
  const reals = realParameters(operator, call.params, call.rank);
  const shapes = { ...call.inputs, ...Object.fromEntries(reals.map(name => [name, []])) };
  const cells = cellExpressions(program, call.sizes, shapes).values;
  const yBar = between(-1, 2, call.output, 5);

  const draws = RANGES.map(([low, high]) => {
    const inputs = Object.fromEntries(
      Object.entries(call.inputs).map(([name, shape], k) => [name, between(low, high, shape, k)]),
    );
    const tensors: Record<string, FloatTensor> = { ...inputs, yBar };
    for (const name of reals) tensors[name] = fromArray([], [call.params[name] as number]);
    const chosen = selectionAt(operator, call, valued(inputs));
    if (chosen) tensors.selection = fromArray(chosen.shape, chosen.values);
    const value = (of: Variable) => at(tensors[of.tensor]!, of.index);
    return { inputs, tensors, value };
  });

  test('the kernel is within the rounding bound of the exact definition', async () => {
    const exact = await bignumberArithmetic(40);
    let checked = 0;
    for (const { inputs, value } of draws) {
      const values = evaluateAll(cells, exact, of => exact.constant(rational.from(value(of)))).map(Number);
      if (!values.every(Number.isFinite)) continue;
      const got = operator.kernel.forward(inputs, call);
      expect(got.shape).toEqual(call.output);
      values.forEach((expected, k) => {
        expect(Math.abs(got.data[k]! - expected)).toBeLessThanOrEqual(roundingBound(cells[k]!, value));
      });
      checked++;
    }
    expect(checked).toBeGreaterThan(0);
  });

  test('a float32 kernel keeps its type and is near', () => {
    const { inputs } = draws[0]!;
    const single = Object.fromEntries(
      Object.entries(inputs).map(([name, { shape, data }]) => [name, fromArray(shape, data, 'float32')]),
    );
    const [got, want] = [operator.kernel.forward(single, call), operator.kernel.forward(inputs, call)];
    expect(got.dtype).toBe('float32');
    got.data.forEach((one, k) => {
      expect(one).toBeCloseTo(want.data[k]!, 4);
    });
  });

  test('reverse mode, the claims and the kernel agree on every gradient', async () => {
    const exact = await bignumberArithmetic(40);
    const gradient = vjp(
      cells,
      cells.map((_, cell) => variable('yBar', unravel(call.output, cell))),
    );
    for (const { inputs, tensors, value } of draws) {
      for (const [name, shape] of Object.entries(call.inputs)) {
        const reverse = Array.from({ length: size(shape) }, (_, cell) =>
          gradient.at(name, unravel(shape, cell)),
        );
        const values = evaluateAll(reverse, exact, of => exact.constant(rational.from(value(of)))).map(
          Number,
        );
        if (!values.every(Number.isFinite)) continue;
        const claimed = claimedCells(operator, call, name, tensors);
        const kernel = operator.kernel.vjp[name]?.(yBar, inputs, call);
        values.forEach((expected, k) => {
          const bound = roundingBound(reverse[k]!, value) + (claimed ? roundingBound(claimed[k]!, value) : 0);
          if (claimed) {
            const [own] = evaluateAll([claimed[k]!], exact, of => exact.constant(rational.from(value(of))));
            expect(Math.abs(Number(own!) - expected)).toBeLessThanOrEqual(bound);
          }
          if (kernel) expect(Math.abs(kernel.data[k]! - expected)).toBeLessThanOrEqual(bound);
        });
      }
    }
  });

  test('differences of the kernel agree with its gradients', () => {
    const { inputs } = draws[0]!;
    const loss = (at: typeof inputs) =>
      [...operator.kernel.forward(at, call).data].reduce((sum, y, k) => sum + y * yBar.data[k]!, 0);
    for (const [name, tensor] of Object.entries(inputs)) {
      const gradient = operator.kernel.vjp[name]?.(yBar, inputs, call);
      [...tensor.data].forEach((value, cell) => {
        const shifted = (by: number) =>
          loss({
            ...inputs,
            [name]: { ...tensor, data: Float64Array.from(tensor.data).fill(value + by, cell, cell + 1) },
          });
        const difference = (h: number) =>
          (8 * (shifted(h) - shifted(-h)) - (shifted(2 * h) - shifted(-2 * h))) / (12 * h);
        if (!gradient) return;
        const errors = [1e-3, 1e-6].map(h => Math.abs(difference(h) - gradient.data[cell]!));
        // The smaller step is for a cell beside a kink.
        expect(Math.min(...errors)).toBeLessThanOrEqual(1e-7 * (1 + Math.abs(gradient.data[cell]!)));
      });
    }
  });

  test('every input with a claim has a hand-written gradient kernel', () => {
    const claims = operator.claims(call.params, call.rank) as Readonly<Record<string, { kind: string }>>;
    const claimed = Object.keys(call.inputs).filter(name => claims[name]!.kind !== 'hole');
    expect(claimed.filter(name => !operator.kernel.vjp[name])).toEqual([]);
  });
});

test('the rounding bound is a few units of the terms of a sum, and not of their difference', () => {
  const [u, v] = [variable('u'), variable('v')];
  const difference = sum([u, product([constant(-1), v])]);
  const bound = roundingBound(difference, ({ tensor }) => (tensor === 'u' ? 1 : 1.25));
  expect(bound).toBeGreaterThan(2.25 * 2 ** -53);
  expect(bound).toBeLessThan(2.25 * 2 ** -47);
});

/** The cells of a claim as expressions; null for a hole. */
function claimedCells(
  operator: Operator,
  call: Resolved,
  wrt: string,
  tensors: Readonly<Record<string, FloatTensor>>,
): readonly Expr[] | null {
  const claim = operator.claims(call.params, call.rank)[wrt]!;
  if (claim.kind === 'hole') return null;
  const given = Object.entries(tensors).map(([name, { shape }]): [string, Valued<Expr>] => [
    name,
    { shape, values: Array.from({ length: size(shape) }, (_, cell) => variable(name, unravel(shape, cell))) },
  ]);
  return claimValues(claim, operator, call, new Map(given), expressionAlgebra).values;
}

function valued(inputs: Readonly<Record<string, FloatTensor>>): Map<string, Valued<number>> {
  return new Map(
    Object.entries(inputs).map(([name, { shape, data }]) => [name, { shape, values: [...data] }]),
  );
}

function at(tensor: FloatTensor, index: readonly number[]): number {
  return tensor.data[tensor.shape.reduce((flat, extent, axis) => flat * extent + index[axis]!, 0)]!;
}
