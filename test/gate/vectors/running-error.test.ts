/** The running error bound: it holds for floats of 24 bits in any order, and says little more than it has to. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rational } from '../../../src/exact/index.js';
import {
  type Arithmetic,
  call,
  constant,
  type Expr,
  evaluate,
  float64,
  power,
  product,
  quotient,
  sum,
  variable,
} from '../../../src/expr/index.js';
import { referenceCells } from '../../../src/gate/vectors/precision.js';
import { precision } from './cases.js';

/** Every operation of float64, rounded to 24 bits. */
const float32 = {
  ...Object.fromEntries(
    Object.entries<(...parts: never[]) => number>(float64 as never).map(([name, operation]) => [
      name,
      (...parts: never[]) => Math.fround(operation(...parts)),
    ]),
  ),
  isNonNegative: float64.isNonNegative,
} as Arithmetic<number>;

const leaves = fc.nat(3).map(k => variable('x', [k]));
const several = (one: fc.Arbitrary<Expr>) => fc.array(one, { minLength: 2, maxLength: 5 });

/** Positive expressions, and expressions of either sign, where every function has a value. */
const { any } = fc.letrec<{ positive: Expr; any: Expr }>(tie => ({
  positive: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'depth' },
    leaves,
    several(tie('positive')).map(sum),
    fc.tuple(tie('positive'), tie('positive')).map(parts => product(parts)),
    fc.tuple(tie('positive'), tie('positive')).map(([a, b]) => quotient(a, sum([b, constant(1)]))),
    tie('any').map(x => call('sigmoid', [x])),
    tie('any').map(x => call('exp', [call('tanh', [x])])),
    tie('positive').map(x => call('sqrt', [x])),
    tie('any').map(x => sum([power(x, 2), constant(rational.of(1, 3))])),
  ),
  any: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'depth' },
    tie('positive'),
    fc.tuple(tie('positive'), tie('positive')).map(([a, b]) => sum([a, product([constant(-1), b])])),
    tie('positive').map(x => call('log', [sum([x, constant(rational.of(1, 7))])])),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => call('max', [a, b])),
    fc.tuple(tie('any'), tie('any'), tie('any')).map(parts => call('select', parts)),
    fc.tuple(tie('any'), tie('positive')).map(([a, b]) => product([a, b])),
  ),
}));

/** Sums from the other end. */
function turned(node: Expr): Expr {
  switch (node.kind) {
    case 'sum':
      return sum(node.terms.map(turned).reverse());
    case 'product':
      return product(node.factors.map(turned).reverse());
    case 'quotient':
      return quotient(turned(node.numerator), turned(node.denominator));
    case 'power':
      return power(turned(node.base), node.exponent);
    case 'call':
      return call(node.fn, node.args.map(turned));
    default:
      return node;
  }
}

const inputs = fc.array(fc.integer({ min: 100, max: 4000 }), { minLength: 4, maxLength: 4 });

test('an evaluation in 24 bits stays within the bound, from either end', () => {
  let tight = 0;
  fc.assert(
    fc.property(any, inputs, (expression, thousandths) => {
      const values = thousandths.map(value => Math.fround(value / 1000));
      const at = (_: string, index: readonly number[]) => rational.from(values[index[0]!]!);
      const [cell] = referenceCells([expression], at, 'float32', precision);
      fc.pre(Number.isFinite(cell!.number) && Math.abs(cell!.number) < 1e30);
      for (const order of [expression, turned(expression)]) {
        const got = evaluate(order, float32, ({ index }) => values[index[0]!]!);
        expect(Math.abs(got - cell!.number)).toBeLessThanOrEqual(cell!.bound);
      }
      if (cell!.bound < 2 ** -14 * Math.abs(cell!.number)) tight++;
    }),
    { seed: 5, numRuns: 400 },
  );
  expect(tight).toBeGreaterThan(100);
});

describe('one value', () => {
  const at = (expression: Expr, ...values: number[]) =>
    referenceCells([expression], (_, [k]) => rational.from(values[k!]!), 'float64', precision)[0]!;
  const [x, y] = [variable('x', [0]), variable('x', [1])];
  const softplus = call('log', [sum([constant(1), call('exp', [x])])]);
  const difference = sum([x, product([constant(-1), y])]);

  test.each([
    [800, 800],
    [-30, Math.log1p(Math.exp(-30))],
    [-100, Math.exp(-100)],
    [-700, Math.exp(-700)],
    [-1000, 0],
  ])('log(1 + exp(%d)) has all its digits', (value, expected) => {
    expect(Math.abs(at(softplus, value).number - expected)).toBeLessThanOrEqual(expected * 2 ** -52);
  });

  test('values that are fractions stay fractions', () => {
    const cell = at(quotient(x, y), 1, 3);
    expect([cell.exact, cell.number]).toEqual([rational.of(1, 3), 1 / 3]);
    expect(cell.bound).toBeLessThan(2 ** -48);
    expect(at(softplus, 1).exact).toBeNull();
  });

  test('a sum that cancels has the bound of its terms', () => {
    const third = product([constant(rational.of(1, 3)), y]);
    const cell = at(sum([x, third]), 1, -3 * (1 + 2 ** -40));
    expect(Math.abs(cell.number)).toBeLessThan(2 ** -39);
    expect(cell.bound).toBeGreaterThan(2 ** -53);
    expect(cell.bound).toBeLessThan(2 ** -48);
  });

  test('at a tie of the inputs the choice is certain; where rounding decides, both branches count', () => {
    const sign = (condition: Expr) => call('select', [condition, constant(1), constant(-1)]);
    expect(at(sign(difference), 1.1, 1.1)).toMatchObject({ number: 1 });
    expect(at(sign(difference), 1.1, 1.1).bound).toBeLessThan(2 ** -48);
    expect(at(sign(difference), 1.1, 1.1 + 2 ** -52).number).toBe(-1);
    const rounded = sum([x, product([constant(rational.of(1, 3)), y]), constant(rational.of(-2, 3))]);
    expect(at(sign(rounded), 1, -1).bound).toBeGreaterThan(2);
  });

  test('what has no value is refused or unbounded, never bounded', () => {
    expect(() => at(call('log', [difference]), 1, 2)).toThrow(
      expect.objectContaining({ code: 'too-many-digits' }),
    );
    expect(() => at(quotient(x, difference), 1, 1)).toThrow(
      expect.objectContaining({ code: 'division-by-zero' }),
    );
    expect(at(call('exp', [x]), 1000).number).toBe(Number.POSITIVE_INFINITY);
  });

  test('without the digits a function is not exact', () => {
    const read = () => referenceCells([softplus], () => rational.of(1), 'float64', null);
    expect(read).toThrow(expect.objectContaining({ code: 'not-exact' }));
  });
});
