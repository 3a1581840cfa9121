/** Brackets: invisible, round, square, curly, bars, floor and ceiling. */

import { casesInBrace } from './matrix.js';
import { accept, fail, failHere, inContext, isNext, next, type Parser, peek, spanFrom } from './parser.js';
import { listItems } from './sum.js';
import type { Token } from './token.js';
import type { Formula, List, Matrix, Name } from './tree.js';

const FUNCTION_OF: Readonly<Record<string, string>> = {
  floor: 'floor',
  ceil: 'ceil',
  '|': 'abs',
  '||': 'norm',
  angle: 'inner',
};

export function bracketAtom(p: Parser): Formula {
  const open = next(p);
  const context = open.value === '{' ? 'side' : open.value === '[' ? 'cells' : 'list';
  return inContext(p, context, () => content(p, open));
}

function content(p: Parser, open: Token): Formula {
  if (open.value === 'curly' && isNext(p, 'begin')) return casesInBrace(p, open);
  if (open.value === '[') return squareContent(p, open);
  const items = listItems(p, p.grammar.comparison);
  close(p, open);
  const fn = FUNCTION_OF[open.value];
  const [only] = items;
  if (fn !== undefined) return applied(p, open, fn, items);
  if (only?.kind === 'ellipsis' && items.length === 1 && open.value !== '{') return loneEllipsis(p, open);
  if (items.length === 1 && only !== undefined) return outlined(only, open, p);
  if (open.value !== '(' && open.value !== 'curly') return fail(p, 'syntax', 'a list without brackets', open);
  const bracket = open.value === '(' ? 'round' : 'curly';
  return { kind: 'list', bracket, items, span: spanFrom(p, open.start) };
}

function loneEllipsis(p: Parser, open: Token): Formula {
  return fail(p, 'syntax', 'nothing but an ellipsis stands in the bracket', open);
}

function close(p: Parser, open: Token): void {
  const wanted = open.value === '(' ? ')' : open.value === '[' ? ']' : open.value === '{' ? '}' : open.value;
  const token = peek(p);
  if (token.kind !== 'close') {
    if (token.kind === 'eof') fail(p, 'unclosed', `the bracket ${open.value} is not closed`, open);
    else failHere(p, `the end of the bracket ${open.value}`);
    return;
  }
  next(p);
  const evaluated = (open.value === '.' || token.value === '.') && (isNext(p, 'sub') || isNext(p, 'sup'));
  if (evaluated) fail(p, 'unsupported', 'an evaluation bar with a script is not read', token);
  else if (token.value !== wanted && token.value !== '.' && open.value !== '.') {
    fail(p, 'unclosed', `the bracket ${open.value} is closed by ${token.value}`, open);
  }
}

/** A bare matrix takes the bracket around it; anything else in one bracket is itself, brackets included in its place. */
function outlined(formula: Formula, open: Token, p: Parser): Formula {
  const span = spanFrom(p, open.start);
  if (formula.kind === 'matrix' && formula.bracket === 'none') {
    const bracket = open.value === '(' ? 'round' : open.value === '[' ? 'square' : 'none';
    return { ...formula, bracket, span };
  }
  return { ...formula, span };
}

function applied(p: Parser, open: Token, fn: string, args: readonly Formula[]): Formula {
  const span = { start: open.start, end: open.end };
  const scripts = { accents: [], primes: 0, star: false, sub: null, sup: null };
  const head: Name = { kind: 'name', base: fn, font: null, ...scripts, span };
  return { kind: 'call', head, args, span: spanFrom(p, open.start) };
}

/** `[a + b]`, `[1, 2]`, `[a \quad b]`, `[[1, 2], [3, 4]]`. */
function squareContent(p: Parser, open: Token): Formula {
  const items: Formula[] = [];
  let commas = false;
  skipGaps(p);
  do {
    const part = listItems(p, p.grammar.comparison);
    commas ||= part.length > 1;
    for (const item of part) items.push(item);
  } while (p.failure === null && skipGaps(p) && !isNext(p, 'close'));
  close(p, open);
  const span = spanFrom(p, open.start);
  const [only] = items;
  if (only?.kind === 'ellipsis' && items.length === 1) return loneEllipsis(p, open);
  if (items.length === 1 && only !== undefined) return outlined(only, open, p);
  if (!commas) return { kind: 'matrix', bracket: 'square', rows: [items], span };
  return nested(items, span) ?? { kind: 'list', bracket: 'square', items, span };
}

function skipGaps(p: Parser): boolean {
  const start = p.at;
  while (accept(p, 'gap') !== null);
  return p.at > start;
}

/** Lists of one length in a list are the rows of a matrix. */
function nested(items: readonly Formula[], span: Matrix['span']): Matrix | null {
  const rows = items.filter((item): item is List => item.kind === 'list' && item.bracket === 'square');
  const columns = rows[0]?.items.length;
  if (rows.length < items.length || rows.some(row => row.items.length !== columns)) return null;
  return { kind: 'matrix', bracket: 'square', rows: rows.map(row => row.items), span };
}

/** `|x|` and `\|x\|`, bars of unknown side: the first opens, the next of its kind closes. */
export function bars(p: Parser): Formula {
  const open = next(p);
  const inner = p.grammar.comparison(p);
  if (accept(p, 'bar', open.value) === null)
    return fail(p, 'unclosed', `the bar ${open.value} is not closed`, open);
  return applied(p, open, FUNCTION_OF[open.value] ?? 'abs', [inner]);
}
