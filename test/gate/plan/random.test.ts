import { describe, expect, test } from 'vitest';
import { callOf } from '../../../src/gate/plan/call.js';
import type { Configuration } from '../../../src/gate/plan/gate-case.js';
import { exampleCalls, randomConfigurations } from '../../../src/gate/plan/random.js';
import { slidingKind } from '../../../src/gate/plan/sliding-call.js';
import { supports } from '../../../src/gate/plan/support.js';
import { DEFAULTS, type Declares, type Supports } from '../../../src/gate/subject/declares.js';
import { operatorNamed, operators } from '../../../src/ops/index.js';
import { size } from '../../../src/tensor/index.js';

const names = operators.map(({ name }) => name);
const sliding = names.filter(name => slidingKind(name));
const declaring = (own: Partial<Supports>): Declares => ({
  ...DEFAULTS,
  supports: { ...DEFAULTS.supports, ...own },
});

const cellsOf = (op: string, one: Configuration): number => size(callOf(operatorNamed(op), one)!.output);

describe('without declarations', () => {
  test.each(names)('%s: calls of the default domain, small, the same for the same seed', async op => {
    const calls = await randomConfigurations(op, 5, 300, DEFAULTS);
    expect(calls).toHaveLength(300);
    expect(calls.filter(one => callOf(operatorNamed(op), one) === null)).toEqual([]);
    expect(await randomConfigurations(op, 5, 300, DEFAULTS)).toEqual(calls);
    if (sliding.includes(op)) {
      expect(Math.max(...calls.map(one => cellsOf(op, one)))).toBeLessThanOrEqual(400);
      expect(await randomConfigurations(op, 6, 300, DEFAULTS)).not.toEqual(calls);
    }
  });

  test('none where none are asked for', async () => {
    expect(await randomConfigurations('conv2d', 1, 0, DEFAULTS)).toEqual([]);
  });

  test('an operator without a plan gives its examples in turn', async () => {
    const examples = exampleCalls('softmax');
    expect(await randomConfigurations('softmax', 1, 6, DEFAULTS)).toEqual([
      ...examples,
      ...examples.slice(0, 2),
    ]);
  });

  test('conv2d: every trap is among 300 calls', async () => {
    const padding = [0, 1, 2, 3, 'same-upper', 'same-lower', 'valid'] as const;
    const declares = { ...DEFAULTS, supports: { ...DEFAULTS.supports, padding } };
    const calls = await randomConfigurations('conv2d', 1, 300, declares);
    const list = (one: Configuration, name: string) => [one.params[name]].flat(2);
    const some = (is: (one: Configuration) => boolean) => calls.filter(is).length;
    expect({
      modes: new Set(calls.map(({ params }) => params.padding).filter(value => typeof value === 'string'))
        .size,
      groups: some(({ params }) => params.groups === 3) > 20,
      depthwise:
        some(
          ({ shapes, params }) => params.groups !== 1 && shapes.w![1] === 1 && shapes.w![0]! > shapes.x![1]!,
        ) > 5,
      bias:
        some(({ shapes }) => shapes.b === undefined) > 100 &&
        some(({ shapes }) => shapes.b !== undefined) > 100,
      dilation: some(one => list(one, 'dilation').includes(3)) > 100,
      beyond: some(({ shapes }) => shapes.w![2]! > shapes.x![2]!) > 20,
      one: some(({ shapes }) => shapes.x![3] === 1) > 20,
      batch: some(({ shapes }) => shapes.x![0]! > 1) > 100,
    }).toEqual({
      modes: 3,
      groups: true,
      depthwise: true,
      bias: true,
      dilation: true,
      beyond: true,
      one: true,
      batch: true,
    });
  });
});

describe('within declarations', () => {
  const narrow: readonly Partial<Supports>[] = [
    { stride: [1], groups: [1] },
    { stride: [4], dilation: [5] },
    { padding: 'symmetric' },
    { padding: [0] },
    { padding: [3], stride: [2] },
    { padding: [7], dilation: [1] },
    { groups: [4, 6], dilation: [16] },
    { maxRank: 3 },
  ];

  test.each(sliding)('%s', async op => {
    for (const own of narrow) {
      const declares = declaring(own);
      const calls = await randomConfigurations(op, 3, 100, declares);
      expect(calls).toHaveLength(100);
      const refused = calls.filter(
        one => callOf(operatorNamed(op), one) === null || supports(declares, operatorNamed(op), one) !== null,
      );
      expect({ own, refused }).toEqual({ own, refused: [] });
    }
  });

  test('the strides that are declared are all drawn', async () => {
    const calls = await randomConfigurations('conv1d', 1, 100, declaring({ stride: [2, 5] }));
    expect(new Set(calls.map(({ params }) => String(params.stride)))).toEqual(new Set(['2', '5']));
  });

  test('none where the kernel takes none', async () => {
    expect(await randomConfigurations('conv3d', 1, 10, declaring({ maxRank: 2 }))).toEqual([]);
    expect(await randomConfigurations('conv1d', 1, 10, declaring({ stride: [] }))).toEqual([]);
    expect(await randomConfigurations('im2col', 1, 10, declaring({ stride: [7] }))).toEqual([]);
  });

  test('relu on as many axes as declared', async () => {
    const calls = await randomConfigurations('relu', 1, 50, declaring({ maxRank: 1 }));
    expect(calls.filter(({ shapes }) => shapes.x!.length !== 1)).toEqual([]);
    expect(calls).toHaveLength(50);
  });
});
