/** Resolves a call whose extents were partly left out; a contradiction then says how to write them all. */
import { BackproofError } from '../error.js';
import { type Operator, type Resolved, resolve } from '../ops/index.js';
import type { Shape } from '../tensor/index.js';
import type { TableOptions } from './options.js';
import { rolesOf } from './roles.js';

const channelFaults = ['channels-mismatch', 'groups-do-not-divide', 'size-mismatch'];

/** @throws BackproofError what `resolve` refuses, explained where it may come from extents that were left out. */
export function resolveOrExplain(
  operator: Operator,
  options: TableOptions,
  shapes: Readonly<Record<string, Shape>>,
  someLeftOut: boolean,
): Resolved {
  try {
    return resolve(operator, shapes, options.params ?? {});
  } catch (error) {
    if (!(error instanceof BackproofError) || !someLeftOut || !channelFaults.includes(error.code))
      throw error;
    throw contradiction(operator, options, shapes, error);
  }
}

function contradiction(
  operator: Operator,
  options: TableOptions,
  shapes: Readonly<Record<string, Shape>>,
  { code, what, expected, data }: BackproofError,
): BackproofError {
  const roles = rolesOf(operator).filter(([role]) => role !== 'bias' || options.bias?.shape);
  const readAs = roles.map(([role, tensor]) => `${options[role]!.name}=${shapes[tensor]!.join('x')}`);
  const layouts = roles.map(([role, tensor]) => {
    const spatial = operator.inputs[tensor]!.split(' ').map(part => part.replace('@', '1x...'));
    return `${options[role]!.name}=${spatial.join('x')}`;
  });
  return new BackproofError({
    code,
    where: operator.name,
    what: `${what}, where the extents left out count as 1`,
    expected,
    got: readAs.join(' '),
    fix: `Write every extent: ${layouts.join(' ')} (N batch, C and I input channels, O output channels).`,
    data: { ...data, readAs },
  });
}
