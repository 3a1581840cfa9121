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
  for (const [index, region] of document.regions.entries()) addEquations(equations, region, index, options);
  return equations;
}

function addEquations(equations: Equation[], region: Region, index: number, options: ParseOptions): void {
  const tokens = regionTokens(region);
  if (region.unclosed !== null) {
    const unread = unclosedRegion(region, index, tokens, equations.length + 1);
    if (unread !== null) equations.push(unread);
    return;
  }
  for (const row of regionRows(tokens)) {
    for (const ranged of withRanges(row)) {
      const place = { region: index, n: equations.length + 1, head: headOf(equations.at(-1)) };
      for (const link of linksOf(ranged, place, options)) equations.push(link);
    }
  }
}

function regionTokens(region: Region): readonly Token[] {
  const { text, span, syntax } = region;
  return syntax === 'latex' ? latexTokens(text, span.start) : plainTokens(text, span.start);
}

function unclosedRegion(region: Region, index: number, tokens: readonly Token[], n: number): Equation | null {
  if (!tokens.some(token => token.kind === 'relation')) return null;
  const span = { start: tokens[0]?.start ?? region.span.start, end: tokens.at(-1)?.end ?? region.span.end };
  const failure: Failure = { code: 'unclosed', reason: `${region.unclosed} is never closed`, span };
  return { kind: 'unread', n, span, region: index, failure };
}

/** What a row or block inherits that begins with a relation sign. */
function headOf(last: Equation | undefined): Head {
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
