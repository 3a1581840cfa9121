/** A row cut at everything that may stand between two equations; which cuts hold is decided afterwards. */

import type { Note } from './equation.js';
import { tokenLevels } from './levels.js';
import type { Token, TokenKind } from './token.js';
import { isConditionWord, isLinkWord } from './words.js';

export interface Segment {
  readonly tokens: readonly Token[];
  /** What stands before it; `line` is a line break alone, `text` a word such as "and", which is its first token. */
  readonly separator: Separator;
  /** Whether a comma stands before it, perhaps with more. */
  readonly comma: Token | null;
  readonly relation: boolean;
}

export type Separator = 'start' | 'gap' | 'amp' | 'semicolon' | 'comma' | 'arrow' | 'line' | 'text';

const SEPARATORS: ReadonlySet<TokenKind> = new Set<TokenKind>(['gap', 'amp', 'semicolon', 'comma', 'arrow']);

export interface CleanRow {
  readonly tokens: readonly Token[];
  readonly tags: readonly Note[];
}

/** Without empty braces, equation numbers, and remarks on relation signs (`\overset{!}{=}`). */
export function cleanRow(row: readonly Token[]): CleanRow {
  const tokens: Token[] = [];
  const tags: Note[] = [];
  for (let at = 0; at < row.length; at += 1) {
    const token = row[at] as Token; // at is below the length
    const onSign = token.kind === 'sub' || token.kind === 'sup';
    const sign = tokens.at(-1)?.kind;
    if (token.kind === 'tag') {
      tags.push({ kind: 'tag', text: token.value, span: { start: token.start, end: token.end } });
    } else if (onSign && (sign === 'relation' || sign === 'arrow')) at = scriptEnd(row, at + 1);
    else if (isEmptyGroup(row, at)) at += 1;
    else tokens.push(token);
  }
  return { tokens, tags };
}

/** `={}` is spacing; `{}^T` and \frac{}{} are not. */
function isEmptyGroup(row: readonly Token[], at: number): boolean {
  if (row[at]?.value !== '{' || row[at + 1]?.value !== '}') return false;
  const before = row[at - 1]?.kind;
  const behind = row[at + 2]?.kind;
  return (
    !/^(?:sub|sup|frac|sqrt|accent|note|close)$/.test(before ?? '') && behind !== 'sub' && behind !== 'sup'
  );
}

function scriptEnd(row: readonly Token[], from: number): number {
  let depth = 0;
  for (let at = from; at < row.length; at += 1) {
    depth += row[at]?.kind === 'open' ? 1 : row[at]?.kind === 'close' ? -1 : 0;
    if (depth <= 0) return at;
  }
  return row.length;
}

export function segmentsOf(tokens: readonly Token[]): readonly Segment[] {
  const levels = tokenLevels(tokens);
  const segments: Segment[] = [];
  let separator: Separator = 'start';
  let comma: Token | null = null;
  let from = 0;
  const cut = (to: number) => {
    if (to <= from) return;
    const part = tokens.slice(from, to);
    const relation = part.some((token, k) => token.kind === 'relation' && levels[from + k] === 0);
    segments.push({ tokens: part, separator, comma, relation });
    comma = null;
  };
  tokens.forEach((token, at) => {
    if (levels[at] !== 0) return;
    const kind = separatorAt(token);
    if (kind === null) return;
    cut(at);
    if (at === 0 && kind === 'line') return;
    separator = stronger(separator, kind, from === at);
    from = kind === 'line' || kind === 'text' ? at : at + 1;
    if (kind === 'comma') comma = token;
  });
  cut(tokens.length);
  return segments;
}

function separatorAt(token: Token): Separator | null {
  if (SEPARATORS.has(token.kind)) return token.kind as Separator; // the set holds separators only
  if (token.kind === 'text' && (isConditionWord(token.value) || isLinkWord(token.value))) return 'text';
  return token.gap === 'line' ? 'line' : null;
}

/** Of several separators in a row the line break says least. */
function stronger(before: Separator, now: Separator, adjacent: boolean): Separator {
  return adjacent && now === 'line' && before !== 'start' ? before : now;
}
