/** The one form in which vectors write each kind of parameter: as data, for the reader and for the schema. */
import type { ParamValue } from '../../ops/index.js';
import { choiceOf, described, fault, flagOf, integerOf, listOf, type Place, realOf } from './fields.js';

export type ParamForm =
  /** One integer for each spatial axis. */
  | { readonly kind: 'integers'; readonly least: number }
  /** [before, after] for each spatial axis, or a mode by name. */
  | { readonly kind: 'padding'; readonly modes: readonly string[] }
  | { readonly kind: 'count' }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'flag' }
  /** Whatever a record's parameter may be; what it means is for the record to say. */
  | { readonly kind: 'any' };

/** @throws BackproofError `vector-type`, `vector-length`. */
export function readParam(form: ParamForm, value: unknown, place: Place): ParamValue {
  switch (form.kind) {
    case 'integers':
      return listOf(value, place, (one, at) => integerOf(one, at, form.least));
    case 'padding':
      if (typeof value === 'string') return choiceOf(value, place, form.modes);
      return listOf(value, place, (one, at) => pairOf(one, at, 0));
    case 'count':
      return integerOf(value, place, 1);
    case 'choice':
      return choiceOf(value, place, form.of);
    case 'flag':
      return flagOf(value, place);
    case 'any':
      return anyValue(value, place);
  }
}

function anyValue(value: unknown, place: Place): ParamValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return realOf(value, place);
  return listOf(value, place, (one, at) =>
    Array.isArray(one) ? pairOf(one, at, LOWEST) : integerOf(one, at, LOWEST),
  );
}

const LOWEST = -Number.MAX_SAFE_INTEGER;

function pairOf(value: unknown, place: Place, least: number): readonly [number, number] {
  const [before, after, ...more] = listOf(value, place, (one, side) => integerOf(one, side, least));
  if (before !== undefined && after !== undefined && more.length === 0) return [before, after];
  throw fault(place, {
    code: 'vector-length',
    what: 'the padding of an axis is not a pair',
    expected: '[before, after]',
    got: described(value),
    fix: 'Write both numbers, also where they are equal.',
  });
}

/** A value as people write a call, in the form of the vectors: one number stands for every axis, and for both sides. */
export function writtenParam(form: ParamForm, value: ParamValue, rank: number): ParamValue {
  if (form.kind !== 'integers' && form.kind !== 'padding') return value;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  const list = typeof value === 'number' ? new Array<number>(rank).fill(value) : value;
  if (form.kind === 'integers') return list;
  return list.map(one => (typeof one === 'number' ? ([one, one] as const) : one));
}
