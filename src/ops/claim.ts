/** Gradient claims over the operator's own tensors, its output y and the cotangent yBar: compositions of operators, or formulas. */
import { BackproofError } from '../error.js';

export type Claim = TensorClaim | Application | Formula;

export interface TensorClaim {
  readonly kind: 'tensor';
  readonly name: string;
}

export interface Application {
  readonly kind: 'apply';
  readonly operator: string;
  readonly inputs: Readonly<Record<string, Claim>>;
  /** Parameters as polynomials over the claiming operator's sizes; `@` stands for each axis. */
  readonly sizes: Readonly<Record<string, string>>;
  /** Parameters that are names. */
  readonly modes: Readonly<Record<string, string>>;
}

/** A program in the text form of definitions, over the claiming operator's letters; its last stage is the gradient. */
export interface Formula {
  readonly kind: 'formula';
  readonly text: string;
  /** What the names stand for that are no tensors of the call. */
  readonly inputs: Readonly<Record<string, Claim>>;
}

/** The cotangent of the output, shaped like the output. */
export const COTANGENT = 'yBar';

/** The output itself. */
export const OUTPUT = 'y';

/** One-hot over each window of a definition's maximum: the cell that a tie policy chose, held fixed. */
export const SELECTION = 'selection';

export function tensor(name: string): TensorClaim {
  return { kind: 'tensor', name };
}

/** One operator applied to claims; a single claim is its input x. */
export function apply(
  operator: string,
  inputs: Claim | Readonly<Record<string, Claim>>,
  sizes: Application['sizes'] = {},
  modes: Application['modes'] = {},
): Application {
  return { kind: 'apply', operator, inputs: isClaim(inputs) ? { x: inputs } : inputs, sizes, modes };
}

const isClaim = (inputs: Claim | Readonly<Record<string, Claim>>): inputs is Claim =>
  typeof inputs.kind === 'string';

export function formula(text: string, inputs: Formula['inputs'] = {}): Formula {
  return { kind: 'formula', text, inputs };
}

/** The error for a claim that mentions a tensor of another name. */
export function unknownTensor(name: string, known: readonly string[]): BackproofError {
  return new BackproofError({
    code: 'ill-formed-claim',
    where: 'claim',
    what: 'the claim mentions a tensor that the call does not have',
    expected: known.join(', '),
    got: String(name),
    fix: 'Use one of these tensors.',
  });
}
