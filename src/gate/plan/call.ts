/** Which shapes and parameters a gate may run: those of the default domain. */
import { BackproofError } from '../../error.js';
import { type Operator, type Resolved, resolve } from '../../ops/index.js';
import { checkOutputPadding } from '../vectors/output-padding.js';
import type { Configuration } from './gate-case.js';

/** What the operator refuses about a call; null where it takes it. */
export function refusal(operator: Operator, configuration: Configuration): BackproofError | null {
  const call = resolved(operator, configuration);
  return call instanceof BackproofError ? call : null;
}

/** The call with its sizes, if it has cells in every input and in the output; null else. */
export function callOf(operator: Operator, configuration: Configuration): Resolved | null {
  const call = resolved(operator, configuration);
  if (call instanceof BackproofError) return null;
  const shapes = [call.output, ...Object.values(call.inputs)];
  return shapes.every(shape => shape.every(extent => extent > 0)) ? call : null;
}

function resolved(operator: Operator, { shapes, params }: Configuration): Resolved | BackproofError {
  try {
    checkOutputPadding(params, { file: operator.name, line: 1, path: '' });
    return resolve(operator, shapes, params);
  } catch (error) {
    if (error instanceof BackproofError) return error;
    throw error;
  }
}
