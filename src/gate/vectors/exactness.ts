/** Whether every float evaluation of a case, in whatever order, gives the same bits. */
import { type Rational, rational } from '../../exact/index.js';
import { evaluateAll, exact, postOrder } from '../../expr/index.js';
import { definitionOf } from '../../ops/index.js';
import { isRational } from './precision.js';
import type { Recomputation } from './reference.js';
import { expressionsOf, rationalReader } from './reference.js';

/** Multiples of 1/1024 below 1024: their sums and products fit into a float64, and those of integers into a float32. */
const [GRAIN, LARGEST] = [1024, 1024];

/**
 * Every input is a small number, and so is everything that the definition, its derivatives and the claims compute.
 * @param results all cells of the output and of the gradients
 */
export function isExact(work: Recomputation, results: readonly number[]): boolean {
  // The sign of a zero is not a formula's: yBar * 0 is -0 for one kernel and 0 for another.
  return !(hasFormula(work) && results.includes(0)) && staysExact(work);
}

/** The same where -0 is as good as 0. */
export function staysExact(work: Recomputation): boolean {
  const numbers = Object.values(work.given).flatMap(({ data }) => data.map(Number));
  if (!numbers.every(value => Number.isInteger(value * GRAIN) && Math.abs(value) < LARGEST)) return false;
  if (!work.expressed) return true;
  const { expressed, call } = work;
  const wrts = Object.keys(call.inputs);
  const roots = [null, ...wrts].flatMap(wrt => [
    ...expressionsOf(work, expressed, wrt, 'definition')!,
    ...(expressionsOf(work, expressed, wrt, 'claim') ?? []),
  ]);
  if (!isRational(roots)) return false;
  const value = rationalReader(work);
  const values = evaluateAll(postOrder(roots), exact, ({ tensor, index }) => value(tensor, index));
  return values.every(one => isSmall(one));
}

function hasFormula({ operator, call }: Recomputation): boolean {
  const { stages } = definitionOf(operator, call.params, call.rank);
  return stages.some(({ kind }) => kind === 'pointwise');
}

/** Held by every float with room for more. */
function isSmall(value: Rational): boolean {
  const number = rational.toNumber(value);
  return Math.abs(number) < 2 ** 20 && rational.equal(rational.from(Math.fround(number)), value);
}
