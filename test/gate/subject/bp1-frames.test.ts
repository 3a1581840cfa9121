import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../../src/error.js';
import { Decoder } from '../../../src/gate/subject/bp1/decoder.js';
import { encodeFrame, type Header } from '../../../src/gate/subject/bp1/header.js';
import { readReply, runFrame } from '../../../src/gate/subject/bp1/messages.js';
import { sampleTensor } from '../../../src/gate/subject/bp1/sample-call.js';
import { bytesOf, listed, readList, swapped, tensorsOf } from '../../../src/gate/subject/bp1/tensors.js';
import type { WireDType } from '../../../src/gate/subject/subject.js';
import { WIRE_DTYPES } from '../../../src/gate/subject/wire-arrays.js';
import { callOf } from './calls.js';

const LIMITS = { header: 200, payload: 1000 };

/** The frames of a stream that comes in these chunks, and the breach that ends it. */
function decoded(chunks: readonly Uint8Array[], limits = LIMITS) {
  const decoder = new Decoder(limits, header => header);
  const frames: { message: Header; payload: number[] }[] = [];
  for (const chunk of chunks) {
    const { frames: more, error } = decoder.push(chunk);
    frames.push(...more.map(({ message, payload }) => ({ message, payload: [...payload] })));
    if (error) return { frames, code: error.code, unfinished: null };
  }
  return { frames, code: null, unfinished: decoder.unfinished() };
}

/** Cuts bytes at these places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [0, ...places.map(place => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, k) => bytes.subarray(at[k], end));
}

const places = fc.array(fc.nat(2000), { maxLength: 20 });
const frame = fc
  .tuple(
    fc.constantFrom('ok', 'skip'),
    fc.nat(99),
    fc.string({ maxLength: 8, unit: 'grapheme' }),
    fc.uint8Array({ maxLength: 50 }),
  )
  .map(([t, id, why, payload]) => ({ t, id, fields: { why }, payload }));
const bytesOfFrames = (list: readonly (typeof frame extends fc.Arbitrary<infer F> ? F : never)[]) =>
  Buffer.concat(list.flatMap(({ t, id, fields, payload }) => encodeFrame(t, id, fields, [payload])));

describe('a stream of frames', () => {
  test('comes out as it went in, however it is cut', () => {
    const same = fc.property(fc.array(frame, { maxLength: 4 }), places, (list, at) => {
      const expected = list.map(({ payload, t, id, fields }) => ({
        message: { t, id, pay: payload.length, fields },
        payload: [...payload],
      }));
      const found = decoded(cut(bytesOfFrames(list), at), { header: 1000, payload: 1000 });
      expect(found).toEqual({ frames: expected, code: null, unfinished: null });
    });
    fc.assert(same, { seed: 42, numRuns: 300 });
  });

  test('is the same up to its first breach, however it is cut', () => {
    const garbage = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .constantFrom('{"t":"ok","id":1,"pay":1001}\n', '{"t":"ok"}\n', '{}\n', `{"t":"${'x'.repeat(250)}`)
        .map(text => Buffer.from(text)),
    );
    const same = fc.property(fc.array(frame, { maxLength: 2 }), garbage, places, (list, end, at) => {
      const bytes = Buffer.concat([bytesOfFrames(list), end]);
      const whole = decoded([bytes]);
      expect(decoded(cut(bytes, at))).toEqual(whole);
      expect(decoded([...bytes].map(byte => Uint8Array.of(byte)))).toEqual(whole);
      if (whole.code !== null) expect(whole.code).toMatch(/^bp1-/);
    });
    fc.assert(same, { seed: 43, numRuns: 300 });
  });

  test('nothing after a breach is read', () => {
    const decoder = new Decoder(LIMITS, header => header);
    const first = decoder.push(Buffer.from('hello\n'));
    expect(first.error).toMatchObject({ code: 'bp1-no-frame' });
    const [whole] = encodeFrame('ok', 1, {});
    expect(decoder.push(whole!)).toEqual({ frames: [], error: first.error });
  });

  test('says what it waits for', () => {
    expect(decoded([Buffer.from('{"t":"ok"')]).unfinished).toBe('a header without its end: {"t":"ok"');
    expect(decoded([Buffer.from('{"t":"ok","id":1,"pay":3}\nab')]).unfinished).toBe(
      '2 of 3 bytes of a payload',
    );
  });

  test('a payload above the limit is refused by its header alone; up to the limit all is well', () => {
    const head = (pay: number) => [Buffer.from(`{"t":"ok","id":1,"pay":${pay}}\n`)];
    expect(decoded(head(1000)).code).toBe(null);
    expect(decoded(head(1001)).code).toBe('bp1-payload-too-large');
    expect(decoded(head(2 ** 53)).code).toBe('bp1-type');
  });

  test.each([0, 1])('a header of %i bytes more than the limit', more => {
    const shell = '{"t":"ok","id":1,"pay":0,"x":""}'.length;
    const [line] = encodeFrame('ok', 1, { x: 'x'.repeat(LIMITS.header - shell + more) });
    expect(decoded([line!]).code).toBe(more === 0 ? null : 'bp1-header-too-long');
  });
});

describe('replies', () => {
  /** Any JSON, and entries that are nearly right. */
  const entry = fc.record(
    {
      name: fc.oneof(fc.constantFrom('y', 'dx', 'z'), fc.jsonValue()),
      dtype: fc.oneof(fc.constantFrom('f64', 'bool', 'float64'), fc.jsonValue()),
      shape: fc.oneof(
        fc.array(fc.oneof(fc.nat(3), fc.double(), fc.constant(2 ** 40)), { maxLength: 3 }),
        fc.jsonValue(),
      ),
      nbytes: fc.oneof(fc.nat(64), fc.jsonValue()),
      other: fc.constant(1),
    },
    { requiredKeys: ['name', 'dtype', 'shape', 'nbytes'] },
  );
  const out = fc.oneof(fc.array(entry, { maxLength: 3 }), fc.jsonValue());
  const [any, code] = [fc.jsonValue(), fc.oneof(fc.constantFrom('oom', 'version'), fc.jsonValue())];
  const fields = fc.oneof(
    fc.record({ out, ns: any }, { requiredKeys: ['out'] }),
    fc.record({ why: fc.oneof(fc.string(), any) }),
    fc.record({ code, msg: any, want: any }, { requiredKeys: ['code'] }),
    fc.dictionary(fc.string(), any),
  );

  test('of any form are read or break the protocol; nothing else happens', () => {
    const seen = new Set<string>();
    const held = fc.property(
      fc.constantFrom('ok', 'skip', 'err', 'ready'),
      fields,
      fc.nat(64),
      (t, some, pay) => {
        try {
          seen.add(readReply({ t, id: 1, pay, fields: some }, 1).kind);
        } catch (error) {
          expect(error).toBeInstanceOf(BackproofError);
          seen.add((error as BackproofError).code);
        }
      },
    );
    fc.assert(held, { seed: 44, numRuns: 3000 });
    for (const code of ['bp1-key', 'bp1-type', 'bp1-frame', 'bp1-code', 'bp1-name'])
      expect(seen).toContain(code);
  });
});

