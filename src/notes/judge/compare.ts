/** Equality for all values of the cells, by normal form. */
import { BackproofError } from '../../error.js';
import { type Integer, MonomialTable, type Rational, rational, UNIT } from '../../exact/index.js';
import {
  type Expr,
  equalFractions,
  type Fraction,
  postOrder,
  toFractions,
  variableKey,
} from '../../expr/index.js';
import { refuse } from './refusal.js';

/** Products beyond which an expression is not multiplied out. */
const TERM_CAP = 100_000;

/** Whether each pair of expressions is equal for all values. @throws Refusal where that cannot be decided here. */
export function equalPairs(pairs: readonly (readonly [Expr, Expr])[]): readonly boolean[] {
  const table = new MonomialTable();
  const fractions = expand(pairs.flat(), table);
  return pairs.map((_, k) => same(fractions[2 * k]!, fractions[2 * k + 1]!, table));
}

export function equalExprs(a: Expr, b: Expr): boolean {
  return equalPairs([[a, b]])[0]!;
}

/** Which of the candidates equals the expression. */
export function firstEqual(expr: Expr, candidates: readonly Expr[]): number | null {
  const table = new MonomialTable();
  const [wanted, ...others] = expand([expr, ...candidates], table);
  const found = others.findIndex(other => same(wanted!, other, table));
  return found < 0 ? null : found;
}

/** The value, where it is the same whatever the cells are; null where it is not. */
export function constantOf(expr: Expr): Rational | null {
  const [fraction] = expand([expr], new MonomialTable());
  const { numerator, denominator } = fraction!;
  const isNumber = [...numerator.keys(), ...denominator.keys()].every(monomial => monomial === UNIT);
  return isNumber ? rational.of(numerator.get(UNIT) ?? 0, denominator.get(UNIT) ?? 1) : null;
}

function same(a: Fraction, b: Fraction, table: MonomialTable): boolean {
  return guarded(() => equalFractions(a, b, table));
}

function expand(exprs: readonly Expr[], table: MonomialTable): readonly Fraction[] {
  checkSize(exprs);
  const ids = new Map<string, number>();
  const variableId = (tensor: string, index: readonly number[]) => {
    const key = variableKey(tensor, index);
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    return id;
  };
  return guarded(() => toFractions(exprs, table, variableId));
}

function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    return refuse('not-covered', `the two sides cannot be compared: ${error.what}`);
  }
}

/**
 * A text for each expression, the same for equal polynomials. Fractions with different denominators may be equal
 * and have different texts, so this only serves to pair terms; `0` has the empty text.
 */
export function formTexts(exprs: readonly Expr[]): readonly string[] {
  const table = new MonomialTable();
  return expand(exprs, table).map(({ numerator, denominator }) => {
    const top = polynomialText(numerator, table);
    return top === '' ? '' : `${top} / ${polynomialText(denominator, table)}`;
  });
}

function polynomialText(terms: ReadonlyMap<number, Integer>, table: MonomialTable): string {
  return [...terms]
    .map(([monomial, coefficient]) => `${coefficient}*${table.factors(monomial).join('*')}`)
    .sort()
    .join('+');
}

interface Bound {
  readonly top: number;
  readonly bottom: number;
}

/** An upper bound of the terms of each expression, before anything is multiplied out. */
function checkSize(exprs: readonly Expr[]): void {
  const bounds = new Map<Expr, Bound>();
  let all = 0;
  for (const node of postOrder(exprs)) {
    const { top, bottom } = boundOf(node, child => bounds.get(child)!);
    all += top + bottom;
    if (top * bottom > TERM_CAP || all > 50 * TERM_CAP)
      refuse('not-covered', 'it is too large to be multiplied out');
    bounds.set(node, { top, bottom });
  }
}

function boundOf(node: Expr, of: (child: Expr) => Bound): Bound {
  switch (node.kind) {
    case 'constant':
    case 'variable':
    case 'call':
      return { top: 1, bottom: 1 };
    case 'sum': {
      const bottom = node.terms.reduce((all, term) => all * of(term).bottom, 1);
      return { top: node.terms.reduce((all, term) => all + of(term).top, 0) * bottom, bottom };
    }
    case 'product':
      return node.factors.map(of).reduce(timesBound, { top: 1, bottom: 1 });
    case 'quotient': {
      const { top, bottom } = of(node.denominator);
      return timesBound(of(node.numerator), { top: bottom, bottom: top });
    }
    case 'power': {
      const { top, bottom } = of(node.base);
      const size = Math.abs(node.exponent);
      return { top: Math.max(top, bottom) ** size, bottom: node.exponent < 0 ? top ** size : bottom ** size };
    }
  }
}

function timesBound(a: Bound, b: Bound): Bound {
  return { top: a.top * b.top, bottom: a.bottom * b.bottom };
}
