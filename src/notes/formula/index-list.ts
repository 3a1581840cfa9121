/** Indices: below a name, in brackets behind it, and the running names of a big sum. */

import { accept, fail, failHere, inContext, isNext, next, type Parser, peek, spanFrom } from './parser.js';
import { GREEK } from './symbols.js';
import type { Token } from './token.js';
import type { Formula, Index, Name } from './tree.js';
import { isIndexWord } from './words.js';

export function plainName(token: Token, base = token.value): Name {
  const { start, end, font } = token;
  return {
    kind: 'name',
    base,
    font,
    accents: [],
    primes: 0,
    star: false,
    sub: null,
    sup: null,
    span: { start, end },
  };
}

/** The sign `_` has been taken, or the place is at the opening bracket. */
export function readIndex(p: Parser, place: 'below' | 'brackets'): Index {
  const from = p.at;
  const { start } = peek(p);
  const open = accept(p, 'open');
  const { items, style } = inContext(p, 'list', () => (open === null ? oneToken(p) : indexItems(p, open)));
  const text = p.tokens.slice(from, p.at).map(indexText).join('').replace(/,$/, '');
  return { style, place, items, text, span: spanFrom(p, start) };
}

function indexText(token: Token): string {
  return token.kind === 'open' || token.kind === 'close' ? '' : token.value.trim();
}

interface Items {
  readonly items: readonly Formula[];
  readonly style: Index['style'];
}

function oneToken(p: Parser): Items {
  const token = peek(p);
  if (token.kind === 'number') return { items: [p.grammar.atom(p)], style: 'numeral' };
  if (token.kind !== 'name' && token.kind !== 'text') {
    const item = token.kind === 'accent' ? p.grammar.atom(p) : failHere(p, 'an index');
    return { items: [item], style: 'single' };
  }
  next(p);
  return { items: [plainName(token, token.value.trim())], style: isLetter(token) ? 'single' : 'word' };
}

function isLetter(token: Token): boolean {
  return token.value.length === 1 || GREEK.has(token.value);
}

/** Everything up to the closing bracket, which is taken. */
function indexItems(p: Parser, open: Token): Items {
  const items: Formula[] = [];
  let style: Index['style'] = 'single';
  do {
    if (items.length > 0 && isNext(p, 'close')) break; // `X_{11,}`
    const glued = gluedItems(p);
    style = items.length > 0 ? 'list' : (glued?.style ?? 'single');
    for (const item of glued?.items ?? [indexItem(p)]) items.push(item);
  } while (p.failure === null && (accept(p, 'comma') ?? accept(p, 'semicolon') ?? accept(p, 'row')) !== null);
  if (accept(p, 'close') === null) {
    fail(p, 'unclosed', `the index is not closed${open.value === '{' ? '' : `: ${open.value}`}`, open);
  }
  return { items, style };
}

/** A formula, a comparison, or a slice: `:`, `1:3`, `1:`. */
export function indexItem(p: Parser): Formula {
  const { start } = peek(p);
  const from = isNext(p, 'colon') ? null : p.grammar.comparison(p);
  if (from !== null && (from.kind === 'ellipsis' || accept(p, 'colon') === null)) return from;
  if (from === null) next(p);
  const ends = isNext(p, 'comma') || isNext(p, 'close') || isNext(p, 'colon');
  const to = ends ? null : p.grammar.sum(p);
  return { kind: 'slice', from, to, span: spanFrom(p, start) };
}

/** Letters and numbers with nothing between them up to the next comma or bracket: `11`, `ij`, `prev`; else null. */
export function gluedItems(p: Parser): Items | null {
  const run: Token[] = [];
  peek(p);
  for (let at = p.at; ; at += 1) {
    const token = p.tokens[at];
    if (token?.kind === 'name' || token?.kind === 'number') run.push(token);
    else if (token?.kind === 'comma' || token?.kind === 'close' || token?.kind === 'row') break;
    else return null;
  }
  const [first] = run;
  if (first === undefined) return null;
  p.at += run.length;
  return run.length === 1 ? oneOfRun(first) : severalOfRun(run, first);
}

function oneOfRun(token: Token): Items {
  if (token.kind === 'number') return { items: [numeral(token)], style: 'numeral' };
  return { items: [plainName(token)], style: isLetter(token) ? 'single' : 'word' };
}

function severalOfRun(run: readonly Token[], first: Token): Items {
  const letters = run.map(token => token.value).join('');
  const word = run.every(token => token.kind === 'name') && isIndexWord(letters);
  if (!word)
    return { items: run.map(t => (t.kind === 'number' ? numeral(t) : plainName(t))), style: 'glued' };
  const end = run.at(-1)?.end ?? first.end;
  return { items: [{ ...plainName(first, letters), span: { start: first.start, end } }], style: 'word' };
}

function numeral(token: Token): Formula {
  return { kind: 'number', text: token.value, span: { start: token.start, end: token.end } };
}
