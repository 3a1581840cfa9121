/** What stands above: a power or layer, a transpose, a star, primes, in any mixture. */

import { gluedItems, plainName } from './index-list.js';
import {
  accept,
  deeper,
  fail,
  inContext,
  isNext,
  next,
  type Parser,
  peek,
  peekSecond,
  spanFrom,
} from './parser.js';
import type { Token } from './token.js';
import type { Formula, Superscript } from './tree.js';

export interface Above {
  readonly sup: Superscript | null;
  readonly star: boolean;
  readonly primes: number;
  readonly transposed: boolean;
}

/** A prime, or the sign `^` with what follows it. */
export function readSuperscript(p: Parser): Above {
  const prime = accept(p, 'prime');
  if (prime !== null) return { sup: null, star: false, primes: Number(prime.value), transposed: false };
  next(p);
  const context = p.context === 'cells' ? 'list' : p.context;
  return inContext(p, context, () =>
    accept(p, 'open', '{') === null ? (mark(p, 'eof') ?? bare(p)) : braced(p),
  );
}

const NONE: Above = { sup: null, star: false, primes: 0, transposed: false };

/** A star, a prime, or a transpose sign that nothing follows but the end. */
function mark(p: Parser, end: 'eof' | 'close'): Above | null {
  const token = peek(p);
  const starred = token.kind === 'product' && (token.value === 'ast' || token.value === 'star');
  const transposed = isTranspose(token) && (end === 'eof' || peekSecond(p).kind === 'close');
  if (!starred && !transposed && token.kind !== 'prime') return null;
  next(p);
  return { ...NONE, star: starred, transposed, primes: token.kind === 'prime' ? Number(token.value) : 0 };
}

function isTranspose(token: Token): boolean {
  return token.kind === 'name' && /^(?:T|top|intercal)$/.test(token.value);
}

/** Without braces: one token, a bracket, or a signed number of plain text. */
function bare(p: Parser): Above {
  const token = peek(p);
  if (token.kind === 'open') return { ...NONE, sup: bracketed(p) };
  if (token.kind === 'product') {
    fail(p, 'unsupported', 'this sign as a superscript is not read', token);
    return NONE;
  }
  const plain = token.kind === 'name';
  if (plain) next(p);
  const of = plain
    ? plainName(token)
    : token.kind === 'sign'
      ? deeper(p, p.grammar.factor)
      : p.grammar.atom(p);
  return { ...NONE, sup: { bracket: 'none', of, span: spanFrom(p, token.start) } };
}

function braced(p: Parser): Above {
  let { sup, star, primes, transposed } = NONE;
  const { start } = peek(p);
  while (p.failure === null && !isNext(p, 'close', '}')) {
    if (isNext(p, 'sign') && peekSecond(p).kind === 'close') {
      fail(p, 'unsupported', 'a sign as a superscript is not read', peek(p));
    }
    const sign = mark(p, 'close');
    star ||= sign?.star ?? false;
    transposed ||= sign?.transposed ?? false;
    primes += sign?.primes ?? 0;
    if (sign !== null) continue;
    if (sup !== null) fail(p, 'unsupported', 'a superscript of two parts is not read', peek(p));
    sup = layerAhead(p) ? bracketed(p) : formula(p, start);
  }
  accept(p, 'close', '}');
  if (sup === null && !star && !transposed && primes === 0)
    fail(p, 'syntax', 'the superscript is empty', peek(p));
  return { sup, star, primes, transposed };
}

/** `{[l-1]T}`: a bracket with nothing but marks behind it. */
function layerAhead(p: Parser): boolean {
  const open = peek(p);
  if (open.kind !== 'open' || (open.value !== '(' && open.value !== '[')) return false;
  let depth = 0;
  for (let at = p.at; at < p.tokens.length; at += 1) {
    const kind = p.tokens[at]?.kind;
    if (kind === 'open') depth += 1;
    else if (kind === 'close') depth -= 1;
    if (depth > 0) continue;
    const behind = p.tokens[at + 1];
    const second = behind?.kind === 'open' && open.value === '['; // `Z^{[l](i)}` says two things
    return (
      behind === undefined ||
      second ||
      /^(?:close|prime|product|eof)$/.test(behind.kind) ||
      isTranspose(behind)
    );
  }
  return false;
}

function bracketed(p: Parser): Superscript {
  const open = next(p);
  const of = p.grammar.comparison(p);
  const closed = accept(p, 'close') !== null;
  if (!closed) fail(p, 'unclosed', `the bracket ${open.value} of the superscript is not closed`, open);
  const bracket = open.value === '[' ? 'square' : open.value === '(' ? 'round' : 'none';
  return { bracket, of, span: spanFrom(p, open.start) };
}

function formula(p: Parser, start: number): Superscript {
  const at = p.at;
  const glued = gluedItems(p);
  const [word] = glued?.items ?? [];
  let of: Formula;
  if (glued?.style === 'word' && word !== undefined) of = word;
  else {
    p.at = at;
    of = p.grammar.comparison(p);
  }
  return { bracket: 'none', of, span: spanFrom(p, start) };
}
