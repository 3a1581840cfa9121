import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseNamedShape, parseShape } from '../../src/tensor/index.js';
import { thrown } from './thrown.js';

const shapes = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 5 });

describe('parseShape', () => {
  test('both spellings mean the same', () => {
    fc.assert(
      fc.property(shapes, shape => {
        expect(parseShape(shape.join('x'))).toEqual(shape);
        expect(parseShape(`[${shape.join(',')}]`)).toEqual(shape);
      }),
      { seed: 12 },
    );
    expect([parseShape('1x3x64x64'), parseShape('5'), parseShape('[]')]).toEqual([[1, 3, 64, 64], [5], []]);
  });

  const bad = [
    '',
    'x',
    '3x',
    'x3',
    '3xx3',
    '3,3',
    '[3x3]',
    '[3,]',
    '[3',
    '3]',
    '3 x 3',
    '-3x3',
    '1.5',
    '3X3',
    'X=3x3',
  ];
  test.each(bad)('"%s" is not readable', text => {
    const error = thrown(() => parseShape(text));
    expect([error.code, error.data.text]).toEqual(['unreadable-shape', text]);
  });

  test('a shape that is too large is read and refused', () => {
    expect(thrown(() => parseShape('65536x65536')).code).toBe('bad-shape');
    expect(thrown(() => parseShape('99999999999999999999')).code).toBe('bad-shape');
  });
});

describe('parseNamedShape', () => {
  test.each([
    ['X=3x3', ['X'], [3, 3]],
    ['X[3,3]', ['X'], [3, 3]],
    ['X=[3,3]', ['X'], [3, 3]],
    ['X|x[3,3]', ['X', 'x'], [3, 3]],
    ['X|x=4', ['X', 'x'], [4]],
    ['dO|delta', ['dO', 'delta'], undefined],
    ['L[]', ['L'], []],
    ['W1_out=1x3x64x64', ['W1_out'], [1, 3, 64, 64]],
    ["δ|x'|y\u0302", ['δ', "x'", 'y\u0302'], undefined],
  ])('%s', (text, names, shape) => {
    expect(parseNamedShape(text)).toEqual({ names, shape });
  });

  const bad = [
    '',
    '3x3',
    '=3x3',
    '[3,3]',
    'X=',
    'X|',
    '|X',
    'X||x',
    'X3,3]',
    'X[3,3',
    'X[3,3]y',
    'X=3x3=4',
    'X Y',
    'X =3',
  ];
  test.each(bad)('"%s" is not readable', text => {
    expect(thrown(() => parseNamedShape(text)).code).toBe('unreadable-shape');
  });
});
