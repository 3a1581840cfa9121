import { expect, test } from 'vitest';
import { RIGHT } from '../../../src/gate/mutants/catalogue.js';
import { mutantOf } from '../run/kernels.js';
import { falseAlarms } from './search.js';

const tell = () => {};

test('right kernels are judged in every style and type, without an alarm', async () => {
  const kernels = RIGHT.filter(({ op }) => op === 'conv2d');
  const tried = await falseAlarms({ runs: 90, seed: 3, kernels, tell });
  expect(tried.map(({ name }) => name)).toEqual([
    ...['direct', 'columns', 'pairwise', 'kahan', 'scatter', 'blocked'].flatMap(style => [
      `conv2d ${style} float64`,
      `conv2d ${style} float32`,
    ]),
    ...['conv2d float32 float32', 'conv2d winograd float64', 'conv2d winograd-float32 float32'],
  ]);
  for (const { agreed, configurations, alarms } of tried) {
    expect(alarms).toEqual([]);
    expect(agreed).toBe(configurations);
  }
});

test('a wrong kernel among them raises an alarm, and one that declines says nothing', async () => {
  const kernel = (id: string) => ({ op: 'conv2d', style: id, kernel: () => mutantOf('conv2d', id) });
  const [wrong, , silent] = await falseAlarms({
    runs: 40,
    seed: 3,
    kernels: [kernel('X17-percent'), kernel('H8')],
    tell,
  });
  expect(wrong!.alarms.length).toBeGreaterThan(3);
  expect(wrong!.alarms[0]).toMatch(/^conv2d X17-percent float64 dx mismatch .*: conv2d x=/u);
  expect(silent!.agreed).toBe(0);
});
