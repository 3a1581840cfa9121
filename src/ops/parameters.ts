/** Reading parameter values: what every operator's size rule starts from. */
import { BackproofError, textOf } from '../error.js';
import {
  checkInteger,
  type IntegerParameter,
  type Padding,
  perAxis,
  resolvePadding,
  type Shape,
  safeInteger,
} from '../tensor/index.js';
import type { Params, ParamValue, Sizes } from './operator.js';

/** Sizes that belong to the spatial axes: `axes('L', sizes, 2)` is [L1, L2]. */
export function axes(letter: string, sizes: Sizes, rank: number): Shape {
  return Array.from({ length: rank }, (_, axis) => sizes[`${letter}${axis + 1}`]!);
}

/** The reverse: { L1: ..., L2: ... }. */
export function named(letter: string, values: readonly number[]): Sizes {
  return Object.fromEntries(values.map((value, axis) => [`${letter}${axis + 1}`, value]));
}

/** A parameter with one positive integer per axis, such as stride. */
export function axisParameter(params: Params, name: IntegerParameter, rank: number): readonly number[] {
  const value = params[name]!;
  return perAxis(typeof value === 'number' ? value : integers(value, name), rank, name);
}

/** A parameter with one integer of either sign per axis, such as where a window starts. */
export function offsets(params: Params, name: string, rank: number): readonly number[] {
  const given = integers(params[name]!, name);
  const list = typeof params[name] === 'number' ? new Array<number>(rank).fill(given[0]!) : given;
  if (list.length !== rank) throw wrongValue(name, `one integer, or ${rank}`, params[name]!);
  return list.map(entry => safeInteger(entry, name));
}

/** A parameter that is one positive integer, such as groups. */
export function integerParameter(params: Params, name: IntegerParameter): number {
  const value = params[name]!;
  if (typeof value !== 'number') throw wrongValue(name, 'one integer', value);
  return checkInteger(value, name);
}

export function modeParameter<Mode extends string>(
  params: Params,
  name: string,
  modes: readonly Mode[],
): Mode {
  const mode = modes.find(one => one === params[name]);
  if (mode === undefined) throw wrongValue(name, modes.join(' or '), params[name]!);
  return mode;
}

/** Padding before and after each axis. */
export function paddingParameter(
  params: Params,
  frame: { input: Shape; kernel: Shape; stride: readonly number[]; dilation: readonly number[] },
): { before: number[]; after: number[] } {
  // A string that is no mode is refused by resolvePadding itself.
  const padding = params.padding as Padding;
  const pairs = resolvePadding(padding, { rank: frame.input.length, ...frame });
  return { before: pairs.map(pair => pair[0]), after: pairs.map(pair => pair[1]) };
}

/** The entries of a list of integers; one integer is a list of itself. */
export function integers(value: ParamValue, name: string): readonly number[] {
  if (typeof value === 'number') return [value];
  if (!Array.isArray(value)) throw wrongValue(name, 'an integer, or one per axis', value);
  // A hole of a sparse list is an entry too.
  return Array.from(value, (entry: unknown) => {
    if (typeof entry !== 'number') throw wrongValue(name, 'one integer per axis', value);
    return entry;
  });
}

export function wrongValue(name: string, expected: string, got: ParamValue): BackproofError {
  return new BackproofError({
    code: 'bad-parameter',
    where: name,
    what: 'the parameter has a value of the wrong kind',
    expected,
    got: textOf(got, JSON.stringify),
    fix: `Pass ${name} as ${expected}.`,
    data: { name, got },
  });
}