describe('tensors', () => {
  const shapes = [[], [1], [0, 3], [2, 3]];

  test.each<WireDType>(WIRE_DTYPES)('%s comes back bit for bit, from any place in a payload', dtype => {
    const tensors = shapes.flatMap(shape => [sampleTensor(shape, 'uint8'), sampleTensor(shape, dtype)]);
    const names = tensors.map((_, k) => `x${k}`);
    const list = tensors.map((one, k) => listed(names[k]!, one));
    const payload = Buffer.concat(tensors.map((one, k) => bytesOf(names[k]!, one)));
    const read = readList(JSON.parse(JSON.stringify(list)), names, payload.length, 'list');
    expect(Object.values(tensorsOf(read, payload))).toEqual(tensors);
  });

  test('views with a byteOffset, NaN payloads and -0 go over as they are', () => {
    const data = new Float64Array(new ArrayBuffer(32), 8, 3);
    new Uint32Array(data.buffer).set([0x1234, 0x7ff80000], 2);
    data[1] = -0;
    data[2] = Number.NEGATIVE_INFINITY;
    const x = { shape: [3], dtype: 'float64', data } as const;
    const back = tensorsOf([{ ...listed('x', x), name: 'x' }], bytesOf('x', x)).x!;
    expect([...new Uint32Array(back.data.buffer)]).toEqual([...new Uint32Array(data.buffer, 8, 6)]);
  });

  test('are little-endian on the wire', () => {
    expect([...bytesOf('x', { shape: [], dtype: 'int32', data: Int32Array.of(0x01020304) })]).toEqual([
      4, 3, 2, 1,
    ]);
    expect([...swapped(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 4)]).toEqual([4, 3, 2, 1, 8, 7, 6, 5]);
    expect([...swapped(Uint8Array.of(1, 2), 1)]).toEqual([1, 2]);
  });
});

test('a run lists keys in the promised order, in ASCII', () => {
  const call = callOf('relu', { id: 'größer', want: { y: { shape: [3], dtype: 'float32' } } });
  const [header, payload] = runFrame(5, call);
  expect(Buffer.from(header!).toString('latin1')).toBe(
    '{"t":"run","id":5,"pay":24,"case":"gr\\u00f6\\u00dfer","op":"relu","pass":"forward","params":{},' +
      '"in":[{"name":"x","dtype":"f64","shape":[3],"nbytes":24}],"want":[{"name":"y","dtype":"f32","shape":[3]}]}\n',
  );
  expect(payload).toHaveLength(24);
});
