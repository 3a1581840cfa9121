import { describe, expect, test } from 'vitest';
import { MUTANTS, RIGHT } from '../../../src/gate/mutants/catalogue.js';
import type { ModuleKernel } from '../../../src/gate/mutants/kernel.js';
import type { WireTensor } from '../../../src/gate/subject/subject.js';

const tensor = (shape: readonly number[], data: readonly number[]): WireTensor => ({
  ...{ shape, data: Float64Array.from(data), dtype: 'float64' },
});

const planted = (id: string): ModuleKernel =>
  MUTANTS.find(mutant => mutant.op === 'linear' && mutant.id === id)!.kernel('direct');

const call = () => ({ x: tensor([1, 2], [2, 3]), w: tensor([2, 2], [1, 4, 5, 7]), b: tensor([2], [10, 20]) });
const y = (kernel: ModuleKernel) => [...kernel.forward(call(), {}).data];
const xBar = (kernel: ModuleKernel, yBar: readonly number[]) => [
  ...kernel.backward(call(), tensor([1, 2], yBar), {}).x!.data,
];

describe('misbehaviour, by hand on one dense layer', () => {
  test('the right kernel', () => {
    const right = RIGHT.find(({ op }) => op === 'linear')!.kernel();
    expect(y(right)).toEqual([24, 51]);
    expect(xBar(right, [1, 2])).toEqual([11, 18]);
  });

  test.each([
    ['H1', [2, 3]],
    ['H1-constant', [3, 3]],
    ['H1-zeros', [0, 0]],
    ['H5', [Number.NaN, 51]],
  ])('%s: the output', (id, expected) => {
    expect(y(planted(id))).toEqual(expected);
  });

  test.each([
    ['H2', 'x', [3, 3]],
    ['H2-weights', 'w', [2, 4, 5, 7]],
  ] as const)('%s: %s after a forward call', (id, name, expected) => {
    const inputs = call();
    expect([...planted(id).forward(inputs, {}).data]).toEqual([24, 51]);
    expect([...inputs[name].data]).toEqual(expected);
  });

  test('H2-upstream: yBar after a backward call', () => {
    const yBar = tensor([1, 2], [1, 2]);
    planted('H2-upstream').backward(call(), yBar, {});
    expect([...yBar.data]).toEqual([2, 2]);
  });

  test('H3: the first call is right, the second is not', () => {
    const kernel = planted('H3');
    expect([y(kernel), y(kernel)]).toEqual([
      [24, 51],
      [-23, -50],
    ]);
  });

  test('H4: the last cell differs from call to call', () => {
    const kernel = planted('H4');
    expect([y(kernel), y(kernel)]).toEqual([
      [24, 1000],
      [24, 1001],
    ]);
  });

  test('H6: an axis too many', () => {
    expect(planted('H6').forward(call(), {}).shape).toEqual([1, 1, 2]);
  });

  test('H7: right for its probes alone', () => {
    expect(xBar(planted('H7'), [1, 1])).toEqual([6, 11]);
    expect(xBar(planted('H7'), [1, 2])).toEqual([-10, -17]);
    expect(xBar(planted('H7-one-hot'), [0, 2])).toEqual([10, 14]);
    expect(xBar(planted('H7-one-hot'), [1, 1])).toEqual([-5, -10]);
  });

  test('H8: declined by the code that skips a case', () => {
    expect(() => y(planted('H8'))).toThrow(expect.objectContaining({ code: 'unsupported' }));
    expect(() => xBar(planted('H8'), [1, 2])).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });
});
