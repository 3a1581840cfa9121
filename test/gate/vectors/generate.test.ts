/** Generated vectors: repeatable, readable, true, and hunting what they say. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readVectors, writeVectors } from '../../../src/gate/index.js';
import { convScenarios } from '../../../src/gate/vectors/conv-scenarios.js';
import { writtenParams } from '../../../src/gate/vectors/format.js';
import { generateVectors } from '../../../src/gate/vectors.js';
import { operatorNamed, operators } from '../../../src/ops/index.js';
import { precision, verified } from './cases.js';

describe.each(operators.map(operator => operator.name))('%s', name => {
  const cases = [...generateVectors(name, { count: 4, seed: 7 }, precision)];

  test('every case agrees', () => {
    expect(verified(cases)).toMatchObject({ agreed: 4, failed: [], unsupported: [] });
  });

  test('what is written reads back, and is written the same again', () => {
    const text = writeVectors(cases);
    expect(readVectors(text)).toEqual(cases);
    expect(writeVectors(readVectors(text))).toBe(text);
  });

  test('the seed decides, and nothing else', () => {
    const text = (seed: number, count: number) =>
      writeVectors([...generateVectors(name, { count, seed }, precision)]);
    expect(text(7, 2)).toBe(writeVectors(cases.slice(0, 2)));
    expect(text(8, 1)).not.toBe(text(7, 1));
  });

  test('every input that is there has its gradient', () => {
    for (const { inputs, grads } of cases) {
      const real = Object.keys(inputs).filter(input => inputs[input]!.dtype !== 'int32');
      expect(Object.keys(grads)).toEqual(real);
    }
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
