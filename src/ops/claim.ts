/** Gradient claims: compositions of operators over the operator's own tensors and the cotangent yBar. */
import { BackproofError } from '../error.js';

export type Claim = TensorClaim | Application;

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

/** The cotangent of the output, shaped like the output. */
export const COTANGENT = 'yBar';

export function tensor(name: string): TensorClaim {
  return { kind: 'tensor', name };
}

/** One operator applied to claims; a single claim is its input x. */
export function apply(
  operator: string,
  inputs: Claim | { readonly x: Claim; readonly w: Claim },
  sizes: Application['sizes'] = {},
  modes: Application['modes'] = {},
): Application {
  return { kind: 'apply', operator, inputs: 'kind' in inputs ? { x: inputs } : inputs, sizes, modes };
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
