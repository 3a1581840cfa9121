/** Proofs of an operator's gradient claims, as callers ask for them. */
import { BackproofError } from '../error.js';
import { type Operator, operatorFrom, type Params, resolve } from '../ops/index.js';
import type { Shape } from '../tensor/index.js';
import { type ProofOptions, proveGradients } from './fixed-shape.js';
import { judge } from './judge.js';
import { operatorTheorems } from './statement/from-operator.js';
import type { OneShapeReport, TheoremReport } from './theorem.js';

/**
 * Proves or refutes what the operator claims its gradients to be: with shapes, for all values at these shapes;
 * without, for all shapes, strides, paddings and so on of the operator's domain.
 * @param shapes extents of each input in its layout, e.g. { x: [1, 1, 3, 3], w: [1, 1, 2, 2] }
 * @param params at given shapes any; for all shapes modes only, such as { convention: 'convolution' }
 * @param options `wrt` restricts it to one input; a `claim` is judged in place of the operator's own
 * @throws BackproofError `unknown-operator`, `shape-too-large`, `claim-shape-mismatch`, `unknown-input`,
 *   `ill-formed-claim`, `sizes-do-not-fit`, `bad-parameter`, and what `resolve` refuses.
 * @example prove('conv1d', { x: [1, 1, 3], w: [1, 1, 2] }, {}, { wrt: 'x' })[0].verdict // 'PROVED'
 * @example prove('conv2d')[0].rung // 'all-shapes'
 */
export function prove(
  operator: Operator | string,
  shapes?: Readonly<Record<string, Shape>>,
  params: Params = {},
  options: ProofOptions & { readonly wrt?: string } = {},
): TheoremReport[] {
  if (shapes !== undefined) return [...proveSteps(operator, shapes, params, options)];
  const record = operatorFrom(operator);
  checkInput(record, Object.keys(record.inputs), options.wrt);
  const { wrt, claim } = options;
  const choice = { ...(wrt && { wrt }), ...(claim && { claim }), modes: modesFrom(record, params) };
  return operatorTheorems(record, choice).map(judge);
}

/** The same at given shapes, theorem by theorem, so that the caller can stop between them. */
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

function checkInput({ name }: Operator, present: readonly string[], wrt: string | undefined): void {
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

/** The modes among the parameters, the others at their defaults: everything else is what the theorem is for all of. */
export function modesFrom(operator: Operator, params: Params): Record<string, string> {
  const stranger = Object.keys(params).find(name => !operator.modes[name]?.includes(String(params[name])));
  if (stranger !== undefined) {
    const modes = Object.entries(operator.modes).map(([mode, all]) => `${mode} ${all.join(' or ')}`);
    throw new BackproofError({
      code: 'bad-parameter',
      where: `prove ${operator.name}`,
      what: `${stranger} is given, but no shapes are`,
      expected: modes.join('; ') || 'no parameter: the theorem is for all of them',
      got: `${stranger} ${JSON.stringify(params[stranger])}`,
      fix: 'Leave it out, or give the shapes too for a proof at one shape.',
    });
  }
  const modes = Object.entries(operator.modes).map(([name, values]) => [
    name,
    String(params[name] ?? values[0]),
  ]);
  return Object.fromEntries(modes);
}
