/** Which input of an operator plays which part, and how the parts are called. */
import { BackproofError } from '../error.js';
import type { Operator } from '../ops/index.js';
import { checkNames } from './names.js';
import type { TableOptions } from './options.js';

export type Role = 'input' | 'kernel' | 'bias';

/** Parts with the operator's own names of them: input x, kernel w, bias b. */
export type Roles = readonly (readonly [Role, string])[];

const TENSORS = [
  ['input', 'x'],
  ['kernel', 'w'],
  ['bias', 'b'],
] as const;

/** The parts that the operator has. */
export function rolesOf(operator: Operator): Roles {
  return TENSORS.filter(([, tensor]) => operator.inputs[tensor] !== undefined);
}

/** @throws BackproofError `missing-input`, `unknown-input`. */
export function checkRoles(operator: Operator, roles: Roles, options: TableOptions): void {
  const has = roles.map(([role]) => role);
  const given = (['input', 'kernel', 'bias'] as const).filter(role => options[role] !== undefined);
  const refuse = (code: string, role: Role, what: string, fix: string) =>
    new BackproofError({
      code,
      where: operator.name,
      what,
      expected: has.join(', '),
      got: given.join(', ') || 'none',
      fix,
      data: { role },
    });
  const missing = has.find(role => role !== 'bias' && options[role]?.shape === undefined);
  if (missing) {
    const fix = `Give the ${missing} a name and extents, such as ${missing === 'input' ? 'X=3x3' : 'F=2x2'}.`;
    throw refuse('missing-input', missing, `the ${missing} is not given`, fix);
  }
  const unknown = given.find(role => !has.includes(role));
  if (unknown) throw refuse('unknown-input', unknown, `it has no ${unknown}`, `Leave the ${unknown} out.`);
}

/**
 * By role, with output and loss; a bias that nobody named is called by the first of some names that is free.
 * @throws BackproofError `bad-name`, `duplicate-name`.
 */
export function namesOf(roles: Roles, options: TableOptions): Record<string, string> {
  const named: Record<string, string> = { output: options.output ?? 'O', loss: options.loss ?? 'L' };
  for (const [role] of roles) if (options[role]) named[role] = options[role].name;
  checkNames(named);
  const free = ['b', 'B', 'bias', 'beta', 'c'].find(name => !Object.values(named).includes(name))!;
  return { bias: free, ...named };
}
