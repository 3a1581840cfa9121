/** Dots in a sum: which terms of the definition they leave out, where the terms around them determine it. */
import { type Expr, sum } from '../../expr/index.js';
import type { Formula, Sum } from '../formula/tree.js';
import type { Atom } from './atom.js';
import { matchTerms, sortOf } from './match.js';
import { refuse } from './refusal.js';
import type { Scope } from './scope.js';
import {
  exprOfTerm,
  type IdealTerm,
  idealTerms,
  type Level,
  type WrittenTerm,
  writtenTerms,
} from './terms.js';

export interface Gap {
  readonly ellipsis: Formula;
  readonly hidden: readonly IdealTerm[];
  readonly expr: Expr;
}

/** Cells that one factor runs through: before the dots, and behind them. */
interface Run {
  readonly sort: string;
  readonly last: number;
  readonly next: number;
}

/** `chain` where a local derivative is written out as a factor. */
export function levelOf(terms: readonly WrittenTerm[]): Level {
  const hasLocal = terms.some(({ factors }) => factors?.some(({ atom }) => atom.kind === 'local'));
  return hasLocal ? 'chain' : 'cells';
}

/** Null without dots. @throws Refusal where the dots are not determined. */
export function gapOf(side: Formula, head: Atom | null, scope: Scope): Gap | null {
  if (side.kind !== 'sum' || !side.terms.some(({ formula }) => formula.kind === 'ellipsis')) return null;
  const at = side.terms.findIndex(({ formula }) => formula.kind === 'ellipsis');
  const ellipsis = side.terms[at]!.formula;
  if (head === null) return undetermined();
  const { before, after } = around(side, at, scope);
  const ideals = idealTerms(scope.model, head, levelOf([...before, ...after]));
  const runs = runsOf(before, after);
  const hidden = hiddenBy(runs.length > 0 ? runs : repairedRuns(before, after, ideals, scope), ideals);
  return { ellipsis, hidden, expr: sum(hidden.map(term => exprOfTerm(scope.model, term))) };
}

function around({ terms }: Sum, at: number, scope: Scope) {
  const part = (some: Sum['terms']): readonly WrittenTerm[] =>
    some.length === 0
      ? undetermined()
      : some.flatMap(({ sign, formula }) =>
          writtenTerms({ kind: 'sum', terms: [{ sign, formula, written: true }], span: formula.span }, scope),
        );
  const [before, after] = [terms.slice(0, at), terms.slice(at + 1)];
  if (after.some(({ formula }) => formula.kind === 'ellipsis')) return undetermined();
  return { before: part(before), after: part(after) };
}

/** Every factor that runs through consecutive cells before and after the dots, on towards the other end. */
function runsOf(before: readonly WrittenTerm[], after: readonly WrittenTerm[]): readonly Run[] {
  const sorts = new Set(before.flatMap(({ factors }) => (factors ?? []).map(({ atom }) => sortOf(atom))));
  return [...sorts].flatMap(sort => {
    const [head, tail] = [cellsOf(before, sort), cellsOf(after, sort)];
    if (!head || !tail) return [];
    const [last, next] = [head.at(-1)!, tail[0]!];
    const step = Math.sign(next - last);
    const runs =
      step !== 0 && [head, tail].every(cells => cells.every((c, k) => k === 0 || c - cells[k - 1]! === step));
    return runs ? [{ sort, last, next }] : [];
  });
}

/** The cell of the one factor of a sort in each term; null where a term has none or two. */
function cellsOf(terms: readonly WrittenTerm[], sort: string): readonly number[] | null {
  const cells = terms.map(({ factors }) => {
    const found = (factors ?? []).filter(({ atom }) => atom.kind === 'given' && sortOf(atom) === sort);
    const [only] = found;
    return found.length === 1 && only?.atom.kind === 'given' ? only.atom.cell : null;
  });
  return cells.every(cell => cell !== null) ? cells : null;
}

/** The runs of the terms that are right; where one of the others stands, the run goes on. */
function repairedRuns(
  before: readonly WrittenTerm[],
  after: readonly WrittenTerm[],
  ideals: readonly IdealTerm[],
  scope: Scope,
): readonly Run[] {
  const right = new Set(
    matchTerms(scope.model, [...before, ...after], ideals).right.map(({ written }) => written),
  );
  const [head, tail] = [before.filter(term => right.has(term)), after.filter(term => right.has(term))];
  if (head.length < 2 || tail.length < 1) return [];
  const lost = before.length - 1 - before.lastIndexOf(head.at(-1)!);
  const ahead = after.indexOf(tail[0]!);
  const inPlace = (terms: readonly WrittenTerm[], all: readonly WrittenTerm[]) =>
    all.indexOf(terms.at(-1)!) - all.indexOf(terms[0]!) === terms.length - 1;
  if (!inPlace(head, before) || !inPlace(tail, after)) return [];
  return runsOf(head, tail).map(({ sort, last, next }) => {
    const step = Math.sign(next - last);
    return { sort, last: last + step * lost, next: next - step * ahead };
  });
}

/** The terms of the definition strictly inside the gap; every run must say the same. */
function hiddenBy(runs: readonly Run[], ideals: readonly IdealTerm[]): readonly IdealTerm[] {
  const [first, ...others] = runs.map(({ sort, last, next }) =>
    ideals.filter(({ atoms }) => {
      const cells = atoms.flatMap(atom =>
        atom.kind === 'given' && sortOf(atom) === sort ? [atom.cell] : [],
      );
      const [low, high] = [Math.min(last, next), Math.max(last, next)];
      return cells.length === 1 && cells[0]! > low && cells[0]! < high;
    }),
  );
  if (!first) return undetermined();
  const agree = others.every(
    other => other.length === first.length && other.every(term => first.includes(term)),
  );
  return agree ? first : undetermined();
}

function undetermined(): never {
  return refuse('ambiguous', 'what the dots leave out is not determined by the terms around them');
}
