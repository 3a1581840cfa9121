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
  children,
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
  /** The error with inputs as they are: what decides on which side of a condition a value is. */
  readonly own: T;
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
  const nodes = postOrder(roots);
  // Without conditions nothing asks for the own errors.
  const hasChoice = nodes.some(node => node.kind === 'call' && node.fn === 'select');
  for (const node of nodes) {
    if (node.kind === 'variable') {
      const { value, isExact } = leaf(node);
      const error = isExact ? rules.zero : rules.slip(rules.absolute(value), 1);
      found.set(node, { value, error, own: rules.zero });
      continue;
    }
    const parts = children(node).map(child => found.get(child)!);
    const values = parts.map(part => part.value);
    const [value, ...slopes] = evaluatedNode(node, values, m);
    const isSure = node.kind === 'call' && node.fn === 'select' && rules.isSure(parts[0]!);
    const at = { node, value: value!, values, slopes, isSure };
    const error = errorOf(
      at,
      parts.map(part => part.error),
      rules,
    );
    const own = hasChoice
      ? errorOf(
          at,
          parts.map(part => part.own),
          rules,
        )
      : error;
    found.set(node, { value: value!, error, own });
  }
  return roots.map(root => found.get(root)!);
}

interface At<T> {
  readonly node: Exclude<Expr, Variable>;
  readonly value: T;
  /** Of the node's children. */
  readonly values: readonly T[];
  /** Of a function. */
  readonly slopes: readonly T[];
  /** Of a choice: its condition is on one side for certain. */
  readonly isSure: boolean;
}

type Rules<T> = ReturnType<typeof errorRules<T>>;

function errorRules<T>(m: Arithmetic<T>, unit: T) {
  const [zero, minusOne] = [m.constant(rational.ZERO), m.constant(rational.of(-1))];
  const absolute = (value: T) => (m.isNonNegative(value) ? value : m.multiply(minusOne, value));
  const minus = (a: T, b: T) => m.add(a, m.multiply(minusOne, b));
  const slip = (amount: T, units: number) =>
    m.multiply(m.multiply(m.constant(rational.of(units)), unit), amount);
  const total = (values: readonly T[]) => values.reduce((a, b) => m.add(a, b), zero);
  const isZero = (error: T) => m.isNonNegative(m.multiply(minusOne, error));
  const isSure = ({ value, own }: Computed<T>) =>
    isZero(own) || !m.isNonNegative(minus(own, absolute(value)));
  return { m, zero, absolute, minus, slip, total, isZero, isSure };
}

/** The value of a node; of a function also its slopes. */
function evaluatedNode<T>(node: Exclude<Expr, Variable>, values: readonly T[], m: Arithmetic<T>): T[] {
  const fold = (empty: number, combine: (a: T, b: T) => T) =>
    values.length === 0 ? m.constant(rational.of(empty)) : values.reduce((a, b) => combine(a, b));
  switch (node.kind) {
    case 'constant':
      return [m.constant(node.value)];
    case 'sum':
      return [fold(0, (a, b) => m.add(a, b))];
    case 'product':
      return [fold(1, (a, b) => m.multiply(a, b))];
    case 'quotient':
      return [m.divide(values[0]!, values[1]!)];
    case 'power':
      return [m.power(values[0]!, node.exponent)];
    case 'call':
      if (node.fn === 'max') return [m.max(values[0]!, values[1]!)];
      if (node.fn === 'select') return [m.isNonNegative(values[0]!) ? values[1]! : values[2]!];
      return evaluateAll(slopesOf(node.fn), m, ({ index }) => values[index[0]!]!);
  }
}

/** What a node is off by, from what its children are off by. */
function errorOf<T>(at: At<T>, errors: readonly T[], rules: Rules<T>): T {
  const { node, value, values, slopes } = at;
  const { m, zero, absolute, slip, total, isZero } = rules;
  switch (node.kind) {
    case 'constant':
      return isHeld(node.value) ? zero : slip(absolute(value), 1);
    case 'sum': {
      // The sum of two floats is as good as rounding allows: it is 0 where they cancel.
      if (values.length === 2 && errors.every(isZero)) return slip(absolute(value), 1);
      const size = total([...values.map(absolute), ...errors]);
      return m.add(total(errors), slip(size, Math.max(0, values.length - 1)));
    }
    case 'product':
      return node.factors.reduce<Part<T>>(
        (done, factor, k) => {
          // Powers of two scale without rounding.
          const isScaling = isScale(factor) || node.factors.slice(0, k).every(isScale);
          return times(done, [absolute(values[k]!), errors[k]!], isScaling ? 0 : 1, rules);
        },
        [m.constant(rational.ONE), zero],
      )[1];
    case 'quotient': {
      const [top, bottom] = values.map(absolute) as [T, T];
      const inverse = m.power(bottom, -1);
      const inherited = m.multiply(m.power(bottom, -2), errors[1]!);
      return times([top, errors[0]!], [inverse, inherited], 2, rules)[1];
    }
    case 'power': {
      if (node.exponent === 0) return zero;
      const slope = m.multiply(
        m.constant(rational.of(node.exponent)),
        m.power(values[0]!, node.exponent - 1),
      );
      return m.add(m.multiply(absolute(slope), errors[0]!), slip(absolute(value), Math.abs(node.exponent)));
    }
    case 'call':
      if (node.fn === 'max') return m.max(errors[0]!, errors[1]!);
      if (node.fn === 'select') return choiceError(at, errors, rules);
      return m.add(
        total(slopes.map((slope, k) => m.multiply(absolute(slope), errors[k]!))),
        slip(absolute(value), FUNCTION_SLIP),
      );
  }
}

type Part<T> = readonly [size: T, error: T];

/** The product of two sizes with their errors, and so many roundings. */
function times<T>(
  [a, aError]: Part<T>,
  [b, bError]: Part<T>,
  units: number,
  { m, slip, total }: Rules<T>,
): Part<T> {
  const size = m.multiply(a, b);
  return [size, total([m.multiply(aError, m.add(b, bError)), m.multiply(a, bError), slip(size, units)])];
}

/** A constant that is a power of two, of either sign. */
function isScale(node: Expr): boolean {
  return node.kind === 'constant' && Number.isInteger(Math.log2(Math.abs(rational.toNumber(node.value))));
}

/** Where the sign of the condition is in doubt, either branch may have been taken. */
function choiceError<T>(
  { values, isSure }: At<T>,
  errors: readonly T[],
  { m, absolute, minus }: Rules<T>,
): T {
  if (isSure) return m.isNonNegative(values[0]!) ? errors[1]! : errors[2]!;
  return m.add(absolute(minus(values[1]!, values[2]!)), m.max(errors[1]!, errors[2]!));
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
