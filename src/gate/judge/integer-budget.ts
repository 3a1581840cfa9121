/** How large the integers of a case may be, for its operator and what the kernel declares. */
import type { GateCase } from '../plan/gate-case.js';
import type { Offer } from '../subject/subject.js';
import { type Budget, budgetFor, SIGNIFICAND } from './budget.js';
import { onesAt } from './case-probes.js';
import { expectedOf, resultsOf } from './probe.js';

/** A polynomial of degree 2 in the drawn values: x and w in y, yBar and w in dx; a gradient to b has 1. */
const DEGREE = 2;

/** The budget of a sum of products; or, as a text, why there is none. */
export function integerBudget(one: GateCase, { declares }: Offer, missProbability: number): Budget | string {
  if (declares.arithmetic === 'inexact') return 'inexact arithmetic is judged by rounding bounds';
  // The longest sum: every product is 1 where every number is.
  const ones = onesAt(one);
  let products = 0;
  for (const result of [...resultsOf(ones, 'forward'), ...resultsOf(ones, 'backward')]) {
    const { numbers } = expectedOf(ones, result);
    for (let k = 0; k < numbers.length; k++) products = Math.max(products, numbers[k]!);
  }
  const accumulator = declares.accumulate ?? one.dtype;
  const bits = Math.min(SIGNIFICAND[one.dtype], SIGNIFICAND[accumulator]);
  const single = ones.inputs.b ? 1 : 0;
  const budget = budgetFor({ products, single, bits, degree: DEGREE, missProbability });
  return budget ?? `a sum of ${products} products is exact in ${accumulator} for no integers but 0`;
}
