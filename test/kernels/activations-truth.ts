/** The values and slopes of scalar functions to many digits: from their formula, differentiated symbolically. */
import type { BigNumber } from 'mathjs';
import { vjp } from '../../src/autodiff/index.js';
import { rational } from '../../src/exact/index.js';
import { bignumberArithmetic, constant, type Expr, evaluateAll, parse } from '../../src/expr/index.js';

export interface Truth {
  readonly value: BigNumber;
  readonly slope: BigNumber;
}

/** At a float64 number, which is taken as it is, to about `digits` digits where nothing cancels. */
export async function truthOf(formula: string, digits: number): Promise<(x: number) => Truth> {
  const m = await bignumberArithmetic(digits);
  const y: Expr = await parse(formula);
  const slope = vjp([y], [constant(1)]).at('x', []);
  return x => {
    const at = m.constant(exactly(x));
    const [value, derivative] = evaluateAll([y, slope], m, () => at);
    return { value: value!, slope: derivative! };
  };
}

/** The fraction that a float64 number is. */
function exactly(x: number) {
  if (!Number.isFinite(x)) throw new Error(`${x} is no fraction`);
  let [numerator, denominator] = [x, 1n];
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return rational.of(BigInt(numerator), denominator);
}

/** |got - truth| in units of 2^-52 `scale`; a unit is no less than `least`. */
export function units(
  got: number,
  truth: BigNumber,
  { scale = Math.abs(truth.toNumber()), least = Number.MIN_VALUE } = {},
): number {
  return truth.minus(exactAsText(got)).abs().toNumber() / Math.max(scale * 2 ** -52, least);
}

/** Written out in full: the constructor of big numbers would take the shortest decimal instead. */
const exactAsText = (x: number): string => (Number.isInteger(x) ? BigInt(x).toString() : decimals(x));

function decimals(x: number): string {
  const { numerator, denominator } = exactly(x);
  const places = denominator.toString(2).length - 1;
  return `${BigInt(numerator) * 5n ** BigInt(places)}e-${places}`;
}
