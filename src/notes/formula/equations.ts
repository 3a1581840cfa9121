/** From the regions of a document to its equations, in reading order. */

import type { NotesDocument, Region } from '../document/document.js';
import type { Equation, Failure } from './equation.js';
import { latexTokens } from './latex.js';
import { type Head, linksOf } from './links.js';
import type { ParseOptions } from './parse.js';
import { plainTokens } from './plain.js';
import { withRanges } from './ranges.js';
import { equationRows, type Row } from './rows.js';
import { cleanRow, segmentsOf } from './segments.js';
import { endsOpen, hasRelation, type Statement, startsWithOperator, statementsOf } from './statements.js';
import type { Token } from './token.js';

/** Every equation of the document, the unreadable ones with their reason; linear in the length of the text. */
export function readEquations(document: NotesDocument, options: ParseOptions = {}): readonly Equation[] {
  const equations: Equation[] = [];
  let head: Head = null;
  document.regions.forEach((region, index) => {
    const found = regionEquations(region, index, head, options);
    if (found.length > 0) head = headOf(found);
    for (const equation of found) equations.push({ ...equation, n: equations.length + 1 });
  });
  return equations;
}

/** The equations of one region, numbered from 1; `head` is the left side that a leading `=` inherits. */
function regionEquations(region: Region, index: number, head: Head, options: ParseOptions): Equation[] {
  const tokens = regionTokens(region);
  if (region.unclosed !== null) return unclosedRegion(region, index, tokens);
  const equations: Equation[] = [];
  let above = head;
  for (const row of regionRows(tokens)) {
    for (const ranged of withRanges(row)) {
      const links = linksOf(ranged, index, above, options);
      if (links.length > 0) above = headOf(links);
      for (const link of links) equations.push(link);
    }
  }
  return equations;
}

export function regionTokens(region: Region): readonly Token[] {
  const { text, span, syntax } = region;
  return syntax === 'latex' ? latexTokens(text, span.start) : plainTokens(text, span.start);
}

function unclosedRegion(region: Region, index: number, tokens: readonly Token[]): Equation[] {
  if (!tokens.some(token => token.kind === 'relation')) return [];
  const reason = `${region.unclosed} is never closed`;
  const span = { start: tokens[0]?.start ?? region.span.start, end: tokens.at(-1)?.end ?? region.span.end };
  const failure: Failure = { code: 'unclosed', reason, span };
  return [{ kind: 'unread', n: 1, span, region: index, failure }];
}

/** What the next row or block inherits when it begins with a relation sign. */
function headOf(equations: readonly Equation[]): Head {
  const last = equations.at(-1);
  return last?.kind === 'read' ? { left: last.head, previous: last.right } : null;
}

/** The statements of each row; a row that carries on the one before is put to it. */
function regionRows(tokens: readonly Token[]): Statement[][] {
  const rows: Statement[][] = [];
  for (const row of equationRows(tokens)) {
    const clean = cleanRow(row.tokens);
    const body = withoutLeading(clean.tokens);
    const last = rows.at(-1)?.at(-1);
    if (last !== undefined && carriesOn(row, body, last)) append(last, body);
    else rows.push(statementsOf(segmentsOf(body)));
    for (const tag of clean.tags) rows.at(-1)?.at(-1)?.notes.push(tag);
  }
  return rows;
}

function withoutLeading(tokens: readonly Token[]): readonly Token[] {
  const start = tokens.findIndex(token => token.kind !== 'amp' && token.kind !== 'gap');
  return start < 0 ? [] : tokens.slice(start);
}

function carriesOn(row: Row, body: readonly Token[], last: Statement): boolean {
  if (!last.related || body.length === 0) return false;
  if (endsOpen(last.tokens)) return true;
  if (hasRelation(body)) return false;
  return row.continues || startsWithOperator(body) || body[0]?.value === '.';
}

/** `\right. \\ \left.` only break the line: both go. */
function append(statement: Statement, body: readonly Token[]): void {
  const broken = statement.tokens.at(-1)?.kind === 'close' && statement.tokens.at(-1)?.value === '.';
  const resumes = body[0]?.kind === 'open' && body[0].value === '.';
  if (broken && resumes) statement.tokens.pop();
  for (const token of broken && resumes ? body.slice(1) : body) statement.tokens.push(token);
}
