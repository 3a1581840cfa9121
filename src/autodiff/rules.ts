/** Derivative rules: the slopes of each node to its children. Reverse and forward mode use no others. */
import type { Expr, FunctionName } from '../expr/index.js';
import { call, constant, power, product, quotient, sum } from '../expr/index.js';

/** The derivative of a node by one of its children; `undefined` is 0 and contributes nothing. */
export type Slope = Expr | undefined;

export const ZERO: Expr = constant(0);
/** The slope of a sum to its terms. Recognised by identity, so that no sum is multiplied by 1. */
const ONE: Expr = constant(1);

/** The slopes of a named function, from its arguments and its value. */
type Rule = (args: readonly Expr[], value: Expr) => readonly Slope[];

const minus = (a: Expr, b: Expr): Expr => sum([a, product([constant(-1), b])]);

const rules: Readonly<Record<FunctionName, Rule>> = {
  exp: (_, y) => [y],
  log: ([x]) => [power(x!, -1)],
  sigmoid: (_, y) => [product([y, minus(ONE, y)])],
  tanh: (_, y) => [minus(ONE, power(y, 2))],
  sqrt: (_, y) => [quotient(ONE, product([constant(2), y]))],
  normcdf: ([x]) => [call('normpdf', [x!])],
  normpdf: ([x], y) => [product([constant(-1), x!, y])],
  // At a tie the whole derivative goes to the first, as its value does.
  max: ([a, b]) => branches(minus(a!, b!)),
  select: ([c]) => [undefined, ...branches(c!)],
};

function branches(condition: Expr): Expr[] {
  return [call('select', [condition, ONE, ZERO]), call('select', [condition, ZERO, ONE])];
}

/** The slopes of a node to its children, in their order. */
export function slopesOf(node: Expr): readonly Slope[] {
  switch (node.kind) {
    case 'constant':
    case 'variable':
      return [];
    case 'sum':
      return node.terms.map(() => ONE);
    case 'product':
      return productsOfOthers(node.factors);
    case 'power': {
      const { base, exponent } = node;
      // 0 base^-1 would have no value at 0.
      if (exponent === 0) return [undefined];
      if (exponent === 1) return [ONE];
      return [product([constant(exponent), exponent === 2 ? base : power(base, exponent - 1)])];
    }
    case 'quotient': {
      const { numerator, denominator } = node;
      const toDenominator = quotient(product([constant(-1), numerator]), power(denominator, 2));
      return [power(denominator, -1), toDenominator];
    }
    case 'call':
      return rules[node.fn](node.args, node);
  }
}

/** For each factor the product of the others, never dividing: a factor may be 0. n factors cost O(n) nodes. */
function productsOfOthers(factors: readonly Expr[]): Slope[] {
  const before = runningProducts(factors, (running, factor) => product([running, factor]));
  const after = runningProducts(factors.toReversed(), (running, factor) => product([factor, running]));
  return factors.map((_, i) => times(before[i], after[factors.length - 1 - i]));
}

/** For each position the product of everything before it; undefined where there is nothing. */
function runningProducts(factors: readonly Expr[], extend: (running: Expr, factor: Expr) => Expr): Slope[] {
  let running: Slope;
  return factors.map(factor => {
    const before = running;
    running = before ? extend(before, factor) : factor;
    return before;
  });
}

/** a b without factors 1, which are ONE itself or left undefined. */
export function times(a: Slope, b: Slope): Expr {
  if (a === undefined || a === ONE) return b ?? ONE;
  return b === undefined || b === ONE ? a : product([a, b]);
}
