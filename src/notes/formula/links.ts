/** One statement to its equations: a = b = c gives a link for each relation sign. */

import type { Span } from '../document/position.js';
import type { Equation, Failure, Note, Relation } from './equation.js';
import { tokenLevels } from './levels.js';
import { type Parsed, type ParseOptions, parseSide } from './parse.js';
import type { Ranged } from './ranges.js';
import type { Token } from './token.js';
import type { Formula } from './tree.js';
import { trimStatement } from './trim.js';

/** The left side to inherit, and the side written last; null if there is none. */
export type Head = { readonly left: Formula; readonly previous: Formula } | null;

interface Side {
  readonly tokens: readonly Token[];
  /** The relation sign before it; null for the first. */
  readonly sign: Token | null;
}

export interface Place {
  readonly region: number;
  /** The number of the first link. */
  readonly n: number;
  readonly head: Head;
}

interface Context extends Place {
  readonly ranged: Ranged;
  readonly notes: readonly Note[];
  readonly sides: readonly Side[];
  readonly parsed: readonly Parsed[];
}

export function linksOf(ranged: Ranged, place: Place, options: ParseOptions): readonly Equation[] {
  const { tokens, notes } = trimStatement(ranged.statement.tokens);
  const sides = sidesOf(tokens);
  const leftOut = sides.every(side => side.tokens.every(token => token.kind === 'dots')); // a row of \vdots
  if (sides.length < 2 || (leftOut && tokens.length > sides.length - 1)) return [];
  const parsed = sides.map(side => parseSide(side.tokens, options));
  const all = [...ranged.statement.notes, ...notes];
  const context = { ...place, ranged, notes: all, sides, parsed };
  return sides.slice(1).map((_, k) => linkAt(context, k + 1));
}

function sidesOf(tokens: readonly Token[]): readonly Side[] {
  const levels = tokenLevels(tokens);
  const sides: Side[] = [];
  let from = 0;
  let sign: Token | null = null;
  tokens.forEach((token, at) => {
    if (token.kind !== 'relation' || levels[at] !== 0) return;
    sides.push({ tokens: tokens.slice(from, at), sign });
    sign = token;
    from = at + 1;
  });
  return [...sides, { tokens: tokens.slice(from), sign }];
}

function linkAt(context: Context, k: number): Equation {
  const { region, ranged, notes, sides, parsed } = context;
  const n = context.n + k - 1;
  const span = linkSpan(context, k);
  const failure = ranged.statement.failure ?? sideFailure(context, k - 1) ?? sideFailure(context, k);
  if (failure !== null) return { kind: 'unread', n, span, region, failure };
  const inherited = k === 1 && sides[0]?.tokens.length === 0;
  const right = formulaOf(parsed[k]);
  const previous = inherited ? context.head?.previous : formulaOf(parsed[k - 1]);
  const left = inherited ? context.head?.left : previous;
  const head = sides[0]?.tokens.length === 0 ? context.head?.left : formulaOf(parsed[0]);
  if (right === undefined || previous === undefined || left === undefined) {
    const reason = 'the equation begins with its relation sign and there is no left side above it';
    return { kind: 'unread', n, span, region, failure: { code: 'syntax', reason, span } };
  }
  const relation = (sides[k]?.sign?.value ?? 'equal') as Relation; // symbols.ts has these values only
  const origin = inherited ? 'inherited' : k > 1 ? 'chain' : 'written';
  const { ranges } = ranged;
  const sound = { left, relation, right, origin, head: head ?? left, previous, ranges, notes } as const;
  return { kind: 'read', n, span, region, ...sound };
}

function formulaOf(parsed: Parsed | undefined): Formula | undefined {
  return parsed?.read === true ? parsed.formula : undefined;
}

/** Why a side cannot be used; an empty first side inherits and is no failure. */
function sideFailure({ sides, parsed }: Context, k: number): Failure | null {
  const side = sides[k];
  const result = parsed[k];
  if (side === undefined || result === undefined || (k === 0 && side.tokens.length === 0)) return null;
  if (side.tokens.length === 0) {
    const at = side.sign ?? { start: 0, end: 0 };
    const span = { start: at.start, end: at.end };
    return { code: 'syntax', reason: 'nothing stands behind the relation sign', span };
  }
  return result.read ? null : result.failure;
}

/** From the side before the sign, or the sign itself if that side is inherited, to the end of the side behind it. */
function linkSpan({ sides }: Context, k: number): Span {
  const [before, behind] = [sides[k - 1], sides[k]];
  const start = before?.tokens[0]?.start ?? behind?.sign?.start ?? 0;
  return { start, end: behind?.tokens.at(-1)?.end ?? behind?.sign?.end ?? start };
}
