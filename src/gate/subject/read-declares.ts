/** What a kernel declares, read strictly: from a module or from a client. */
import { BackproofError } from '../../error.js';
import {
  checkKeys,
  choiceOf,
  described,
  type Fields,
  fault,
  fieldsOf,
  flagOf,
  integerOf,
  listOf,
  type Place,
  within,
} from '../vectors/fields.js';
import {
  DEFAULTS,
  type Declares,
  type Kink,
  PADDING_MODES,
  type PaddingByName,
  type Supports,
} from './declares.js';
import type { WireDType } from './subject.js';
import { WIRE_DTYPES } from './wire-arrays.js';

/**
 * The declarations of one kernel, what is not said as in `DEFAULTS`; `where` names the kernel in errors.
 * @throws BackproofError `bad-declares`.
 */
export function readDeclares(value: unknown, where: string): Declares {
  try {
    return declaresOf(value, { file: where, line: 0, path: 'declares' });
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    const { what, expected, got, fix, data } = error;
    const path = String(data.path);
    throw new BackproofError({
      code: 'bad-declares',
      where: `${where}: ${path}`,
      what,
      expected,
      got,
      fix,
      data: { path },
    });
  }
}

const READERS: { readonly [K in keyof Declares]: (value: unknown, place: Place) => Declares[K] } = {
  dtypes: (value, place) => someOf(value, place, dtypeOf),
  accumulate: dtypeOf,
  arithmetic: (value, place) => choiceOf(value, place, ['exact', 'inexact']),
  ties: (value, place) => choiceOf(value, place, ['first', 'last', 'split', 'any']),
  kink: kinkOf,
  deterministic: flagOf,
  strides: flagOf,
  out: flagOf,
  specialValues: flagOf,
  supports: supportsOf,
};

const SUPPORTS: { readonly [K in keyof Supports]: (value: unknown, place: Place) => Supports[K] } = {
  stride: fromOne,
  padding: (value, place) =>
    typeof value === 'string'
      ? choiceOf<'symmetric'>(value, place, ['symmetric'])
      : someOf(value, place, paddingOf),
  dilation: fromOne,
  groups: fromOne,
  maxRank: (value, place) => integerOf(value, place, 1),
};

function declaresOf(value: unknown, place: Place): Declares {
  return value === undefined ? DEFAULTS : filled(DEFAULTS, READERS, value, place);
}

function supportsOf(value: unknown, place: Place): Supports {
  return filled(DEFAULTS.supports, SUPPORTS, value, place);
}

/** The defaults, with every field that is there and is not undefined read by its reader. */
function filled<T extends object>(
  defaults: T,
  readers: { readonly [K in keyof T]: (value: unknown, place: Place) => T[K] },
  value: unknown,
  place: Place,
): T {
  const fields: Fields = fieldsOf(value, place);
  const keys = Object.keys(readers) as (keyof T & string)[];
  checkKeys(fields, [], keys, place);
  const read = { ...defaults };
  for (const key of keys) {
    if (fields[key] !== undefined) read[key] = readers[key](fields[key], within(place, key));
  }
  return read;
}

function dtypeOf(value: unknown, place: Place): WireDType {
  return choiceOf(value, place, WIRE_DTYPES);
}

function fromOne(value: unknown, place: Place): readonly number[] {
  return someOf(value, place, (one, at) => integerOf(one, at, 1));
}

function paddingOf(value: unknown, place: Place): number | PaddingByName {
  return typeof value === 'string' ? choiceOf(value, place, PADDING_MODES) : integerOf(value, place, 0);
}

function kinkOf(value: unknown, place: Place): Kink {
  if (value === 0 || value === 0.5 || value === 1) return value;
  if (value === 'any') return value;
  throw refused(place, 'the slope is none that a kernel can declare', '0, 0.5, 1 or "any"', described(value));
}

/** A list with at least one entry and no entry twice. */
function someOf<T>(value: unknown, place: Place, read: (one: unknown, place: Place) => T): readonly T[] {
  const list = listOf(value, place, read);
  if (list.length === 0) throw refused(place, 'the list is empty', 'at least one entry', 'none');
  const twice = list.findIndex((one, k) => list.indexOf(one) !== k);
  if (twice < 0) return list;
  throw refused(within(place, twice), 'the entry is there twice', 'each entry once', described(list[twice]));
}

function refused(place: Place, what: string, expected: string, got: string): BackproofError {
  return fault(place, { code: 'bad-declares', what, expected, got, fix: 'Change it or leave it out.' });
}
