/** Derivatives: what \frac, a slash, \nabla and a lone operator come to. */

import { fail, isNext, type Parser, peek, spanFrom } from './parser.js';
import { startsFactor } from './starts.js';
import type { Derivative, Formula, Name, Quotient } from './tree.js';

export function withoutOperand(formula: Formula): formula is Derivative {
  return formula.kind === 'derivative' && formula.of === null;
}

/** An operator takes the bracket behind it, or the one factor; with more factors its reach would be a guess. */
export function operand(p: Parser, operator: Derivative | Formula): Formula {
  if (operator.kind !== 'derivative') return operator;
  const bracketed = isNext(p, 'open');
  const of = applied(p);
  if (!bracketed && startsFactor(p)) {
    return fail(
      p,
      'ambiguous',
      'it is unclear how far the derivative operator reaches; use brackets',
      operator.span,
    );
  }
  return { ...operator, of, span: spanFrom(p, operator.span.start) };
}

/** A factor, with the bracket behind a name: `L(w)`. */
export function applied(p: Parser): Formula {
  const { start } = peek(p);
  const of = p.grammar.primary(p);
  if (of.kind !== 'name' || !isNext(p, 'open', '(')) return of;
  const sign = { symbol: 'bracket', mode: null, span: { start: of.span.end, end: of.span.end } } as const;
  const factors = [of, p.grammar.primary(p)];
  return { kind: 'product', factors, signs: [sign], span: spanFrom(p, start) };
}

/** A quotient of differentials is a derivative; any other quotient stays one. */
export function quotient(p: Parser, parts: Omit<Quotient, 'kind'>, word = false): Formula {
  const plain: Quotient = { kind: 'quotient', ...parts };
  const above = differentialOf(parts.numerator);
  const below = above === null ? null : differentialsOf(parts.denominator);
  if (above !== null && below === null && beginsWithDifferential(parts.denominator)) {
    return fail(p, 'ambiguous', 'what the derivative is taken by is unclear', parts.denominator.span);
  }
  if (above === null || below === null) return plain;
  const by = repeated(below, above.order);
  if (by === null) {
    return fail(p, 'syntax', 'the order of the derivative is not the same above and below', parts.span);
  }
  const form = word ? 'word' : parts.form;
  return {
    kind: 'derivative',
    symbol: above.symbol,
    form,
    of: above.of,
    by,
    order: by.length,
    span: parts.span,
  };
}

function beginsWithDifferential(formula: Formula): boolean {
  return formula.kind === 'product' && formula.factors[0]?.kind === 'differential';
}

interface Above {
  readonly symbol: 'partial' | 'd';
  readonly order: number;
  readonly of: Formula | null;
}

/** The upper half: `\partial L`, `d^2 L`, `d L` with a blank, `\partial X F`, or `\partial` alone. */
function differentialOf(formula: Formula): Above | null {
  if (formula.kind === 'differential') return formula;
  const letter = letterD(formula);
  if (letter !== null) return { symbol: 'd', order: letter, of: null };
  if (formula.kind !== 'product') return null;
  const [first, ...rest] = formula.factors;
  if (first?.kind === 'differential' && first.of !== null) {
    return { ...first, of: { ...formula, factors: [first.of, ...rest] } };
  }
  const order = first === undefined ? null : letterD(first);
  if (order === null || formula.signs[0]?.symbol === 'cdot') return null;
  return { symbol: 'd', order, of: productOf(rest, formula.signs.slice(1)) };
}

function productOf(
  factors: readonly Formula[],
  signs: (Formula & { kind: 'product' })['signs'],
): Formula | null {
  const [first] = factors;
  if (first === undefined || factors.length === 1) return first ?? null;
  const end = factors.at(-1)?.span.end ?? first.span.end;
  return { kind: 'product', factors, signs, span: { start: first.span.start, end } };
}

/** The order of a letter d that stands alone: `d` is 1, `d^2` is 2; null for anything else. */
function letterD(formula: Formula): number | null {
  const plain =
    formula.kind === 'name' && formula.base === 'd' && formula.sub === null && formula.primes === 0;
  if (!plain || formula.star || formula.accents.length > 0) return null;
  if (formula.sup === null) return 1;
  return formula.sup.of.kind === 'number' ? Number(formula.sup.of.text) : null;
}

/** The lower half: one name per differential. */
function differentialsOf(formula: Formula): readonly Formula[] | null {
  if (formula.kind === 'differential') return formula.of === null ? null : [formula.of];
  if (
    formula.kind === 'power' &&
    formula.base.kind === 'differential' &&
    formula.exponent.kind === 'number'
  ) {
    const { of } = formula.base;
    const order = Number(formula.exponent.text);
    return of === null || !(order >= 1 && order <= 9) ? null : Array<Formula>(order).fill(of);
  }
  if (formula.kind !== 'product' || formula.signs.some(s => s.symbol !== 'none' && s.symbol !== 'bracket'))
    return null;
  const by: Formula[] = [];
  for (let k = 0; k < formula.factors.length; k += 1) {
    const factor = formula.factors[k];
    const behind = formula.factors[k + 1];
    if (factor?.kind === 'differential' && factor.of !== null) by.push(factor.of);
    else if (factor !== undefined && letterD(factor) === 1 && behind !== undefined) {
      by.push(behind);
      k += 1;
    } else return null;
  }
  return by;
}

/** \partial x^2 below \partial^2: x twice. Without an order above, `x^2` stays what it is. */
function repeated(below: readonly Formula[], order: number): readonly Formula[] | null {
  if (below.length === order) return below;
  const [only] = below;
  if (below.length !== 1 || only?.kind !== 'name' || !(order >= 1 && order <= 9)) return null;
  const power = only.sup?.of;
  const fits = only.sup?.bracket === 'none' && power?.kind === 'number' && Number(power.text) === order;
  return fits ? Array<Name>(order).fill({ ...only, sup: null }) : null;
}
