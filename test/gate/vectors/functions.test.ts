/** Functions in vectors: what is not finite, what is too long, what has no value, and how near a rounded value must be. */
import { describe, expect, test } from 'vitest';
import type { VectorCase, VectorNumber } from '../../../src/gate/index.js';
import { pinned, pinnedOperators, verified, withCell } from './cases.js';

const [sigmoid] = pinned('sigmoid');

const forward = (op: string, x: VectorNumber[], y: VectorNumber[]): VectorCase => {
  const tensor = (data: VectorNumber[]) => ({ shape: [data.length], dtype: 'float64' as const, data });
  const params = pinned(op)[0]!.params;
  const one = { ...sigmoid!, op, params, inputs: { x: tensor(x) }, outputs: { y: tensor(y) } };
  return { ...one, exact: false, upstream: null, grads: {} };
};

const { POSITIVE_INFINITY: up, NEGATIVE_INFINITY: down, NaN: none } = Number;

test.each<[string, number[], number[]]>([
  ['sigmoid', [up, down, none, 0], [1, 0, none, 0.5]],
  ['tanh', [up, down, none, 0], [1, -1, none, 0]],
  ['relu', [up, down, none, -2], [up, 0, none, 0]],
  ['exp', [up, down, none, 0], [up, 0, none, 1]],
  ['exp', [1000, -1000], [up, 0]],
  ['softplus', [710, 1e6, -800], [710, 1e6, 0]],
])('%s of %j', (op, x, y) => {
  expect(verified([forward(op, x, y)])).toMatchObject({ agreed: 1, failed: [], unsupported: [] });
  for (const [k, value] of y.entries()) {
    const wrong = [...y];
    wrong[k] = Number.isFinite(value) ? value * 1.5 + 1 : 7;
    expect(verified([forward(op, x, wrong)]).failed).toMatchObject([{ tensor: 'y', index: [k] }]);
  }
});

describe('cannot be judged', () => {
  const cells = new Array<number>(120_000).fill(2);

  test.each<[string, VectorCase, RegExp]>([
    ['a function of too many cells', forward('relu', cells, cells), /shape-too-large/],
    ['a logarithm of 0', forward('log', [0, 1], [down, 0]), /too-many-digits/],
    ['exp of a number beyond all digits', forward('softplus', [1e300], [1e300]), /too-many-digits/],
    ['a logarithm of a negative number', forward('log', [-1], [none]), /too-many-digits/],
  ])('%s', (_, one, reason) => {
    const report = verified([one]);
    expect(report).toMatchObject({ agreed: 0, failed: [] });
    expect(report.unsupported[0]!.reason).toMatch(reason);
  });
});

/** The first case in float64 that is compared within a bound, and has a cell that is not 0. */
const rounded = pinnedOperators.flatMap(op => {
  const one = pinned(op).find(
    ({ exact, tolerance, outputs }) =>
      !exact && !tolerance && outputs.y!.dtype === 'float64' && outputs.y!.data.some(value => value !== 0),
  );
  return one ? [[op, one] as const] : [];
});

test.each(rounded)('%s: a relative error of 1e-8 in the largest cell is seen', (_, one) => {
  const results = [['y', one.outputs.y!] as const, ...Object.entries(one.grads)];
  for (const [name, tensor] of results) {
    const sizes = tensor.data.map(value => Math.abs(Number(value)));
    const largest = Math.max(...sizes);
    if (largest === 0 || !Number.isFinite(largest)) continue;
    const cell = sizes.indexOf(largest);
    const moved = withCell(tensor, cell, Number(tensor.data[cell]) * (1 + 1e-8));
    const report = verified([
      name === 'y'
        ? { ...one, outputs: { y: moved }, grads: {} }
        : { ...one, outputs: {}, grads: { [name]: moved } },
    ]);
    expect(report.failed).toMatchObject([{ tensor: name === 'y' ? 'y' : `d${name}`, by: 'definition' }]);
  }
});
