/**
 * How far a float evaluation of an expression may be from its exact value, to first order: what every node slips by,
 * and what that slip does to everything above it. A sum of n terms slips by n - 1 units of the sum of their absolute
 * values, whatever the order; a function slips by a few units of its value; and every input slips by one unit of its own,
 * even where it is exact, so that other ways to compute the same (a softmax shifted by its maximum) are covered.
 * Source: N. J. Higham, "Accuracy and Stability of Numerical Algorithms", SIAM 2002, sections 3.1 and 3.3.
 */
import { vjp } from '../../autodiff/index.js';
import { type Rational, rational } from '../../exact/index.js';
import {
  type Arithmetic,
  call,
  constant,
  type Expr,
  evaluateAll,
  type FunctionName,
  functions,
  postOrder,
  type Variable,
  variable,
} from '../../expr/index.js';

/** A value with the bound on its error; a node that has no value has no finite bound. */
export interface Computed<T> {
  readonly value: T;
  readonly error: T;
}

/** Units in the last place that a library's function may be wrong by. */
const FUNCTION_SLIP = 4;

/**
 * Values and error bounds of all roots, what they share computed once.
 * @param m in which values and bounds are computed; must have room for every intermediate value
 * @param unit the roundoff of the floats that are bounded
 * @param leaf the value of a variable, and whether it is free of error
 */
export function computeWithErrors<T>(
  roots: readonly Expr[],
  m: Arithmetic<T>,
  unit: Rational,
  leaf: (variable: Variable) => { readonly value: T; readonly isExact: boolean },
): Computed<T>[] {
  const found = new Map<Expr, Computed<T>>();
  const rules = errorRules(m, m.constant(unit));
  for (const node of postOrder(roots)) {
    if (node.kind !== 'variable') {
      found.set(
        node,
        computed(node, rules, child => found.get(child)!),
      );
      continue;
    }
    const { value, isExact } = leaf(node);
    found.set(node, isExact ? { value, error: rules.zero } : rules.slipped(value, rules.zero, 1));
  }
  return roots.map(root => found.get(root)!);
}

type Rules<T> = ReturnType<typeof errorRules<T>>;

function errorRules<T>(m: Arithmetic<T>, unit: T) {
  const [zero, one, minusOne] = [0, 1, -1].map(value => m.constant(rational.of(value))) as [T, T, T];
  const absolute = (value: T) => (m.isNonNegative(value) ? value : m.multiply(minusOne, value));
  const slip = (amount: T, units: number) =>
    m.multiply(m.multiply(m.constant(rational.of(units)), unit), amount);
  /** A value whose parts bring this error, and which is rounded by so many units of itself. */
  const slipped = (value: T, inherited: T, units: number): Computed<T> => ({
    value,
    error: m.add(inherited, slip(absolute(value), units)),
  });
  const isWithin = (value: T, error: T) =>
    m.isNonNegative(m.add(error, m.multiply(minusOne, absolute(value))));
  return { m, zero, one, minusOne, absolute, slip, slipped, isWithin };
}

function computed<T>(
  node: Exclude<Expr, Variable>,
  rules: Rules<T>,
  of: (node: Expr) => Computed<T>,
): Computed<T> {
  const { m, zero, one, absolute, slipped } = rules;
  switch (node.kind) {
    case 'constant':
      return slipped(m.constant(node.value), zero, isHeld(node.value) ? 0 : 1);
    case 'sum':
      return sumOf(node.terms.map(of), rules);
    case 'product':
      return node.factors.map(of).reduce((a, b) => timesOf(a, b, rules), { value: one, error: zero });
    case 'quotient': {
      const [a, b] = [of(node.numerator), of(node.denominator)];
      return timesOf(a, powerOf(b, -1, rules), rules);
    }
    case 'power':
      return powerOf(of(node.base), node.exponent, rules);
    case 'call': {
      const args = node.args.map(of);
      if (node.fn === 'select') return selectOf(args, rules);
      if (node.fn === 'max') {
        const [a, b] = args as [Computed<T>, Computed<T>];
        return { value: m.max(a.value, b.value), error: m.max(a.error, b.error) };
      }
      const values = args.map(arg => arg.value);
      const [value, ...slopes] = evaluateAll(slopesOf(node.fn), m, ({ index }) => values[index[0]!]!);
      const inherited = args.reduce(
        (sum, { error }, k) => m.add(sum, m.multiply(absolute(slopes[k]!), error)),
        zero,
      );
      return slipped(value!, inherited, FUNCTION_SLIP);
    }
  }
}

function sumOf<T>(terms: readonly Computed<T>[], { m, zero, absolute, slip }: Rules<T>): Computed<T> {
  const total = (values: readonly T[]) => values.reduce((a, b) => m.add(a, b), zero);
  const size = total(terms.map(term => m.add(absolute(term.value), term.error)));
  const inherited = total(terms.map(term => term.error));
  return {
    value: total(terms.map(term => term.value)),
    error: m.add(inherited, slip(size, Math.max(0, terms.length - 1))),
  };
}

function timesOf<T>(a: Computed<T>, b: Computed<T>, { m, absolute, slipped }: Rules<T>): Computed<T> {
  const fromA = m.multiply(a.error, m.add(absolute(b.value), b.error));
  return slipped(m.multiply(a.value, b.value), m.add(fromA, m.multiply(absolute(a.value), b.error)), 1);
}

function powerOf<T>(
  base: Computed<T>,
  exponent: number,
  { m, absolute, slipped, zero }: Rules<T>,
): Computed<T> {
  const value = m.power(base.value, exponent);
  if (exponent === 0) return { value, error: zero };
  const slope = m.multiply(m.constant(rational.of(exponent)), m.power(base.value, exponent - 1));
  return slipped(value, m.multiply(absolute(slope), base.error), Math.abs(exponent));
}

/** Where the sign of the condition is in doubt, either branch may have been taken. */
function selectOf<T>(
  args: readonly Computed<T>[],
  { m, minusOne, absolute, isWithin, zero }: Rules<T>,
): Computed<T> {
  const [condition, a, b] = args as [Computed<T>, Computed<T>, Computed<T>];
  const chosen = m.isNonNegative(condition.value) ? a : b;
  const isSure = isWithin(condition.error, zero) || !isWithin(condition.value, condition.error);
  if (isSure) return chosen;
  const apart = absolute(m.add(a.value, m.multiply(minusOne, b.value)));
  return { value: chosen.value, error: m.add(apart, m.max(a.error, b.error)) };
}

/** In every float: a small integer over a small power of two. */
function isHeld({ numerator, denominator }: Rational): boolean {
  const bottom = Number(denominator);
  return Math.abs(Number(numerator)) <= 2 ** 20 && bottom <= 2 ** 20 && Number.isInteger(Math.log2(bottom));
}

const known = new Map<FunctionName, readonly Expr[]>();

/** A function of variables 0, 1, ..., and its slopes to them. */
function slopesOf(fn: FunctionName): readonly Expr[] {
  let found = known.get(fn);
  if (!found) {
    const args = Array.from({ length: functions[fn].arity }, (_, k) => variable('$', [k]));
    const value = call(fn, args);
    const slopes = vjp([value], [constant(1)]);
    found = [value, ...args.map(arg => slopes.of(arg))];
    known.set(fn, found);
  }
  return found;
}
