/**
 * An operator's definition: a short list of named stages. Each stage defines every cell of one tensor
 * from the operator's inputs and the stages before it; the last stage is the output.
 */
import { BackproofError } from '../error.js';
import { type Polynomial, polynomial } from '../exact/index.js';
import type { Expr } from '../expr/index.js';
import { type Atom, type Definition, faultOf, type Range, type Term } from './term.js';

interface StageBase {
  readonly name: string;
  /** The stage's own axes, in order. */
  readonly free: readonly Range[];
}

/** A sum of terms. */
export interface SumStage extends Definition {
  readonly kind: 'sum';
}

/** The maximum of one term over its bound indices where its guards hold (-infinity over nothing). */
export interface MaxStage extends StageBase {
  readonly kind: 'max';
  readonly term: Term;
}

/** A scalar formula of cells; the formula's variable k (tensor `$`, index [k]) stands for arguments[k]. */
export interface PointwiseStage extends StageBase {
  readonly kind: 'pointwise';
  readonly formula: Expr;
  readonly arguments: readonly Atom[];
}

/** The scalar 1 / of, for a polynomial of parameters such as a window's size. */
export interface ReciprocalStage extends StageBase {
  readonly kind: 'reciprocal';
  readonly of: Polynomial;
}

export type Stage = SumStage | MaxStage | PointwiseStage | ReciprocalStage;

export interface Program {
  /** Input tensors by name, with their number of axes. */
  readonly inputs: ReadonlyMap<string, number>;
  readonly parameters: ReadonlySet<string>;
  readonly stages: readonly Stage[];
}

/** Name of the formula variables of a pointwise stage. */
export const ARGUMENT = '$';

export function outputStage(program: Program): Stage {
  return program.stages.at(-1)!;
}

/** The terms of a stage: what it reads, whatever its kind. */
export function termsOf(stage: Stage): readonly Term[] {
  switch (stage.kind) {
    case 'sum':
      return stage.terms;
    case 'max':
      return [stage.term];
    case 'pointwise':
      return stage.arguments.map(atom => ({ coefficient: 1, bound: [], guards: [], atoms: [atom] }));
    case 'reciprocal':
      return [];
  }
}

/**
 * Returns the program if every stage is well-formed and reads only what stands before it.
 * @throws BackproofError `ill-formed-definition`.
 */
export function wellFormed(program: Program): Program {
  const ranks = new Map(program.inputs);
  const { parameters, stages } = program;
  if (stages.length === 0) throw illFormed('the definition', 'it has no stage');
  for (const stage of stages) {
    const scope = { parameters, free: stage.free, ranks };
    const empty: Term = { coefficient: 1, bound: [], guards: [], atoms: [] };
    const fault = [empty, ...termsOf(stage)].map(term => faultOf(term, scope)).find(found => found !== null);
    if (fault) throw illFormed(stage.name, fault);
    if (ranks.has(stage.name)) throw illFormed(stage.name, 'the name is taken');
    if (stage.kind === 'reciprocal') {
      const stranger = [...polynomial.names(stage.of)].find(name => !parameters.has(name));
      if (stranger) throw illFormed(stage.name, `the divisor mentions ${stranger}, which is not a parameter`);
    }
    ranks.set(stage.name, stage.free.length);
  }
  return program;
}

function illFormed(where: string, fault: string): BackproofError {
  return new BackproofError({
    code: 'ill-formed-definition',
    where,
    what: fault,
    expected: 'declared names, each once, and tensors read with as many indices as they have axes',
    got: fault,
    fix: 'Correct the definition.',
  });
}
