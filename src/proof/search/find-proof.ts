/** The prover: untrusted, incomplete, capped. What it returns still has to pass the checker. */
import { type Integer, integer, polynomial } from '../../exact/index.js';
import type { Guard, Term } from '../../index-sum/term.js';
import { startsOf } from '../starts.js';
import { keyOf, type Proof } from '../trusted/check.js';
import type { Statement } from '../trusted/statement.js';
import { added, dropped, type Line, type Setting, taken } from './line.js';
import { renaming } from './match.js';
import { normalised } from './normalise.js';
import { factorsOf } from './unit.js';
import { variants } from './variants.js';

/** The steps of each term of each side, or the terms left over where no proof was found. */
export type Search =
  | ({ readonly kind: 'found' } & Omit<Proof, 'witness'>)
  | { readonly kind: 'open'; readonly left: readonly Term[]; readonly right: readonly Term[] };

/** A thorough try takes slower ways too, and several times as long. */
export type Effort = 'quick' | 'thorough';

/** Nodes of the search for evidence, per try: several times what the theorems of proofs/ need, up to a few seconds. */
const NODES: Readonly<Record<Effort, number>> = { quick: 8_000, thorough: 16_000 };

/** @param efforts tries, in order, until one succeeds. @throws BackproofError if the statement is ill-formed. */
export function findProof(statement: Statement, efforts: readonly Effort[] = ['quick', 'thorough']): Search {
  const sides = startsOf(statement, { factors: [] });
  const { assume, units } = statement;
  const multiples = factorsOf([...sides.left, ...sides.right], units);
  const choices = multiples.length > 0 ? [[], multiples] : [[]];
  let result: Search = { kind: 'open', left: sides.left, right: sides.right };
  for (const effort of efforts) {
    const budget = { nodes: NODES[effort] };
    const setting = { assume, units, scope: sides.scope, budget, thorough: effort === 'thorough' };
    for (const factors of choices) {
      const next = attempt(startsOf(statement, { factors }), { ...setting, budget: { ...budget } });
      if (next.kind === 'found') return { ...next, factors };
      if (factors.length === 0) result = next;
    }
  }
  return result;
}

function attempt({ left, right }: ReturnType<typeof startsOf>, setting: Setting): Search {
  const start = [...left, ...right].map(term => normalised({ term, steps: [] }, setting));
  let lines = named(start, setting);
  let open = openLines(lines, left.length);
  if (open.size > 0) {
    lines = matched(lines, open, left.length, setting);
    open = openLines(lines, left.length);
  }
  const [first, second] = [lines.slice(0, left.length), lines.slice(left.length)];
  if (open.size === 0)
    return {
      kind: 'found',
      factors: [],
      left: first.map(line => line.steps),
      right: second.map(line => line.steps),
    };
  const leftOver = (side: readonly Line[]) => side.filter(line => open.has(line)).map(line => line.term!);
  return { kind: 'open', left: leftOver(first), right: leftOver(second) };
}

/** Gives terms that differ in names only the same names: those of the first of them. */
function named(lines: readonly Line[], setting: Setting): Line[] {
  const first: Term[] = [];
  return lines.map(line => {
    for (const term of line.term ? first : []) {
      const next = renamedTo(line, term, setting);
      if (next) return next;
    }
    if (line.term) first.push(line.term);
    return line;
  });
}

function renamedTo(line: Line, to: Term, setting: Setting): Line | null {
  const names = line.term && renaming(line.term, to);
  return names && withNames(line, names, setting);
}

function withNames(line: Line, names: ReadonlyMap<string, string>, setting: Setting): Line | null {
  const changed = new Map([...names].filter(([from, name]) => from !== name));
  return changed.size === 0 ? line : taken(line, { rule: 'rename', names: changed }, setting);
}

/** As renamedTo, but guards may say the same in other words: the other's are added, then one's own dropped. */
function reworded(line: Line, to: Term, setting: Setting): Line | null {
  const bare = (term: Term): Term => ({ ...term, guards: [] });
  const names = line.term && renaming(bare(line.term), bare(to));
  let next = names && withNames(line, names, setting);
  const textOf = (guard: Guard) => keyOf({ ...bare(to), guards: [guard] });
  const [own, wanted] = [next?.term?.guards ?? [], to.guards].map(guards => new Set(guards.map(textOf)));
  for (const guard of to.guards) {
    if (next && !own!.has(textOf(guard))) next = added(next, guard, setting);
  }
  for (let at = 0; next?.term && at < next.term.guards.length; ) {
    if (wanted!.has(textOf(next.term.guards[at]!))) at++;
    else next = dropped(next, at, setting);
  }
  return next?.term && keyOf(next.term) === keyOf(to) ? next : null;
}

/** The lines whose terms do not cancel. */
function openLines(lines: readonly Line[], left: number): Set<Line> {
  const total = new Map<string, Integer>();
  lines.forEach(({ term }, k) => {
    if (term)
      polynomial.accumulate(
        total,
        keyOf(term),
        k < left ? term.coefficient : integer.negate(term.coefficient),
      );
  });
  return new Set(lines.filter(({ term }) => term && total.has(keyOf(term))));
}

/** Pairs open terms of the two sides, in whatever forms agree. */
function matched(lines: readonly Line[], open: ReadonlySet<Line>, left: number, setting: Setting): Line[] {
  const result = [...lines];
  const forms = new Map([...open].map(line => [line, variants(line, setting)]));
  const waiting = new Set(lines.keys());
  for (const [k, line] of lines.entries()) {
    if (k >= left || !open.has(line)) continue;
    for (const other of [...waiting].filter(at => at >= left && open.has(lines[at]!))) {
      const pair = agreement(forms.get(line)!, forms.get(lines[other]!)!, setting);
      if (!pair) continue;
      [result[k], result[other]] = pair;
      waiting.delete(other);
      break;
    }
  }
  return result;
}

function agreement(ours: readonly Line[], theirs: readonly Line[], setting: Setting): [Line, Line] | null {
  for (const match of setting.thorough ? [renamedTo, reworded] : [renamedTo]) {
    for (const mine of ours) {
      for (const other of theirs) {
        const next = mine.term && match(other, mine.term, setting);
        if (next) return [mine, next];
      }
    }
  }
  return null;
}
