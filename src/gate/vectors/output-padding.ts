/** Output padding tells apart the inputs that a stride or a dilation makes alike; more has no meaning in a vector. */
import type { VectorCase } from './case.js';
import { fault, type Place, within } from './fields.js';

/** @throws BackproofError `vector-type` unless output_padding < max(stride, dilation) on every axis. */
export function checkOutputPadding(
  { output_padding, stride, dilation }: VectorCase['params'],
  place: Place,
): void {
  if (!isList(output_padding) || !isList(stride) || !isList(dilation)) return;
  const most = (axis: number) => Math.max(Number(stride[axis]), Number(dilation[axis])) - 1;
  const axis = output_padding.findIndex((value, k) => Number(value) > most(k));
  if (axis < 0) return;
  throw fault(within(within(place, 'output_padding'), axis), {
    code: 'vector-type',
    what: 'the output padding is not below the stride or the dilation',
    expected: `an integer from 0 to ${most(axis)}`,
    got: String(output_padding[axis]),
    fix: 'Take less output padding, or a larger stride.',
  });
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
