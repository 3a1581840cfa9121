/** What stands at the ends of a statement and is no formula: arrows, bullets, connecting words, labels, punctuation. */

import type { Note } from './equation.js';
import { tokenLevels } from './levels.js';
import type { Token, TokenKind } from './token.js';
import { isConditionWord, isLinkWord } from './words.js';

export interface Trimmed {
  readonly tokens: readonly Token[];
  /** Words behind the equation, and set or quantifier claims. */
  readonly notes: readonly Note[];
}

const LEADING: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'arrow',
  'gap',
  'amp',
  'comma',
  'semicolon',
  'colon',
  'dot',
]);
const TRAILING: ReadonlySet<TokenKind> = new Set<TokenKind>([
  ...['gap', 'amp', 'comma', 'semicolon', 'colon', 'dot', 'arrow'],
] as TokenKind[]);

export function trimStatement(tokens: readonly Token[]): Trimmed {
  const notes: Note[] = [];
  let from = 0;
  while (isLead(tokens, from)) from += 1;
  let to = claimStart(tokens, from);
  if (to < tokens.length) notes.push(noteOf('condition', tokens, to, tokens.length));
  while (to > from) {
    const last = tokens[to - 1];
    const label = last?.kind === 'text' && to - from > 1 && tokens[to - 2]?.kind !== 'relation';
    if (label && !continues(tokens[to - 2])) notes.push(noteOf('label', tokens, to - 1, to));
    else if (!TRAILING.has(last?.kind ?? 'eof')) break;
    to -= 1;
  }
  return { tokens: tokens.slice(from, to), notes };
}

/** A word behind an operator is part of the formula: `a \cdot \text{rate}`. */
function continues(before: Token | undefined): boolean {
  return /^(?:sign|product|slash|sub|sup)$/.test(before?.kind ?? '');
}

function isLead(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined) return false;
  if (LEADING.has(token.kind)) return true;
  if (token.kind === 'product')
    return token.value === 'bullet' || token.value === 'circ' || token.value === 'ast';
  if (token.kind !== 'text') return false;
  const words = token.value.trim();
  return (
    isLinkWord(words) || isConditionWord(words) || words.endsWith(':') || tokens[at + 1]?.kind === 'colon'
  );
}

/** Where `\in \mathbb{R}^n` or `\forall i` begins, behind the last relation sign; the length if nowhere. */
function claimStart(tokens: readonly Token[], from: number): number {
  if (!tokens.some(isClaim)) return tokens.length;
  const levels = tokenLevels(tokens);
  const relation = tokens.findLastIndex((token, at) => token.kind === 'relation' && levels[at] === 0);
  const behind = Math.max(from, relation + 1);
  const start = tokens.findIndex((token, at) => at > behind && levels[at] === 0 && isClaim(token));
  return start < 0 || relation < 0 ? tokens.length : start;
}

function isClaim(token: Token): boolean {
  return token.kind === 'forall' || (token.kind === 'compare' && token.value === 'in');
}

/** The text of a note, put together from its tokens; its span locates the original. */
export function noteOf(kind: Note['kind'], tokens: readonly Token[], from: number, to: number): Note {
  const part = tokens.slice(from, to);
  const text = part.map(token => (token.gap === 'none' ? '' : ' ') + token.value.trim()).join('');
  const span = { start: part[0]?.start ?? 0, end: part.at(-1)?.end ?? 0 };
  return { kind, text: text.trim(), span };
}
