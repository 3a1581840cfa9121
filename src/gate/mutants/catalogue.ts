/** Right kernels in many styles, and the catalogue of wrong ones, by operator. */
import type { Family } from './family.js';
import { harnessMutants } from './harness.js';
import type { Mutant, RightKernel } from './kernel.js';
import { pointwiseFamilies } from './pointwise/families.js';
import { poolFamilies } from './pooling/families.js';
import { convFamilies, denseFamily, transposedFamilies } from './sliding/families.js';

const families: readonly Family[] = [
  ...convFamilies,
  ...transposedFamilies,
  denseFamily,
  ...poolFamilies,
  ...pointwiseFamilies,
];

/** Every right kernel; the first of each operator is the plainest. */
export const RIGHT: readonly RightKernel[] = families.flatMap(({ op, right }) =>
  Object.entries(right).map(([style, kernel]) => ({ op, style, kernel })),
);

/** Every kernel with one fault, operator by operator: those that compute wrongly, then those that misbehave. */
export const MUTANTS: readonly Mutant[] = families.flatMap(family => [
  ...family.mutants,
  ...harnessMutants(family),
]);
