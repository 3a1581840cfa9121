/** Both sides of an equation read and compared, in every reading of its notation. */

import type { Expr } from '../../expr/index.js';
import type { Formula } from '../formula/tree.js';
import type { Atom } from './atom.js';
import { equalPairs } from './compare.js';
import type { Context } from './context.js';
import { type Gap, gapOf } from './gaps.js';
import { quantityOf } from './meaning.js';
import { read } from './read.js';
import { type Choose, everyReading, type Reading } from './readings.js';
import { Refusal, refuse } from './refusal.js';
import { nothingSeen, type Scope, type Seen } from './scope.js';
import { aligned, sizeText, type Value } from './value.js';

export interface Sides {
  readonly left: Formula;
  readonly right: Formula;
  /** The first left side of a chain; `left` elsewhere. */
  readonly head: Formula;
}

export interface Outcome {
  readonly equal: boolean;
  /** The shapes, where they differ; then nothing is equal. */
  readonly shapes: string | null;
  readonly left: Value;
  readonly right: Value;
  /** Entry by entry. */
  readonly pairs: readonly (readonly [Expr, Expr])[];
  readonly gaps: readonly Gap[];
  readonly seen: Seen;
  readonly scope: Scope;
}

export type Combined =
  | { readonly kind: 'holds'; readonly outcome: Outcome; readonly says: string | null }
  | { readonly kind: 'fails'; readonly outcome: Outcome }
  | { readonly kind: 'open'; readonly refusal: Refusal };

export function outcomesOf(sides: Sides, context: Context): Combined {
  const readings = everyReading(choose => outcomeOf(sides, context, choose));
  const fatal = readings.find(({ result }) => result instanceof Refusal && !result.misfit);
  if (fatal?.result instanceof Refusal) return { kind: 'open', refusal: fatal.result };
  return combined(readings);
}

function outcomeOf({ left, right, head }: Sides, context: Context, choose: Choose): Outcome {
  const { model, names, definitions, unusable } = context;
  const bare: Scope = { model, names, definitions, unusable, gaps: new Map(), choose, seen: nothingSeen() };
  const headAtom = atomOrNull(head, bare);
  const found = [
    gapOf(left, atomOrNull(right, bare) ?? headAtom, bare),
    gapOf(right, atomOrNull(left, bare) ?? headAtom, bare),
  ];
  const gaps = found.filter(gap => gap !== null);
  const scope: Scope = {
    ...bare,
    gaps: new Map(gaps.map(gap => [gap.ellipsis, gap.expr])),
    seen: nothingSeen(),
  };
  const values = { left: read(left, scope), right: read(right, scope) };
  const pairs = pairsOf(values.left, values.right);
  const rest = { ...values, gaps, seen: scope.seen, scope };
  if (pairs === null)
    return { equal: false, shapes: shapesOf(values.left, values.right), pairs: [], ...rest };
  return { equal: equalPairs(pairs).every(Boolean), shapes: null, pairs, ...rest };
}

/** The one quantity that a formula is; null for anything else, a refusal to name it included. */
export function atomOrNull(formula: Formula, scope: Scope): Atom | null {
  try {
    const quantity = quantityOf(formula, scope);
    return quantity === null || quantity === 'loss' || quantity.kind === 'array' ? null : quantity;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function pairsOf(left: Value, right: Value): readonly (readonly [Expr, Expr])[] | null {
  if (left.kind === 'scalar' && right.kind === 'scalar') return [[left.expr, right.expr]];
  if (left.kind === 'scalar' || right.kind === 'scalar') {
    return refuse('not-covered', 'one side is a number and the other a matrix');
  }
  const pair = aligned(left, right);
  if (!pair) return null;
  const [a, b] = pair;
  return a.rows.flatMap((row, i) => row.map((entry, j) => [entry, b.rows[i]![j]!] as const));
}

function shapesOf(left: Value, right: Value): string {
  const text = (value: Value) => (value.kind === 'scalar' ? 'a number' : sizeText(value));
  return `the left side is ${text(left)}, the right side ${text(right)}`;
}

/** One verdict from all readings: see `Policy` for what each kind of choice asks for. */
function combined(readings: readonly Reading<Outcome>[]): Combined {
  const read = readings.flatMap(({ choices, result }) =>
    result instanceof Refusal ? [] : [{ choices, outcome: result }],
  );
  const [first] = read;
  if (!first) return { kind: 'open', refusal: firstRefusal(readings) };
  const meant = read.filter(({ choices }) =>
    choices.every(({ policy, taken }) => policy !== 'loose' || taken === 0),
  );
  const groups = new Map<string, (typeof read)[number][]>();
  for (const one of meant) {
    const key = one.choices.map(({ policy, taken }) => (policy === 'all' ? taken : '')).join();
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const held = [...groups.values()].map(group => group.find(({ outcome }) => outcome.equal));
  const holding = held[0];
  if (holding && held.every(one => one !== undefined)) {
    return { kind: 'holds', outcome: holding.outcome, says: saysOf(holding.choices, 'any') };
  }
  const loosely = read.find(({ outcome }) => outcome.equal);
  if (loosely) {
    const says = saysOf(loosely.choices, 'all') ?? saysOf(loosely.choices, 'loose') ?? '';
    return {
      kind: 'open',
      refusal: new Refusal('ambiguous', `it holds if ${says}, which the notation does not settle`),
    };
  }
  const best = meant.find(({ outcome }) => outcome.shapes === null) ?? meant[0] ?? first;
  return { kind: 'fails', outcome: best.outcome };
}

function firstRefusal(readings: readonly Reading<Outcome>[]): Refusal {
  const [first] = readings.flatMap(({ result }) => (result instanceof Refusal ? [result] : []));
  return first ?? new Refusal('not-covered', 'it has no reading');
}

function saysOf(choices: Reading<Outcome>['choices'], policy: string): string | null {
  const says = choices.filter(choice => choice.policy === policy).map(choice => choice.says);
  return says.length > 0 ? says.join(' and ') : null;
}
