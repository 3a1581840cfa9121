/** Ways to add up the products of one cell: right on integers that fit, different in how they round. */
import { float16Bits, float16Value } from './sixteen-bits.js';

/** The sum of the first `count` terms; may overwrite them. */
export type Sum = (terms: Float64Array, count: number) => number;

export const sequential: Sum = (terms, count) => {
  let total = 0;
  for (let k = 0; k < count; k++) total += terms[k]!;
  return total;
};

/** Neighbours first, then neighbouring sums. */
export const pairwise: Sum = (terms, count) => {
  if (count === 0) return 0;
  let left = count;
  while (left > 1) {
    const pairs = left >> 1;
    for (let k = 0; k < pairs; k++) terms[k] = terms[2 * k]! + terms[2 * k + 1]!;
    if (left % 2 === 1) terms[pairs] = terms[left - 1]!;
    left = pairs + (left % 2);
  }
  return terms[0]!;
};

/** Carries along what each addition rounded away. */
export const kahan: Sum = (terms, count) => {
  let [total, lost] = [0, 0];
  for (let k = 0; k < count; k++) {
    const term = terms[k]! - lost;
    const next = total + term;
    lost = next - total - term;
    total = next;
  }
  return total;
};

/** Every term and every partial sum as a float32. */
export const single: Sum = (terms, count) => {
  let total = 0;
  for (let k = 0; k < count; k++) total = Math.fround(total + Math.fround(terms[k]!));
  return total;
};

/** Every partial sum as a float16. */
export const half: Sum = (terms, count) => {
  let total = 0;
  for (let k = 0; k < count; k++) total = float16Value(float16Bits(total + terms[k]!));
  return total;
};
