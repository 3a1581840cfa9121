/** Factors: a sign before, scripts behind, a slash between. */

import { readIndex } from './index-list.js';
import { called, scripted } from './name.js';
import { quotient } from './operator.js';
import { accept, deeper, fail, isNext, next, type Parser, peek, peekSecond, spanFrom } from './parser.js';
import { readSuperscript } from './superscript.js';
import { GREEK } from './symbols.js';
import type { Formula } from './tree.js';

/** Quotients and scripts one behind the other nest the tree without recursion here, so they are capped. */
const MAX_CHAIN = 8;

export function factor(p: Parser): Formula {
  if (isNext(p, 'sign')) return deeper(p, signed);
  const { start } = peek(p);
  let result = p.grammar.primary(p);
  for (let chain = 0; p.failure === null && isNext(p, 'slash'); chain += 1) {
    if (chain >= MAX_CHAIN) return fail(p, 'too-deep', `more than ${MAX_CHAIN} slashes in a row`, peek(p));
    const word = next(p).value === 'word';
    const denominator = below(p, result);
    const parts = { form: 'slash', numerator: result, denominator, span: spanFrom(p, start) } as const;
    result = quotient(p, parts, word);
  }
  return result;
}

function signed(p: Parser): Formula {
  const sign = next(p);
  const of = factor(p);
  return sign.value === '-' ? { kind: 'negation', of, span: spanFrom(p, sign.start) } : of;
}

/** `dL/d(W x)`: the d below belongs to the bracket. */
function below(p: Parser, above: Formula): Formula {
  const lone = above.kind === 'differential' && isNext(p, 'name', 'd') && peekSecond(p).kind === 'open';
  if (!lone) return p.grammar.primary(p);
  const { start } = next(p);
  const of = p.grammar.primary(p);
  return { kind: 'differential', symbol: 'd', order: 1, of, span: spanFrom(p, start) };
}

/** An atom with its scripts. A name in invisible braces takes them like a bare name: `{X}_{11}`. */
export function primary(p: Parser): Formula {
  const braces = isNext(p, 'open', '{');
  let result = p.grammar.atom(p);
  if (braces && result.kind === 'name') result = called(p, scripted(p, result));
  for (let chain = 0; p.failure === null && scriptAhead(p, result); chain += 1) {
    if (chain >= MAX_CHAIN) return fail(p, 'too-deep', `more than ${MAX_CHAIN} scripts in a row`, peek(p));
    result = withScript(p, result);
  }
  return result;
}

function scriptAhead(p: Parser, result: Formula): boolean {
  const token = peek(p);
  if (token.kind === 'open') {
    const takesIndex = /^(?:name|call|entry|derivative|transpose)$/.test(result.kind);
    return takesIndex && token.value === '[' && token.gap === 'none';
  }
  return token.kind === 'sub' || token.kind === 'sup' || token.kind === 'prime';
}

function withScript(p: Parser, of: Formula): Formula {
  const { start } = of.span;
  const token = peek(p);
  if (of.kind === 'ellipsis') return fail(p, 'syntax', 'a script on an ellipsis', token);
  if (token.kind === 'prime') return fail(p, 'unsupported', 'a prime on a formula is not read', token);
  if (token.kind === 'open' || accept(p, 'sub') !== null) {
    const index = readIndex(p, token.kind === 'open' ? 'brackets' : 'below');
    return { kind: 'entry', of, index, span: spanFrom(p, start) };
  }
  const above = readSuperscript(p);
  const span = spanFrom(p, start);
  if (above.star || above.primes > 0) return fail(p, 'unsupported', 'a star on a formula is not read', token);
  if (above.sup === null) return { kind: 'transpose', of, span };
  const word = above.sup.of.kind === 'name' && above.sup.of.base.length > 1 && !GREEK.has(above.sup.of.base);
  if (word) return fail(p, 'unsupported', 'a word as a superscript on a formula is not read', token);
  if (above.sup.bracket !== 'none') {
    return fail(p, 'unsupported', 'a bracketed superscript on a formula is not read', token);
  }
  const power: Formula = { kind: 'power', base: of, exponent: above.sup.of, span };
  return above.transposed ? { kind: 'transpose', of: power, span } : power;
}
