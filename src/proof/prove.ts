/** Proofs of an operator's gradient claims, as callers ask for them. */
import { BackproofError } from '../error.js';
import { type Operator, operatorFrom, type Params, resolve } from '../ops/index.js';
import type { Shape } from '../tensor/index.js';
import { type ProofOptions, proveGradients } from './fixed-shape.js';
import type { OneShapeReport } from './theorem.js';

/**
 * Proves or refutes, for all values at the given shapes, what the operator claims its gradients to be.
 * @param shapes extents of each input in its layout, e.g. { x: [1, 1, 3, 3], w: [1, 1, 2, 2] }
 * @param options `wrt` restricts it to one input; a `claim` is judged in place of the operator's own
 * @throws BackproofError `unknown-operator`, `shape-too-large`, `claim-shape-mismatch`, `unknown-input`,
 *   `ill-formed-claim`, and what `resolve` refuses.
 * @example prove('conv1d', { x: [1, 1, 3], w: [1, 1, 2] }, {}, { wrt: 'x' })[0].verdict // 'PROVED'
 */
export function prove(
  operator: Operator | string,
  shapes: Readonly<Record<string, Shape>>,
  params: Params = {},
  options: ProofOptions & { readonly wrt?: string } = {},
): OneShapeReport[] {
  return [...proveSteps(operator, shapes, params, options)];
}

/** The same theorem by theorem, so that the caller can stop between them. */
export function* proveSteps(
  operator: Operator | string,
  shapes: Readonly<Record<string, Shape>>,
  params: Params = {},
  options: ProofOptions & { readonly wrt?: string } = {},
): Generator<OneShapeReport> {
  const record = operatorFrom(operator);
  const call = resolve(record, shapes, params);
  const present = Object.keys(call.inputs);
  checkInput(record, present, options.wrt);
  const inputs = options.wrt === undefined ? present : [options.wrt];
  yield* proveGradients(record, call, inputs, options);
}

/** @throws BackproofError `unknown-input`. */
export function checkInput({ name }: Operator, present: readonly string[], wrt: string | undefined): void {
  if (wrt === undefined || present.includes(wrt)) return;
  throw new BackproofError({
    code: 'unknown-input',
    where: `prove ${name}`,
    what: 'the call has no such input',
    expected: present.join(', '),
    got: String(wrt),
    fix: 'Name one of its inputs.',
  });
}
