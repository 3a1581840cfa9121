import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../../src/gate/subject/declares.js';
import { readDeclares } from '../../../src/gate/subject/read-declares.js';

test('nothing said is the default', () => {
  expect(readDeclares(undefined, 'k')).toEqual(DEFAULTS);
  expect(readDeclares({}, 'k')).toEqual(DEFAULTS);
  expect(readDeclares({ dtypes: undefined, supports: { stride: undefined } }, 'k')).toEqual(DEFAULTS);
});

test('everything said', () => {
  const all = {
    dtypes: ['float64', 'float32', 'float16', 'bfloat16', 'int32', 'uint8', 'bool'],
    accumulate: 'float32',
    arithmetic: 'inexact',
    ties: 'split',
    kink: 0.5,
    deterministic: true,
    strides: true,
    out: true,
    specialValues: true,
    supports: { stride: [1, 2], padding: [0, 1, 'same-lower'], dilation: [1], groups: [1, 4], maxRank: 2 },
  };
  expect(readDeclares(all, 'k')).toEqual(all);
  expect(readDeclares({ supports: { padding: 'symmetric' } }, 'k').supports).toEqual({
    ...DEFAULTS.supports,
    padding: 'symmetric',
  });
});

const bad: readonly [value: unknown, path: string][] = [
  [null, 'declares'],
  [[], 'declares'],
  ['float64', 'declares'],
  [{ dtype: ['float64'] }, 'declares'],
  [{ dtypes: 'float64' }, 'declares.dtypes'],
  [{ dtypes: [] }, 'declares.dtypes'],
  [{ dtypes: ['float64', 'f32'] }, 'declares.dtypes[1]'],
  [{ dtypes: ['float32', 'float64', 'float32'] }, 'declares.dtypes[2]'],
  [{ dtypes: new Array(1) }, 'declares.dtypes[0]'],
  [{ accumulate: null }, 'declares.accumulate'],
  [{ arithmetic: 'fast' }, 'declares.arithmetic'],
  [{ ties: 'both' }, 'declares.ties'],
  [{ kink: 0.25 }, 'declares.kink'],
  [{ kink: '0' }, 'declares.kink'],
  [{ deterministic: 1 }, 'declares.deterministic'],
  [{ strides: 'yes' }, 'declares.strides'],
  [{ out: null }, 'declares.out'],
  [{ specialValues: [] }, 'declares.specialValues'],
  [{ supports: [] }, 'declares.supports'],
  [{ supports: { strides: [1] } }, 'declares.supports'],
  [{ supports: { stride: [0] } }, 'declares.supports.stride[0]'],
  [{ supports: { stride: [1, 1.5] } }, 'declares.supports.stride[1]'],
  [{ supports: { stride: 1 } }, 'declares.supports.stride'],
  [{ supports: { stride: [] } }, 'declares.supports.stride'],
  [{ supports: { dilation: ['1'] } }, 'declares.supports.dilation[0]'],
  [{ supports: { groups: [Number.NaN] } }, 'declares.supports.groups[0]'],
  [{ supports: { padding: [-1] } }, 'declares.supports.padding[0]'],
  [{ supports: { padding: 'same' } }, 'declares.supports.padding'],
  [{ supports: { padding: [0, 'same'] } }, 'declares.supports.padding[1]'],
  [{ supports: { maxRank: 0 } }, 'declares.supports.maxRank'],
];

describe('anything else is refused, with its place', () => {
  test.each(bad)('%j', (value, path) => {
    const error = { name: 'BackproofError', code: 'bad-declares', where: `k: ${path}`, data: { path } };
    expect(() => readDeclares(value, 'k')).toThrow(expect.objectContaining(error));
  });
});
