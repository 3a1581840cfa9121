/** Evidence without what adds nothing to it. */
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Evidence } from '../trusted/rules.js';

type Product = readonly Polynomial[];

/** The same sums without factors 1, and without products that cancel one another. */
export const tidyEvidence = (evidence: Evidence): Evidence =>
  evidence.map(sum => withoutPairs(sum.map(product => product.filter(factor => !isOne(factor)))));

const isOne = (factor: Polynomial): boolean => polynomial.asConstant(factor) === 1;

function withoutPairs(sum: readonly Product[]): readonly Product[] {
  for (const [k, first] of sum.entries()) {
    const other = sum.findIndex((second, j) => j > k && cancels(first, second));
    if (other > 0) return withoutPairs(sum.filter((_, j) => j !== k && j !== other));
  }
  return sum;
}

/** Facts of equations come with both signs. */
function cancels([first, ...rest]: Product, [second, ...more]: Product): boolean {
  if (!first || !second || rest.length > 0 || more.length > 0) return false;
  return polynomial.equal(first, polynomial.negate(second));
}
