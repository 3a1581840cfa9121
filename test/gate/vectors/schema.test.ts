/** The published JSON Schema, and the strict reader: on structure they say the same. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { BackproofError } from '../../../src/error.js';
import { readVectors } from '../../../src/gate/index.js';
import { lineSchema, schemaText } from '../../../src/gate/vectors/schema.js';
import { pinnedOperators, pinnedText } from './cases.js';

const published = readFileSync(
  fileURLToPath(new URL('../../../dist/vectors.schema.json', import.meta.url)),
  'utf8',
);
/** What a validator makes of the published file. */
const validator = z.fromJSONSchema(JSON.parse(published));

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const line = (op: string, k = 0) => JSON.parse(pinnedText(op).split('\n')[k]!) as Json;
const numbers = (shape: number[], ...data: number[]): Json => ({ shape, dtype: 'float64', data });
const w = numbers([1, 1, 2], 2, -3);
const exact: Json = {
  ...{ formatVersion: 1, id: 'a', op: 'conv1d' },
  params: { stride: [2], padding: [[1, 0]], dilation: [1], groups: 1 },
  inputs: { x: numbers([1, 1, 3], 5, 7, 4), w, b: numbers([1], 2) },
  ...{ upstream: numbers([1, 1, 2], 3, 2), outputs: { y: numbers([1, 1, 2], -13, 4) } },
  grads: { x: numbers([1, 1, 3], -9, 4, -6), w },
  ...{ exact: true, flags: ['f'], comment: '', source: '' },
};
const small: Json[] = [
  exact,
  { ...exact, exact: false, tolerance: { abs: 0, rel: 0.5, reason: 'r' } },
  {
    ...exact,
    op: 'linear',
    params: {},
    inputs: { x: numbers([1, 2], 3, 4), w: numbers([1, 2], 5, 6) },
    outputs: {},
    upstream: null,
    grads: {},
  },
];

/** What the reader objects to; null: it accepts. */
function objection(one: Json): BackproofError | null {
  try {
    readVectors(JSON.stringify(one));
    return null;
  } catch (error) {
    if (error instanceof BackproofError) return error;
    throw error;
  }
}

/** What depends on two places at once, or on the operator: no schema says it. */
function isBeyondStructure({ code, data, what, got }: BackproofError): boolean {
  const path = String(data.path);
  if (code === 'vector-call') return true;
  if (code === 'vector-length') return path.endsWith('.data') || path.endsWith('.shape');
  // The gradient of an input that is known, but not given.
  if (code === 'vector-key')
    return (path === 'grads' && /^"[xwb]"$/.test(got)) || (path === 'tolerance' && /exact/.test(what));
  return code === 'vector-type' && path === 'upstream' && /no upstream/.test(what);
}

/** Every place in a record: [] is the record itself. */
function places(value: Json, path: (string | number)[] = []): (string | number)[][] {
  const children: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? value.slice(0, 3).map((one, k) => [k, one] as const)
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : [];
  return [path, ...children.flatMap(([key, one]) => places(one, [...path, key]))];
}

function changed(value: Json, path: readonly (string | number)[], change: (at: Json) => Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (Array.isArray(value)) return value.map((one, k) => (k === key ? changed(one, rest, change) : one));
  const fields = value as Record<string, Json>;
  return { ...fields, [key]: changed(fields[key]!, rest, change) };
}

const cells = [0, 1, -1, 0.5, 2, 300, 2 ** 31, 2 ** 53, 1e300, 'NaN', '-0', '1/3', '1/0', 'x', '', ' '];
const words = ['mean', 'same-upper', 'float32', 'int32', 'bool', 'conv1d', 'linear', null, true, false];
const values = fc.oneof(
  fc.constantFrom<Json[]>(...cells, ...words, [], {}, [1, 2], [[0, 1]], [[0, 1, 2]], ['a']),
  fc.constantFrom<Json[]>(
    { shape: [1], dtype: 'float64', data: [1] },
    { abs: 0, rel: 0.5, reason: 'r' },
    { shape: [2], dtype: 'uint8', data: [255, 256] },
  ),
);

const edits = fc.record({
  base: fc.constantFrom(...small),
  place: fc.nat(),
  value: values,
  how: fc.constantFrom('replace', 'remove', 'add'),
  name: fc.constantFrom('x', 'w', 'b', 'y', 'groups', 'tolerance', 'stride', 'more', 'constructor'),
});

function edited({
  base,
  place,
  value,
  how,
  name,
}: typeof edits extends fc.Arbitrary<infer T> ? T : never): Json {
  const all = places(base);
  return changed(base, all[place % all.length]!, at => {
    if (how === 'replace' || typeof at !== 'object' || at === null) return value;
    if (Array.isArray(at)) return how === 'add' ? [...at, value] : at.slice(1);
    if (how === 'add') return { ...at, [name]: value };
    return Object.fromEntries(Object.entries(at).slice(1));
  });
}

test('the file is what the build writes now', () => {
  expect(published).toBe(schemaText());
});

test('every pinned case fits it', () => {
  for (const op of pinnedOperators) {
    const lines = pinnedText(op).trimEnd().split('\n');
    expect(lines.filter(text => !lineSchema.safeParse(JSON.parse(text)).success)).toEqual([]);
    expect(validator.safeParse(JSON.parse(lines[0]!)).success).toBe(true);
  }
});

describe('what one accepts the other accepts', () => {
  test('a record with one thing changed, anywhere', () => {
    const seen = { accepted: 0, structure: 0, beyond: 0 };
    fc.assert(
      fc.property(edits, edit => {
        const one = edited(edit);
        const [error, fits] = [objection(one), lineSchema.safeParse(one).success];
        if (error === null) expect(fits).toBe(true);
        // What is beyond structure may hide a fault of structure further on.
        else if (!isBeyondStructure(error)) expect(fits, error.message).toBe(false);
        seen[error === null ? 'accepted' : fits ? 'beyond' : 'structure']++;
      }),
      { seed: 11, numRuns: 600 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });

  test('the file and what it was made from', () => {
    fc.assert(
      fc.property(edits, edit => {
        const one = edited(edit);
        expect(validator.safeParse(one).success).toBe(lineSchema.safeParse(one).success);
      }),
      { seed: 12, numRuns: 60 },
    );
  });

  test.each(['conv2d', 'linear', 'relu', 'max_pool2d', 'softmax_cross_entropy'])(
    'the parameters of %s',
    op => {
      const forms: Readonly<Record<string, Json[]>> = {
        relu: [{}, { slope: 1 }],
        max_pool2d: [true, false, 'true', 1, null].map(ceil_mode => ({
          ...{ kernel_size: [2, 2], stride: [2, 1], padding: 'valid', dilation: [1, 1], ceil_mode },
        })),
        softmax_cross_entropy: ['indices', 'one-hot', 0].map(target_kind => ({
          reduction: 'none',
          target_kind,
        })),
      };
      const target: Json = { shape: [2], dtype: 'int32', data: [0, 2] };
      const x: Json = { shape: [2, 3], dtype: 'float64', data: [1, 2, 3, 4, 5, 6] };
      for (const params of forms[op] ?? [{}, { stride: [1] }]) {
        const inputs = op === 'softmax_cross_entropy' ? { x, target } : { x };
        const bare = { ...(line('conv1d') as Record<string, Json>), upstream: null, outputs: {}, grads: {} };
        const one: Json = { ...bare, op, params, inputs };
        const error = objection(one);
        expect(validator.safeParse(one).success).toBe(error === null || isBeyondStructure(error));
      }
    },
  );
});
