/** Terms with the setting of a search, from short text. */
import { type Polynomial, polynomial } from '../../../src/exact/index.js';
import { parseProgram, type Term } from '../../../src/index-sum/index.js';
import type { Line, Setting } from '../../../src/proof/search/line.js';
import { keyOf } from '../../../src/proof/trusted/check.js';
import { applyStep } from '../../../src/proof/trusted/rules.js';

export const NODES = 20_000;

/** "N, M - 1, n*m" */
export const polynomials = (text: string): Polynomial[] =>
  text.split(',').flatMap(part => {
    const value = part.trim() === '' ? null : polynomial.parse(part.trim());
    return value ? [value] : [];
  });

export interface Start {
  readonly line: Line;
  readonly setting: Setting;
}

/** @param assume polynomials that are at least 0; @param free ranges, as in "i<L, c<C" */
export function startOf(text: string, assume = '', free = ''): Start {
  const { parameters, inputs, stages } = parseProgram(`result[${free}] = ${text}`, 0);
  const [stage] = stages;
  if (stage?.kind !== 'sum' || stage.terms.length !== 1) throw new Error(`not one term: ${text}`);
  const facts = polynomials(assume);
  const names = facts.flatMap(fact => [...polynomial.names(fact)]);
  const scope = { parameters: new Set([...parameters, ...names]), free: stage.free, ranks: inputs };
  const setting = { assume: facts, scope, budget: { nodes: NODES }, thorough: false };
  return { line: { term: stage.terms[0]!, steps: [] }, setting };
}

/** What the steps of a line make of the term it started from, by the trusted rules alone. */
export function replayed(start: Line, { steps }: Line, { assume, scope }: Setting): Term | null {
  let term = start.term;
  for (const step of steps) {
    if (!term) throw new Error('a step follows a term that vanished');
    term = applyStep(term, step, assume, scope);
  }
  return term;
}

export const key = (term: Term | null): string => (term ? keyOf(term) : 'vanished');
