import { describe, expect, test } from 'vitest';
import { refute } from '../../../src/proof/refute/refute.js';
import { expectSmallest, sizesFromOne } from './smallest.js';
import { axisMistakes, convolution, mistakes } from './statements.js';

describe.each([1, 2, 3])('convolution of rank %i', rank => {
  test.each(['x', 'w'] as const)('the gradient to %s is not refuted', of => {
    expect(refute(convolution(rank, of))).toBeNull();
  });

  const planted = rank === 2 ? [...mistakes, ...axisMistakes] : mistakes;
  test.each(planted)('$name: the smallest counterexample', ({ of, change }) => {
    expectSmallest(convolution(rank, of, change), sizesFromOne);
  });
});
