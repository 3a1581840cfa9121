/** Matrices and cases: rows and cells between \begin and \end. */

import { accept, fail, failHere, inContext, isNext, next, type Parser, peek, spanFrom } from './parser.js';
import type { Token } from './token.js';
import type { Case, Formula, Matrix } from './tree.js';

const BRACKETS: ReadonlyMap<string, Matrix['bracket']> = new Map([
  ...(['matrix', 'smallmatrix', 'array', 'tabular', 'subarray'] as const).map(e => [e, 'none'] as const),
  ...(['bmatrix', 'bsmallmatrix'] as const).map(e => [e, 'square'] as const),
  ...(['pmatrix', 'psmallmatrix'] as const).map(e => [e, 'round'] as const),
  ...(['vmatrix', 'vsmallmatrix'] as const).map(e => [e, 'bar'] as const),
  ...(['Vmatrix', 'Vsmallmatrix'] as const).map(e => [e, 'double-bar'] as const),
  ...(['Bmatrix', 'Bsmallmatrix'] as const).map(e => [e, 'curly'] as const),
]);

export function environmentAtom(p: Parser): Formula {
  const begin = next(p);
  const bracket = BRACKETS.get(begin.value.replace('*', ''));
  if (/^[dr]?cases\*?$/.test(begin.value)) return inContext(p, 'list', () => cases(p, begin));
  if (bracket !== undefined) return inContext(p, 'list', () => matrix(p, begin, bracket));
  return fail(p, 'unsupported', `the environment ${begin.value} inside a formula is not read`, begin);
}

function matrix(p: Parser, begin: Token, bracket: Matrix['bracket']): Formula {
  const rows: Formula[][] = [[]];
  while (p.failure === null && accept(p, 'end') === null) {
    if (isNext(p, 'eof')) return fail(p, 'unclosed', `\\begin{${begin.value}} has no end`, begin);
    rows.at(-1)?.push(cell(p));
    if (accept(p, 'row') !== null && !isNext(p, 'end')) rows.push([]);
    else if (accept(p, 'amp') !== null && isNext(p, 'end')) rows.at(-1)?.push(cell(p));
  }
  const columns = rows[0]?.length ?? 0;
  const span = spanFrom(p, begin.start);
  const odd = rows.find(row => row.length !== columns);
  if (odd !== undefined) {
    return fail(p, 'syntax', `the rows of the matrix have ${columns} and ${odd.length} cells`, span);
  }
  return columns === 0
    ? fail(p, 'syntax', 'the matrix is empty', span)
    : { kind: 'matrix', bracket, rows, span };
}

function cell(p: Parser): Formula {
  const token = peek(p);
  if (token.kind === 'amp' || token.kind === 'row' || token.kind === 'end') {
    return fail(p, 'unsupported', 'an empty cell of a matrix is not read', token);
  }
  const formula = p.grammar.comparison(p);
  while (accept(p, 'comma') !== null);
  const ends = isNext(p, 'amp') || isNext(p, 'row') || isNext(p, 'end');
  return ends || p.failure !== null ? formula : failHere(p, 'the end of a cell');
}

function cases(p: Parser, begin: Token): Formula {
  const rows: Case[] = [];
  while (p.failure === null && accept(p, 'end') === null) {
    if (isNext(p, 'eof')) return fail(p, 'unclosed', `\\begin{${begin.value}} has no end`, begin);
    rows.push(oneCase(p));
    accept(p, 'row');
  }
  const span = spanFrom(p, begin.start);
  return rows.length === 0 ? fail(p, 'syntax', 'there are no cases', span) : { kind: 'cases', rows, span };
}

function oneCase(p: Parser): Case {
  const value = p.grammar.sum(p);
  const conditions: Formula[] = [];
  let words = '';
  while (p.failure === null && !isNext(p, 'row') && !isNext(p, 'end')) {
    const token = peek(p);
    if (token.kind === 'text') words = `${words} ${next(p).value.trim()}`.trim();
    else if (/^(?:amp|comma|dot|colon|semicolon|forall)$/.test(token.kind)) next(p);
    else conditions.push(p.grammar.comparison(p));
  }
  return { value, words, conditions };
}

/** `\left\{ \begin{array}{ll} ... \end{array} \right.` are cases; closed by a brace it is a matrix. */
export function casesInBrace(p: Parser, open: Token): Formula {
  const begin = next(p);
  const rows = cases(p, begin);
  if (rows.kind !== 'cases') return rows;
  const end = accept(p, 'close');
  if (end?.value === '.') return { ...rows, span: spanFrom(p, open.start) };
  return fail(p, 'unsupported', 'an array in curly brackets is not read', open);
}
