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

/** @param assume polynomials that are at least 0; @param free ranges, as in "i<L, c<C"; @param units "r: N*L" */
export function startOf(text: string, assume = '', free = '', units = ''): Start {
  const { parameters, inputs, stages } = parseProgram(`result[${free}] = ${text}`, 0);
  const [stage] = stages;
  if (stage?.kind !== 'sum' || stage.terms.length !== 1) throw new Error(`not one term: ${text}`);
  const facts = polynomials(assume);
  const names = facts.flatMap(fact => [...polynomial.names(fact)]);
  const scope = { parameters: new Set([...parameters, ...names]), free: stage.free, ranks: inputs };
  const inverses = units.split(',').flatMap((part): [string, Polynomial][] => {
    const [name, value] = part.split(':');
    return value === undefined ? [] : [[name!.trim(), polynomials(value)[0]!]];
  });
  const setting = {
    assume: facts,
    units: new Map(inverses),
    scope,
    budget: { nodes: NODES },
    thorough: false,
  };
  return { line: { term: stage.terms[0]!, steps: [] }, setting };
}

/** What the steps of a line make of the term it started from, by the trusted rules alone. */
export function replayed(start: Line, { steps }: Line, setting: Setting): Term | null {
  let term = start.term;
  for (const step of steps) {
    if (!term) throw new Error('a step follows a term that vanished');
    term = applyStep(term, step, setting, setting.scope);
  }
  return term;
}

export const key = (term: Term | null): string => (term ? keyOf(term) : 'vanished');
