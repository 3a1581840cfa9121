/** Integer parameters that may be given once or per axis: stride, dilation, kernel size, paddings. */
import { BackproofError, textOf } from '../error.js';

/** Lowest legal value of each parameter, and the code of the error below it. */
const lowest = {
  stride: [1, 'stride-not-positive'],
  dilation: [1, 'dilation-not-positive'],
  kernel_size: [1, 'kernel-size-not-positive'],
  groups: [1, 'groups-not-positive'],
  padding: [0, 'negative-padding'],
  output_padding: [0, 'negative-output-padding'],
} as const;

export type IntegerParameter = keyof typeof lowest;

export type PerAxis = number | readonly number[];

/**
 * One number per axis: a single number stands for every axis, a list must have one entry per axis.
 * `where` opens the message; pass the operator there.
 * @throws BackproofError `wrong-axis-count`, `not-an-integer-parameter`, `stride-not-positive`,
 * `dilation-not-positive`, `kernel-size-not-positive`, `negative-padding`, `negative-output-padding`.
 */
export function perAxis(
  value: PerAxis,
  rank: number,
  name: IntegerParameter,
  where: string = name,
): readonly number[] {
  if (!isList(value)) return new Array<number>(rank).fill(checkInteger(value, name, where));
  if (value.length !== rank) throw wrongAxisCount(name, where, rank, value);
  const checked = new Array<number>(rank);
  // By index: a hole in the list is not skipped.
  for (let axis = 0; axis < rank; axis++) checked[axis] = checkInteger(value[axis]!, name, where, axis);
  return checked;
}

/** `Array.isArray` that keeps the element type of readonly lists. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/**
 * The value itself if it is an integer in the parameter's range (-0 becomes 0); `axis` is its place in a list.
 * @throws BackproofError `not-an-integer-parameter` and the range codes of `perAxis`, `groups-not-positive`.
 */
export function checkInteger(
  value: number,
  name: IntegerParameter,
  where: string = name,
  axis?: number,
): number {
  const [least, code] = lowest[name];
  // Texts are for messages: calls in their thousands have none.
  if (Number.isSafeInteger(value) && value >= least) return value + 0;
  const at = axis === undefined ? '' : `[${axis}]`;
  safeInteger(value, `${name}${at}`, where);
  throw new BackproofError({
    code,
    where,
    what: `${name}${at} is too small`,
    expected: `an integer of at least ${least}`,
    got: String(value),
    fix: `Pass a ${name} of at least ${least}.`,
    data: { parameter: name, value, least },
  });
}

/** The value itself if it is a safe integer of either sign. @throws BackproofError `not-an-integer-parameter`. */
export function safeInteger(value: number | undefined, name: string, where: string = name): number {
  if (value !== undefined && Number.isSafeInteger(value)) return value + 0;
  throw notAnInteger(textOf(value), name, where);
}

export function wrongAxisCount(
  name: string,
  where: string,
  rank: number,
  value: readonly unknown[],
): BackproofError {
  return new BackproofError({
    code: 'wrong-axis-count',
    where,
    what: `${name} has ${value.length} entries for ${rank} spatial axes`,
    expected: `one number for all axes, or ${rank} entries`,
    got: textOf(value, JSON.stringify),
    fix: `Write ${name} once, or once per axis; [before, after] pairs are a list of pairs, also for one axis.`,
    data: { parameter: name, rank, entries: value.length },
  });
}

/**
 * Reads "2" (all axes) or "1,2" (per axis). Range and count are checked by `perAxis`, which knows the rank.
 * @throws BackproofError `not-an-integer-parameter`.
 */
export function parsePerAxis(text: string, name: IntegerParameter): PerAxis {
  if (!/^[+-]?\d+(?:,[+-]?\d+)*$/.test(text)) throw notAnInteger(text.slice(0, 60), name, name);
  const values = text.split(',').map(part => safeInteger(Number(part), name));
  return values.length === 1 ? values[0]! : values;
}

function notAnInteger(got: string, name: string, where: string): BackproofError {
  return new BackproofError({
    code: 'not-an-integer-parameter',
    where,
    what: `${name} is not an integer`,
    expected: 'an integer, or integers separated by commas, one per axis',
    got: got || 'nothing',
    fix: `Write ${name} as 2 or as 1,2.`,
    data: { parameter: name, value: got },
  });
}
