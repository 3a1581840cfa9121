/** Right kernels on real numbers: within the bounds that are known for the way in which they compute. */
import { describe, expect, test } from 'vitest';
import { RIGHT } from '../../../src/gate/mutants/catalogue.js';
import { numbersOf, tensorOf } from '../../../src/gate/mutants/operands.js';
import type { WireDType, WireTensor, WireTensors } from '../../../src/gate/subject/subject.js';
import { randomFrom } from '../../../src/gate/vectors/random.js';
import { type Configuration, configurations } from './configurations.js';

const UNIT = { float64: 2 ** -53, float32: 2 ** -24 } as const;
const random = randomFrom('real numbers');

/** Fractions between -1 and 1 that use every digit of the element type. */
const realTensor = ({ shape, data }: WireTensor, dtype: WireDType): WireTensor =>
  tensorOf(
    shape,
    Array.from(data, () => random.integer(-(2 ** 24), 2 ** 24) / (3 * 2 ** 24)),
    dtype,
  );

const realCall = (call: Configuration, dtype: WireDType): WireTensors =>
  Object.fromEntries(Object.entries(call.inputs).map(([name, one]) => [name, realTensor(one, dtype)]));

const widened = (inputs: WireTensors): WireTensors =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, one]) => [name, tensorOf(one.shape, numbersOf(one), 'float64')]),
  );

/** Terms of a cell, and the bias. */
const termsOf = ({ w }: WireTensors): number => w!.shape.slice(1).reduce((a, b) => a * b, 1) + 1;

/** Twice: the reference, which is a float64 sum, is off as well. Every value is at most 1 in size. */
function boundOf(style: string, inputs: WireTensors, unit: number): number {
  const [terms, channels] = [termsOf(inputs), inputs.w!.shape[1]!];
  return 2 * unit * (style.startsWith('winograd') ? 81 * channels * (channels + 12) : terms * (terms + 1));
}

const reference = RIGHT.find(({ op, style }) => op === 'conv2d' && style === 'direct')!;
const others = RIGHT.filter(({ op, style }) => op === 'conv2d' && style !== 'direct');

describe.each(others)('conv2d, $style, on real numbers', ({ style, kernel }) => {
  const fixed = style.startsWith('winograd')
    ? { kernel: 3, stride: 1, dilation: 1, isDense: true }
    : { isDense: true };
  const calls = configurations('conv2d', 'real', 40, fixed);
  const dtype = kernel().declares.accumulate === 'float32' ? 'float32' : 'float64';
  const results = calls.map(call => {
    const inputs = realCall(call, dtype);
    const got = numbersOf(kernel().forward(inputs, call.params));
    const expected = numbersOf(reference.kernel().forward(widened(inputs), call.params));
    const error = Math.max(...got.map((value, k) => Math.abs(value - expected[k]!)));
    return { error, bound: boundOf(style, inputs, UNIT[dtype]) };
  });

  test('stays within its bound', () => {
    expect(results.filter(({ error, bound }) => !(error <= bound))).toEqual([]);
  });

  test('differs from the direct sums in the last digits, so that it is a test of tolerance', () => {
    expect(results.some(({ error }) => error > 0)).toBe(style !== 'columns');
  });
});
