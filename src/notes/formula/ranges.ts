/** Ranges behind an equation: `, j = 1, \dots, d`, "for i = 1..n", `1 \le j \le d`, `\forall i \in \{1, \dots, n\}`. */

import { boundsOf } from './bounds.js';
import { tokenLevels } from './levels.js';
import { parseItems } from './parse.js';
import { hasRelation, type Statement } from './statements.js';
import type { Token } from './token.js';
import type { Bound } from './tree.js';
import { noteOf } from './trim.js';

export interface Ranged {
  readonly statement: Statement;
  readonly ranges: readonly Bound[];
}

/** Gives each equation of a row its ranges: its own tails, and the range statement that follows in the row. */
export function withRanges(row: readonly Statement[]): readonly Ranged[] {
  const result: { statement: Statement; ranges: readonly Bound[] }[] = [];
  let open = 0; // from here on the equations have no range yet
  for (const statement of row) {
    const range = result.length > 0 ? rangeStatement(statement.tokens) : null;
    if (range === null) {
      result.push({ statement, ranges: tailRanges(statement) });
      continue;
    }
    for (const ranged of result.slice(open)) ranged.ranges = ranged.ranges.concat(range);
    open = result.length;
  }
  return result;
}

/** The ranges among the tails; a tail that is none becomes a condition. */
function tailRanges(statement: Statement): Bound[] {
  return statement.tails.flatMap(tail => {
    const words = tail.findIndex(token => token.kind !== 'text' && token.kind !== 'forall');
    const bounds = words < 0 ? null : rangeOf(trimmedEnd(tail.slice(words)));
    const quantified = tail[0]?.kind === 'forall';
    const whole = bounds?.every(b => quantified || b.to !== null || b.within !== null);
    if (bounds !== null && whole === true) return bounds;
    statement.notes.push(noteOf('condition', tail, 0, tail.length));
    return [];
  });
}

function rangeOf(tokens: readonly Token[]): readonly Bound[] | null {
  const items = parseItems(tokens);
  if (items === null) return null;
  const { bounds, conditions } = boundsOf(items, null);
  return bounds.length > 0 && conditions.length === 0 ? bounds : null;
}

/** `i, j = 1, \dots, n`: names on the left, a comma or an ellipsis on the right. */
function rangeStatement(tokens: readonly Token[]): readonly Bound[] | null {
  const trimmed = trimmedEnd(tokens);
  const levels = tokenLevels(trimmed);
  const relation = trimmed.findIndex(token => token.kind === 'relation');
  const left = trimmed.slice(0, Math.max(0, relation));
  if (relation < 1 || left.some(token => token.kind !== 'name' && token.kind !== 'comma')) return null;
  const several = trimmed.some(
    (token, at) => at > relation && (token.kind === 'dots' || (token.kind === 'comma' && levels[at] === 0)),
  );
  const bounds = several && hasRelation(trimmed) ? rangeOf(trimmed) : null;
  return bounds?.every(bound => bound.to !== null) === true ? bounds : null;
}

function trimmedEnd(tokens: readonly Token[]): readonly Token[] {
  const end = tokens.findLastIndex(token => !/^(?:dot|comma|semicolon|gap)$/.test(token.kind));
  return tokens.slice(0, end + 1);
}
