/** Comparisons, sums and products: everything that has signs between its parts. */

import { functionNamed } from './functions.js';
import { operand, withoutOperand } from './operator.js';
import { accept, fail, isNext, next, type Parser, peek, peekSecond, spanFrom } from './parser.js';
import { startsFactor } from './starts.js';
import { GREEK, SYMBOLS } from './symbols.js';
import type { Comparison, Formula, Name, ProductSign, ProductSymbol, Term } from './tree.js';
import { isConditionWord } from './words.js';

type Sign = Comparison['signs'][number];

/** `0 \le i < n`; a sum if there is no such sign. */
export function comparison(p: Parser): Formula {
  const { start } = peek(p);
  const sides = [sum(p)];
  const signs: Sign[] = [];
  while (isNext(p, 'compare') || isNext(p, 'relation', 'equal')) {
    const sign = next(p);
    signs.push(sign.kind === 'relation' ? '=' : (sign.value as Sign)); // symbols.ts has these values only
    sides.push(sum(p));
  }
  const [only] = sides;
  return sides.length === 1 && only !== undefined
    ? only
    : { kind: 'comparison', sides, signs, span: spanFrom(p, start) };
}

export function sum(p: Parser): Formula {
  const { start } = peek(p);
  const terms: Term[] = [];
  let lead = accept(p, 'sign');
  do {
    const sign = lead?.value === '-' ? '-' : '+';
    terms.push({ sign, written: lead !== null, formula: product(p) });
    lead = accept(p, 'sign');
  } while (p.failure === null && (lead !== null || ellipsisWithoutSign(p, terms)));
  const [only] = terms;
  const span = spanFrom(p, start);
  if (terms.length > 1 || only === undefined) return { kind: 'sum', terms, span };
  return only.sign === '-' ? { kind: 'negation', of: only.formula, span } : only.formula;
}

/** `a + b \dots z` lost its plus signs; but `1 \dots n` is no sum, and is left to the list around it. */
function ellipsisWithoutSign(p: Parser, terms: readonly Term[]): boolean {
  if (terms.at(-1)?.formula.kind === 'ellipsis') return terms.length > 1 && startsFactor(p);
  return isNext(p, 'dots') && (terms.length > 1 || peekSecond(p).kind === 'sign');
}

export function product(p: Parser): Formula {
  const { start } = peek(p);
  const factors = [p.grammar.factor(p)];
  const signs: ProductSign[] = [];
  while (p.failure === null) {
    const previous = factors.at(-1) as Formula; // never empty
    if (withoutOperand(previous) && startsFactor(p)) factors[factors.length - 1] = operand(p, previous);
    else if (signAhead(p, previous)) {
      signs.push(readSign(p));
      factors.push(isNext(p, 'dots') ? p.grammar.atom(p) : p.grammar.factor(p));
    } else if (previous.kind === 'ellipsis' || !startsFactor(p) || conditionAhead(p)) break;
    else juxtapose(p, factors, signs);
  }
  const [only] = factors;
  return factors.length === 1 && only !== undefined
    ? only
    : { kind: 'product', factors, signs, span: spanFrom(p, start) };
}

/** `1 \text{ if } x > 0`: the formula ends before the word. */
function conditionAhead(p: Parser): boolean {
  return isNext(p, 'text') && isConditionWord(peek(p).value);
}

function signAhead(p: Parser, previous: Formula): boolean {
  const token = peek(p);
  if (token.kind === 'product') return true;
  if (token.kind === 'dot') return startsFactor(p, 1);
  const numbers = previous.kind === 'number' && peekSecond(p).kind === 'number';
  return numbers && token.kind === 'name' && token.value === 'x';
}

function readSign(p: Parser): ProductSign {
  const token = next(p);
  const symbol = token.kind === 'name' ? 'letter-x' : token.kind === 'dot' ? 'dot' : token.value;
  const mode = signMode(p);
  return { symbol: symbol as ProductSymbol, mode, span: spanFrom(p, token.start) }; // symbols.ts has these values only
}

/** `full` of `*_{full}` and `\overset{full}{*}`. */
function signMode(p: Parser): string | null {
  if (accept(p, 'sub') === null && accept(p, 'sup') === null) return null;
  if (!isNext(p, 'open', '{')) return next(p).value;
  let words = '';
  let depth = 0;
  do {
    const token = next(p);
    if (token.kind === 'eof') return words;
    depth += token.kind === 'open' ? 1 : token.kind === 'close' ? -1 : 0;
    if (token.kind !== 'open' && token.kind !== 'close') words += token.value.trim();
  } while (depth > 0);
  return words;
}

/** `{\log} x`: a function by itself is no factor. */
function awaitsArgument(name: Name): boolean {
  return (
    name.base.length > 1 &&
    functionNamed(name.base) !== null &&
    SYMBOLS.has(`\\${name.base}`) &&
    !GREEK.has(name.base)
  );
}

function juxtapose(p: Parser, factors: Formula[], signs: ProductSign[]): void {
  const token = peek(p);
  const previous = factors.at(-1) as Formula; // never empty
  if (token.kind === 'number') {
    const advice = token.gap === 'none' ? `; put the index into braces if ${token.value} belongs to it` : '';
    fail(p, 'ambiguous', `no sign stands before the number ${token.value}${advice}`, token);
  } else if (p.tokens[p.at - 1]?.kind === 'gap') {
    fail(p, 'ambiguous', 'a wide space stands between factors', token);
  } else if (token.kind === 'text' && !startsFactor(p, 1)) {
    const text = next(p).value.trim();
    factors[factors.length - 1] = {
      kind: 'label',
      text,
      of: previous,
      span: spanFrom(p, previous.span.start),
    };
  } else if (token.kind === 'text' && peekSecond(p).value !== '(') {
    fail(p, 'syntax', `the words "${token.value.trim()}" stand inside a formula`, token);
  } else {
    const bracketed = previous.kind === 'name' && token.kind === 'open' && token.value === '(';
    const span = { start: previous.span.end, end: token.start };
    if (previous.kind === 'name' && awaitsArgument(previous)) {
      fail(p, 'ambiguous', `what ${previous.base} is applied to is unclear`, token);
    }
    const factor = p.grammar.factor(p);
    if (factor.kind === 'ellipsis') fail(p, 'ambiguous', 'what the ellipsis leaves out is unclear', token);
    factors.push(factor);
    signs.push({ symbol: bracketed ? 'bracket' : 'none', mode: null, span });
  }
}

/** Items separated by commas or semicolons, or by an ellipsis alone: `1, \dots, n`, `1 \dots n`. */
export function listItems(p: Parser, item: (p: Parser) => Formula): Formula[] {
  const items: Formula[] = [];
  do {
    items.push(item(p));
    while (isNext(p, 'dots') || (items.at(-1)?.kind === 'ellipsis' && startsFactor(p))) items.push(item(p));
  } while (p.failure === null && (accept(p, 'comma') ?? accept(p, 'semicolon')) !== null);
  return items;
}
