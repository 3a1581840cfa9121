/** Steps of a proof as data for Coq. */
import type { Polynomial } from '../../exact/index.js';
import type { Guard, Scope, Term } from '../../index-sum/term.js';
import { applyStep, type Evidence, type Given, type Step } from '../trusted/rules.js';
import { list } from './formula.js';
import type { Names } from './names.js';

/** Steps that Coq follows from a term. @throws BackproofError where the checker refuses a step. */
export function stepsData(
  start: Term,
  steps: readonly Step[],
  given: Given,
  scope: Scope,
  names: Names,
): string {
  const texts: string[] = [];
  let term: Term | null = start;
  for (const step of steps) {
    if (!term) break;
    const next = applyStep(term, step, given, scope);
    texts.push(...stepData(step, term, next, names));
    term = next;
  }
  return list(texts);
}

function stepData(step: Step, before: Term, after: Term | null, names: Names): string[] {
  const value = (name: string) => `${names.valueNumber(name)}`;
  const shown = (evidence: Evidence) => evidenceData(evidence, names);
  switch (step.rule) {
    case 'eliminate':
      return [`Eliminate ${value(step.name)} ${solvedAt(before, after)}`];
    case 'introduce':
      return [`Introduce ${step.guard} ${value(step.name)}`];
    case 'drop':
      return [`Drop ${step.guard} ${shown(step.evidence)}`];
    case 'add':
      return [`Also (${guardData(step.guard, names)}) ${shown(step.evidence)}`];
    case 'split': {
      const indices = [step.name, ...step.into.map(range => range.name)].map(value);
      const extents = step.into.map(range => polynomialData(range.extent, names));
      return [`Split ${[...indices, ...extents].join(' ')} ${shown(step.evidence)}`];
    }
    case 'index':
      return [`Index ${step.atom} ${step.axis} ${polynomialData(step.value, names)} ${shown(step.evidence)}`];
    case 'rename':
      return renames(step.names, before).map(([from, to]) => `Rename ${value(from)} ${value(to)}`);
    case 'unit': {
      const gone = before.bound.map(range => range.name).filter(name => step.names.includes(name));
      const what = `${step.atom} ${list(gone.map(value))}%positive (${step.times})`;
      return [`Unit ${what} ${shown(step.evidence)}`];
    }
    case 'vanish':
      return [`Vanish ${shown(step.evidence)}`];
  }
}

/** Which equation gave way to a range. */
function solvedAt(before: Term, after: Term | null): number {
  return before.guards.findIndex(
    (guard, k) => guard.kind === 'equation' && after?.guards[k]?.kind === 'range',
  );
}

/** One at a time: names that are in use go by way of names that nobody has. */
function renames(names: ReadonlyMap<string, string>, { bound }: Term): [string, string][] {
  const pairs = [...names].filter(([from, to]) => from !== to);
  const used = new Set(bound.map(range => range.name));
  if (!pairs.some(([, to]) => used.has(to))) return pairs;
  const aside = (k: number) => `aside ${k}`;
  return [
    ...pairs.map(([from], k): [string, string] => [from, aside(k)]),
    ...pairs.map(([, to], k): [string, string] => [aside(k), to]),
  ];
}

function guardData(guard: Guard, names: Names): string {
  if (guard.kind === 'equation') return `GEq ${polynomialData(guard.zero, names)}`;
  return `GIn ${polynomialData(guard.value, names)} ${polynomialData(guard.extent, names)}`;
}

function evidenceData(evidence: Evidence, names: Names): string {
  const product = (factors: readonly Polynomial[]) => list(factors.map(one => polynomialData(one, names)));
  return list(evidence.map(products => list(products.map(product))));
}

/** Monomials in the order that Coq's normal form has: lists of numbers, as dictionaries are ordered. */
function polynomialData(value: Polynomial, names: Names): string {
  const monomials = [...value].map(([key, coefficient]) => {
    const factors = key === '' ? [] : key.split('*').map(names.valueNumber);
    return { factors: factors.sort((a, b) => a - b), coefficient };
  });
  monomials.sort((a, b) => byDictionary(a.factors, b.factors));
  return list(monomials.map(one => `(${list(one.factors.map(String))}%positive, ${one.coefficient})`));
}

function byDictionary(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((factor, k) => factor !== b[k]);
  return at < 0 ? a.length - b.length : at >= b.length ? 1 : a[at]! - b[at]!;
}
