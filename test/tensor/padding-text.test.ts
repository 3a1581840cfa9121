import { describe, expect, test } from 'vitest';
import type { Padding } from '../../src/tensor/index.js';
import { parsePadding } from '../../src/tensor/index.js';
import { thrown } from './thrown.js';

describe('parsePadding', () => {
  test.each<[string, Padding]>([
    ['1', 1],
    ['1,2', [1, 2]],
    ['0,1,2', [0, 1, 2]],
    ['[1,0]', [[1, 0]]],
    [
      '[1,0],[0,2]',
      [
        [1, 0],
        [0, 2],
      ],
    ],
    ['-1', -1],
    ['[0,-3]', [[0, -3]]],
    ['1,[0,2]', [1, [0, 2]]],
    ['valid', 'valid'],
    ['full', 'full'],
    ['same', 'same'],
    ['same-upper', 'same-upper'],
    ['same-lower', 'same-lower'],
  ])('%s', (text, expected) => {
    expect(parsePadding(text)).toEqual(expected);
  });

  test.each(['SAME', 'smae', 'none', 'same_upper', 'toString'])('the mode "%s" is unknown', text => {
    const error = thrown(() => parsePadding(text));
    expect([error.code, error.data]).toEqual(['unknown-padding-mode', { mode: text }]);
  });

  const bad = [
    '',
    ',',
    '1,',
    '1 2',
    '1, 2',
    '[1]',
    '[1,2,3]',
    '[1,2',
    '1,2]',
    '[[1,2]]',
    '[1,0][0,2]',
    '1.5',
    'same,1',
    'same upper',
  ];
  test.each(bad)('"%s" is not readable', text => {
    expect(thrown(() => parsePadding(text)).code).toBe('unreadable-padding');
  });

  test('numbers beyond safe integers are refused', () => {
    for (const text of ['99999999999999999999', '[0,99999999999999999999]']) {
      expect(thrown(() => parsePadding(text)).code).toBe('not-an-integer-parameter');
    }
  });
});
