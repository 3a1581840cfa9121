import { describe, expect, test } from 'vitest';
import type { IntegerParameter } from '../../src/tensor/index.js';
import { checkInteger, parsePerAxis, perAxis } from '../../src/tensor/index.js';
import { thrown } from './thrown.js';

describe('perAxis', () => {
  test('one number stands for every axis; a list is taken as it is', () => {
    expect(perAxis(2, 3, 'stride')).toEqual([2, 2, 2]);
    expect(perAxis([1, 2, 3], 3, 'dilation')).toEqual([1, 2, 3]);
    expect([perAxis(2, 0, 'stride'), perAxis([], 0, 'stride')]).toEqual([[], []]);
    expect(Object.is(perAxis([-0], 1, 'padding')[0], 0)).toBe(true);
  });

  test.each<[IntegerParameter, number, string]>([
    ['stride', 1, 'stride-not-positive'],
    ['dilation', 1, 'dilation-not-positive'],
    ['kernel_size', 1, 'kernel-size-not-positive'],
    ['groups', 1, 'groups-not-positive'],
    ['padding', 0, 'negative-padding'],
    ['output_padding', 0, 'negative-output-padding'],
  ])('%s is at least %i', (name, least, code) => {
    expect(checkInteger(least, name)).toBe(least);
    expect(perAxis([least, least + 1], 2, name)).toEqual([least, least + 1]);
    const error = thrown(() => perAxis([least, least - 1], 2, name, 'conv2d'));
    expect([error.code, error.where, error.data]).toEqual([
      code,
      'conv2d',
      { parameter: name, value: least - 1, least },
    ]);
    expect(error.what).toContain(`${name}[1]`);
    expect(thrown(() => checkInteger(-3, name)).code).toBe(code);
  });

  test('the number of axes must fit', () => {
    for (const [value, rank] of [
      [[1], 2],
      [[1, 2], 1],
      [[], 1],
    ] as const) {
      const error = thrown(() => perAxis(value, rank, 'stride'));
      expect([error.code, error.data]).toEqual([
        'wrong-axis-count',
        { parameter: 'stride', rank, entries: value.length },
      ]);
    }
  });

  test('anything but an integer is refused', () => {
    const values = [
      1.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      2 ** 53,
      '2',
      undefined,
      null,
      [1.5],
      new Array(1),
    ];
    for (const value of values) {
      expect(thrown(() => perAxis(value as never, 1, 'stride')).code).toBe('not-an-integer-parameter');
    }
  });
});

describe('parsePerAxis', () => {
  test('good input', () => {
    expect(['2', '1,2', '3,2,1', '+2', '-1', '0', '01'].map(text => parsePerAxis(text, 'stride'))).toEqual([
      2,
      [1, 2],
      [3, 2, 1],
      2,
      -1,
      0,
      1,
    ]);
    expect(Object.is(parsePerAxis('-0', 'padding'), 0)).toBe(true);
  });

  const bad = [
    '',
    ',',
    '1,',
    ',1',
    '1,,2',
    '1.5',
    '1e3',
    '0x2',
    '1 2',
    '1, 2',
    '[1,2]',
    'two',
    '99999999999999999999',
  ];
  test.each(bad)('"%s" is not readable', text => {
    const error = thrown(() => parsePerAxis(text, 'dilation'));
    expect([error.code, error.data.parameter]).toEqual(['not-an-integer-parameter', 'dilation']);
  });
});
