/** Generated vectors: repeatable, readable, true, and hunting what they say. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateVectors, readVectors, writeVectors } from '../../../src/gate/index.js';
import { convScenarios } from '../../../src/gate/vectors/conv-scenarios.js';
import { writtenParams } from '../../../src/gate/vectors/format.js';
import { operatorNamed, operators } from '../../../src/ops/index.js';
import { verified } from './cases.js';

describe.each(operators.map(operator => operator.name))('%s', name => {
  const cases = [...generateVectors(name, { count: 15, seed: 7 })];

  test('every case agrees', () => {
    expect(verified(cases)).toMatchObject({ agreed: 15, failed: [], unsupported: [] });
    expect(cases.some(one => one.exact) && cases.some(one => !one.exact)).toBe(true);
  });

  test('what is written reads back, and is written the same again', () => {
    const text = writeVectors(cases);
    expect(readVectors(text)).toEqual(cases);
    expect(writeVectors(readVectors(text))).toBe(text);
  });

  test('the seed decides, and nothing else', () => {
    const text = (seed: number, count = 3) => writeVectors([...generateVectors(name, { count, seed })]);
    expect(text(7)).toBe(text(7));
    expect(text(8)).not.toBe(text(7));
    expect(text(7, 5).startsWith(text(7))).toBe(true);
  });

  test('every input that is there has its gradient', () => {
    for (const one of cases) expect(Object.keys(one.grads)).toEqual(Object.keys(one.inputs));
  });
});

test.each([1, 2, 3])('every trap of rank %i catches all that it hunts, whatever the seed', rank => {
  const traps = convScenarios(rank);
  for (let seed = 0; seed < (rank === 3 ? 3 : 15); seed++) {
    const cases = [...generateVectors(`conv${rank}d`, { count: traps.length, seed })];
    cases.forEach((one, k) => {
      expect([...one.flags].sort(), one.id).toEqual([traps[k]!.flag, ...traps[k]!.hunts!].sort());
    });
  }
});

test.each([
  ['unknown-operator', 'conv4d', 1, 1],
  ['bad-count', 'conv1d', 0, 1],
  ['bad-count', 'conv1d', 1.5, 1],
  ['bad-seed', 'conv1d', 1, -1],
  ['bad-seed', 'conv1d', 1, Number.NaN],
])('%s', (code, name, count, seed) => {
  expect(() => [...generateVectors(name, { count, seed })]).toThrow(expect.objectContaining({ code }));
});

test('parameters are written in their promised form, however they were given', () => {
  const written = writtenParams(operatorNamed('conv2d'), { stride: 2, padding: [1, [0, 2]] }, 2);
  expect(written).toEqual({
    stride: [2, 2],
    padding: [
      [1, 1],
      [0, 2],
    ],
    dilation: [1, 1],
    groups: 1,
  });
  expect(writtenParams(operatorNamed('subsample'), { step: 2 }, 2)).toEqual({ step: 2 });
});

test('every number comes back as it was, whatever it is', () => {
  const [one] = generateVectors('channel_sum', { count: 1, seed: 1 });
  const cells = fc.array(fc.oneof(fc.double(), fc.constantFrom('1/3', '-22/7')), {
    minLength: 6,
    maxLength: 6,
  });
  fc.assert(
    fc.property(cells, data => {
      const x = { shape: [1, 2, 3], dtype: 'float64' as const, data };
      const changed = { ...one!, inputs: { x }, outputs: {}, grads: {} };
      const [back] = readVectors(writeVectors([changed]));
      expect(back!.inputs.x!.data.every((value, k) => Object.is(value, data[k]))).toBe(true);
    }),
  );
});
