/** Proofs for all shapes of what operators claim. */
import { BackproofError } from '../error.js';
import { modesAt, type Operator, operatorFrom, type Params } from '../ops/index.js';
import { judge } from './judge.js';
import { checkInput } from './prove.js';
import { operatorTheorems } from './statement/from-operator.js';
import type { AllShapesReport } from './theorem.js';

export interface AllShapesOptions {
  /** This input only. */
  readonly wrt?: string;
  /** Modes such as { convention: 'convolution' }: every other parameter is what the theorem is for all of. */
  readonly modes?: Params;
}

/**
 * Proves or refutes the operator's gradient claims for all shapes, strides, paddings and so on of its domain, each
 * as a derivative and as an adjoint identity.
 * @throws BackproofError `unknown-operator`, `unknown-input`, `bad-parameter`.
 * @example (await proveForAllShapes('conv2d'))[0].verdict // 'PROVED'
 */
export function proveForAllShapes(
  operator: Operator | string,
  { wrt, modes = {} }: AllShapesOptions = {},
): AllShapesReport[] {
  const record = operatorFrom(operator);
  checkInput(record, Object.keys(record.inputs), wrt);
  return operatorTheorems(record, { ...(wrt && { wrt }), modes: modesFrom(record, modes) }).map(judge);
}

/** The modes among the parameters, the others at their defaults: everything else is what the theorem is for all of. */
export function modesFrom(operator: Operator, params: Params): Record<string, string> {
  const all = modesAt(operator, 3);
  const stranger = Object.keys(params).find(name => !all[name]?.includes(String(params[name])));
  if (stranger !== undefined) {
    const modes = Object.entries(all).map(([mode, values]) => `${mode} ${values.join(' or ')}`);
    throw new BackproofError({
      code: 'bad-parameter',
      where: `prove ${operator.name}`,
      what: `${stranger} is given, but no shapes are`,
      expected: modes.join('; ') || 'no parameter: the theorem is for all of them',
      got: `${stranger} ${JSON.stringify(params[stranger])}`,
      fix: 'Leave it out, or give the shapes too for a proof at one shape.',
    });
  }
  const modes = Object.entries(all).map(([name, values]) => [name, String(params[name] ?? values[0])]);
  return Object.fromEntries(modes);
}
