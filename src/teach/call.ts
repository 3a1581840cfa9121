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
import { checkNames, type NamedTensor } from './names.js';
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
  /** Inputs that have no part of their own in a table, by the operator's own names of them. */
  readonly others: ReadonlyMap<string, NamedTensor>;
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
  const others = othersOf(operator, roles);
  const names = { ...namesOf(roles, options), ...otherNames(others, options) };
  checkNames(names);
  const rank = spatialAxes(operator, options.params ?? {}, options.input.shape, options.rank);
  const roleOf = new Map<string, string>(roles.map(([role, tensor]) => [tensor, role]));
  const shapes = roles.map(([role, tensor]) => [tensor, options[role]?.shape] as const);
  const otherShapes = others.map(tensor => [tensor, options.others?.[tensor]?.shape] as const);
  const given = Object.fromEntries([...shapes, ...otherShapes]);
  const nameOf = (tensor: string) => names[roleOf.get(tensor) ?? tensor]!;
  const placed = placeInputs(operator, given, rank, options.params ?? {}, nameOf);
  const full = Object.fromEntries([...placed].map(([tensor, one]) => [tensor, one.full]));
  const call = resolveOrExplain(operator, options, full, [...placed.values()].some(leftOut));
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
    others: new Map(
      others.map(tensor => [tensor, { name: names[tensor]!, shown: placed.get(tensor)!.shown }]),
    ),
    output: { name: names.output!, shown: output.shown },
    loss: names.loss!,
  };
}

const leftOut = ({ full, shown }: Placed): boolean => shown.length < full.length;

function othersOf(operator: Operator, roles: Roles): string[] {
  return Object.keys(operator.inputs).filter(tensor => !roles.some(([, one]) => one === tensor));
}

const USUAL: Readonly<Record<string, string>> = { target: 'T', selection: 'S' };

function otherNames(others: readonly string[], options: TableOptions): Record<string, string> {
  return Object.fromEntries(
    others.map(tensor => [tensor, options.others?.[tensor]?.name ?? USUAL[tensor] ?? tensor]),
  );
}
