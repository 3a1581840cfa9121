/** From the options to a checked call: which tensor plays which part, at which extents, under which name. */
import { layoutNames, type Operator, type Resolved, type Sizes } from '../ops/index.js';
import { type Placed, placeExtents, placeOutput } from './extents.js';
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
  const rank = spatialAxes(operator, options);
  const placed = placeAll(operator, options, roles, names, rank);
  const shapes = Object.fromEntries(roles.map(([role, tensor]) => [tensor, placed.get(role)!.full]));
  const call = resolveOrExplain(operator, options, shapes, [...placed.values()].some(leftOut));
  const written = new Set(
    ['input' as const, 'kernel' as const].flatMap(role => placed.get(role)?.shownNames ?? []),
  );
  const output = placeOutput(operator.output, rank, call.sizes, written, !leftOut(placed.get('input')!));
  const part = ([role, tensor]: Roles[number]): Part => {
    const { shown } = placed.get(role)!;
    return { role, tensor, name: names[role]!, shown, named: options[role] !== undefined };
  };
  return {
    operator,
    call,
    parts: roles.map(part),
    output: { name: names.output!, shown: output.shown },
    loss: names.loss!,
  };
}

function placeAll(
  operator: Operator,
  options: TableOptions,
  roles: Roles,
  names: Readonly<Record<string, string>>,
  rank: number,
): ReadonlyMap<Role, Placed> {
  const placed = new Map<Role, Placed>();
  const sizes: Record<string, number> = {};
  for (const [role, tensor] of roles) {
    const layout = operator.inputs[tensor]!;
    // A kernel's third extent is its input channel beside an input with channels, else its output channel.
    const spatialInput = (placed.get('input')?.shown.length ?? 0) <= rank;
    const leading = role === 'kernel' && spatialInput ? 'first' : 'last';
    const given = options[role]?.shape;
    const one = given
      ? placeExtents(names[role]!, layout, rank, given, leading)
      : placeKnown(layout, rank, sizes);
    placed.set(role, one);
    layoutNames(layout, rank).forEach((name, axis) => {
      sizes[name] = one.full[axis]!;
    });
  }
  return placed;
}

function spatialAxes(operator: Operator, { params, input, rank }: TableOptions): number {
  if (typeof operator.rank === 'number') return operator.rank;
  if (typeof operator.rank === 'function') return operator.rank({ ...operator.params, ...params });
  return rank ?? ({ 1: 1, 5: 3 }[input.shape.length] || 2);
}

/** Extents that follow from the other tensors' sizes: a bias has one cell per output channel. */
function placeKnown(layout: string, rank: number, sizes: Sizes): Placed {
  const names = layoutNames(layout, rank);
  const full = names.map(name => sizes[name] ?? 1);
  const shownNames = names.filter((_, axis) => full[axis] !== 1);
  return { full, shown: full.filter(extent => extent !== 1), shownNames };
}

const leftOut = ({ full, shown }: Placed): boolean => shown.length < full.length;
