/** From the options to a checked call: which tensor plays which part, at which extents, under which name. */
import {
  type Operator,
  outputLayout,
  type Placed,
  placeInputs,
  placeOutput,
  type Resolved,
  spatialAxes,
} from '../ops/index.js';
import type { NamedTensor } from './names.js';
import type { TableOptions } from './options.js';
import { resolveOrExplain } from './resolve-call.js';
import { checkRoles, namesOf, type Role, type Roles, rolesOf } from './roles.js';

export interface Part extends NamedTensor {
  readonly role: Role;
  /** The operator's own name of it: x, w, b. */
  readonly tensor: string;
  /** An optional input that was not named has a gradient, and is mentioned nowhere else. */
  readonly named: boolean;
}

export interface TableCall {
  readonly operator: Operator;
  readonly call: Resolved;
  /** Input, kernel, bias, as far as the operator has them. */
  readonly parts: readonly Part[];
  readonly output: NamedTensor;
  readonly loss: string;
}

/**
 * @throws BackproofError `bad-name`, `duplicate-name`, `missing-input`, `unknown-input`, `rank-mismatch`, and what
 *   `resolve` refuses.
 */
export function tableCall(operator: Operator, options: TableOptions): TableCall {
  const roles = rolesOf(operator);
  checkRoles(operator, roles, options);
  const names = namesOf(roles, options);
  const rank = spatialAxes(operator, options.params ?? {}, options.input.shape, options.rank);
  const roleOf = new Map(roles.map(([role, tensor]) => [tensor, role]));
  const given = Object.fromEntries(roles.map(([role, tensor]) => [tensor, options[role]?.shape]));
  const nameOf = (tensor: string) => names[roleOf.get(tensor)!]!;
  const placed = placeInputs(operator, given, rank, options.params ?? {}, nameOf);
  const shapes = Object.fromEntries([...placed].map(([tensor, { full }]) => [tensor, full]));
  const call = resolveOrExplain(operator, options, shapes, [...placed.values()].some(leftOut));
  const [input, kernel] = roles.map(([, tensor]) => placed.get(tensor)!);
  const written = new Set([
    ...input!.shownNames,
    ...(kernel && roles[1]![0] === 'kernel' ? kernel.shownNames : []),
  ]);
  const output = placeOutput(
    outputLayout(operator, call.params),
    rank,
    call.sizes,
    written,
    !leftOut(input!),
  );
  const part = ([role, tensor]: Roles[number]): Part => {
    const { shown } = placed.get(tensor)!;
    const isNamed = options[role] !== undefined || !operator.optional.includes(tensor);
    return { role, tensor, name: names[role]!, shown, named: isNamed };
  };
  return {
    operator,
    call,
    parts: roles.map(part),
    output: { name: names.output!, shown: output.shown },
    loss: names.loss!,
  };
}

const leftOut = ({ full, shown }: Placed): boolean => shown.length < full.length;
