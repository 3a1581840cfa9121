/** Results written into memory that holds something already. */
import { describe, expect, test } from 'vitest';
import type { WireTensor, WireTensors } from '../../../../src/gate/subject/subject.js';
import type { Params } from '../../../../src/ops/index.js';
import { caseOf, judged, messages, type Plan, subjectOf, verdicts } from './judging.js';
import { libraryKernel } from './library-kernel.js';

const plan: Plan = {
  shapes: { x: [2, 3, 5], w: [4, 3, 2], b: [4] },
  params: { stride: [2], padding: [[1, 0]], dilation: [1], groups: 1 },
};

/** Puts a result where it was asked for; `result` is right. */
type Put = (result: WireTensor, out: WireTensor, name: string, inputs: WireTensors) => unknown;

function putting(put: Put) {
  const right = libraryKernel('conv1d');
  return {
    forward(inputs: WireTensors, params: Params, out?: WireTensor) {
      const y = right.forward(inputs, params);
      return out ? put(y, out, 'y', inputs) : y;
    },
    backward(inputs: WireTensors, upstream: WireTensor, params: Params, out?: WireTensors) {
      const gradients = right.backward(inputs, upstream, params);
      if (!out) return gradients;
      for (const [name, gradient] of Object.entries(gradients)) put(gradient, out[name]!, `d${name}`, inputs);
      return undefined;
    },
  };
}

const judge = (put: Put) =>
  judged(subjectOf('conv1d', putting(put), { out: true }), caseOf('out', 'conv1d', plan));

const all = (verdict: string) => ({ y: verdict, dx: verdict, dw: verdict, db: verdict });
const set: Put = (result, out) => out.data.set(result.data);
const only =
  (one: string, put: Put): Put =>
  (result, out, name, inputs) =>
    (name === one ? put : set)(result, out, name, inputs);

/** The memory of a result as far as it goes. */
const memory = ({ data }: WireTensor) => new Float64Array(data.buffer as ArrayBuffer, data.byteOffset % 8);
const start = ({ data }: WireTensor) => (data.byteOffset - (data.byteOffset % 8)) / 8;

describe('a right kernel writes everything and nothing else', () => {
  test.each<[string, Put]>([
    ['and returns nothing', set],
    [
      'and returns it',
      (result, out) => {
        out.data.set(result.data);
        return out;
      },
    ],
    [
      'in two steps',
      (result, out) => {
        out.data.fill(0);
        result.data.forEach((value, k) => {
          out.data[k]! += value;
        });
      },
    ],
  ])('%s', async (_, put) => {
    const outcome = await judge(put);
    expect(messages(outcome)).toEqual([]);
    expect(verdicts(outcome)).toEqual(all('agreed'));
    expect(outcome.calls).toBe(8);
  });

  test('and may give fewer gradients than there are', async () => {
    const right = putting(set);
    const without = {
      ...right,
      backward: (inputs: WireTensors, upstream: WireTensor, params: Params, out?: WireTensors) => {
        const { w, ...others } = libraryKernel('conv1d').backward(inputs, upstream, params);
        if (!out) return others;
        for (const [name, one] of Object.entries(others)) out[name]!.data.set(one.data);
        return undefined;
      },
    };
    const outcome = await judged(subjectOf('conv1d', without, { out: true }), caseOf('out', 'conv1d', plan));
    expect(verdicts(outcome)).toEqual({ ...all('agreed'), dw: 'skipped' });
  });
});

const planted: readonly [says: string, put: Put, found: object, message: RegExp][] = [
  [
    'adds to what is there',
    (result, out) =>
      result.data.forEach((value, k) => {
        out.data[k]! += value;
      }),
    all('mismatch'),
    /^y is added to what was there, with an out that was filled before$/u,
  ],
  [
    'multiplies what is there by 0',
    (result, out) =>
      result.data.forEach((value, k) => {
        out.data[k] = 0 * out.data[k]! + value;
      }),
    all('mismatch'),
    /^y depends on what was there,/u,
  ],
  [
    'leaves the last cell of dw',
    only('dw', (result, out) => out.data.set(result.data.subarray(0, -1))),
    { ...all('agreed'), dw: 'unwritten' },
    /^a cell of dw is left as it was/u,
  ],
  [
    'leaves out cells that are 0',
    only('dx', (result, out) =>
      result.data.forEach((value, k) => {
        if (value !== 0) out.data[k] = value;
      }),
    ),
    { ...all('agreed'), dx: 'unwritten' },
    /^a cell of dx is left/u,
  ],
  ['returns other memory', result => result, all('unwritten'), /^a cell of y is left/u],
  [
    'puts other memory in the place of it',
    (result, out) => {
      (out as { data: unknown }).data = result.data;
    },
    all('unwritten'),
    /^a cell of y is left/u,
  ],
  [
    'writes one cell too many',
    only('y', (result, out) => {
      out.data.set(result.data);
      memory(out)[start(out) + out.data.length] = 0;
    }),
    { ...all('agreed'), y: 'mutated-input' },
    /^the kernel writes outside of out\.y /u,
  ],
  [
    'starts one cell too early',
    only('db', (result, out) => {
      memory(out).set(result.data, start(out) - 1);
      out.data.set(result.data);
    }),
    { ...all('agreed'), db: 'mutated-input' },
    /^the kernel writes outside of out\.db /u,
  ],
  [
    'takes x for scratch',
    only('y', (result, out, _name, { x }) => {
      out.data.set(result.data);
      x!.data[3] = 0;
    }),
    { ...all('agreed'), y: 'mutated-input' },
    /^the kernel writes to x /u,
  ],
  [
    'writes it all one cell later',
    only('dx', (result, out) =>
      result.data.forEach((value, k) => {
        out.data[(k + 1) % out.data.length] = value;
      }),
    ),
    { ...all('agreed'), dx: 'mismatch' },
    /^dx is wrong with an out/u,
  ],
  [
    'keeps the larger of both',
    only('y', (result, out) =>
      result.data.forEach((value, k) => {
        out.data[k] = Math.max(value, out.data[k]!);
      }),
    ),
    { ...all('agreed'), y: 'mismatch' },
    /^y depends on what was there/u,
  ],
];

describe('a kernel is refused that', () => {
  test.each(planted)('%s', async (_, put, found, message) => {
    const outcome = await judge(put);
    expect(verdicts(outcome)).toEqual(found);
    expect(messages(outcome)[0]).toMatch(message);
  });
});
