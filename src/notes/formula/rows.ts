/** The rows of a region: split at `\\`, equation environments and boxes around whole rows opened up. */

import { EQUATION_ENVIRONMENTS } from './latex-commands.js';
import { type Matched, matchTokens, soundToken } from './match.js';
import type { Token, TokenKind } from './token.js';

export interface Row {
  readonly tokens: Token[];
  /** A row of multline carries on the one before, whatever it begins with. */
  readonly continues: boolean;
}

interface Walk {
  readonly matched: Matched;
  readonly rows: Row[];
  /** Indices of second halves whose first half was opened up. */
  readonly opened: Set<number>;
  at: number;
  multline: number;
  /** One array or cases may be a system of equations; those inside it are what they are. */
  system: boolean;
}

export function equationRows(tokens: readonly Token[]): readonly Row[] {
  const first: Row = { tokens: [], continues: false };
  const walk: Walk = {
    matched: matchTokens(tokens),
    rows: [first],
    opened: new Set(),
    at: 0,
    multline: 0,
    system: false,
  };
  while (walk.at < tokens.length) step(walk);
  return walk.rows.filter(row => row.tokens.length > 0);
}

function step(walk: Walk): void {
  const token = soundToken(walk.matched, walk.at);
  if (token === undefined) return;
  const partner = walk.matched.partner[walk.at] ?? -1;
  if (token.kind === 'row') newRow(walk);
  else if (walk.opened.has(walk.at)) leave(walk, token);
  else if (opensUp(walk, token, partner)) enter(walk, token, partner);
  else if (partner > walk.at) {
    for (let at = walk.at; at < partner; at += 1) take(walk, soundToken(walk.matched, at));
    walk.at = partner;
    take(walk, soundToken(walk.matched, partner));
  } else take(walk, token);
  walk.at += 1;
}

function take(walk: Walk, token: Token | undefined): void {
  if (token !== undefined) walk.rows.at(-1)?.tokens.push(token);
}

function newRow(walk: Walk): void {
  walk.rows.push({ tokens: [], continues: walk.multline > 0 });
}

function enter(walk: Walk, token: Token, partner: number): void {
  if (partner >= 0) walk.opened.add(partner);
  if (token.kind === 'begin' && currentRow(walk).some(t => t.kind === 'relation')) newRow(walk);
  if (/^multline/.test(token.value)) walk.multline += 1;
}

function leave(walk: Walk, token: Token): void {
  if (/^multline/.test(token.value)) walk.multline -= 1;
}

function currentRow(walk: Walk): readonly Token[] {
  return walk.rows.at(-1)?.tokens ?? [];
}

const LEADS: ReadonlySet<TokenKind> = new Set<TokenKind>(['arrow', 'gap', 'amp', 'text', 'colon']);
const ENDS: ReadonlySet<TokenKind> = new Set<TokenKind>(['row', 'end', 'tag', 'dot', 'comma', 'gap', 'text']);

/** Whether the token and its partner leave the row, their content staying: environments, boxes, the brace of a system. */
function opensUp(walk: Walk, token: Token, partner: number): boolean {
  if (token.kind === 'begin' && partner >= 0) {
    return EQUATION_ENVIRONMENTS.has(token.value) || isSystem(walk, token, partner);
  }
  const row = currentRow(walk);
  if (token.kind !== 'open' || row.length > 4 || !row.every(t => LEADS.has(t.kind))) return false;
  if (token.value === '{' && partner >= 0) return endsRow(walk, partner + 1);
  return opensSystem(walk, token);
}

/** `\left\{ \begin{aligned} ... \end{aligned} \right.` at the begin of a row: both delimiters go. */
function opensSystem(walk: Walk, open: Token): boolean {
  const begin = walk.matched.tokens[walk.at + 1];
  const end = walk.matched.partner[walk.at + 1] ?? -1;
  if (begin?.kind !== 'begin' || end < 0 || (open.value !== 'curly' && open.value !== '.')) return false;
  const close = walk.matched.tokens[end + 1];
  if (close?.kind !== 'close' || !endsRow(walk, end + 2)) return false;
  if (!EQUATION_ENVIRONMENTS.has(begin.value) && !hasRelation(walk, walk.at + 1, end)) return false;
  walk.opened.add(end + 1);
  return true;
}

/** An array or cases that begins a row, fills it and has relations of its own. */
function isSystem(walk: Walk, begin: Token, end: number): boolean {
  const kind = /^(?:array|[dr]?cases)$/.test(begin.value);
  if (!kind || walk.system || !currentRow(walk).every(t => LEADS.has(t.kind))) return false;
  const after = walk.opened.has(end + 1) ? end + 2 : end + 1;
  if (!endsRow(walk, after) || !hasRelation(walk, walk.at, end)) return false;
  walk.system = true;
  return true;
}

function endsRow(walk: Walk, at: number): boolean {
  const token = walk.matched.tokens[at];
  return token === undefined || ENDS.has(token.kind) || walk.opened.has(at);
}

/** Relations between `from` and `to`, those inside further braces and environments not counted. */
function hasRelation(walk: Walk, from: number, to: number): boolean {
  for (let at = from + 1; at < to; at += 1) {
    if (walk.matched.tokens[at]?.kind === 'relation') return true;
    at = Math.max(at, walk.matched.partner[at] ?? -1);
  }
  return false;
}
