/** High precision through mathjs, which is loaded on first use only. */
import type { BigNumber } from 'mathjs';
import type { Arithmetic } from './arithmetic.js';
import { normalDistribution } from './normal-distribution.js';

/**
 * Decimal floating point with the given number of significant digits. Outside its domain an operation gives
 * NaN or an infinity.
 */
export async function bignumberArithmetic(digits = 64): Promise<Arithmetic<BigNumber>> {
  const { bignumberDependencies, create } = await import('mathjs');
  const { bignumber } = create({ ...bignumberDependencies }, { precision: digits });
  // Not computed in advance: pi is known to 1025 digits only, and rational arithmetic has no such limit.
  const root = () => bignumber(-1).acos().times(2).sqrt();
  const density = (x: BigNumber) => x.times(x).div(-2).exp().div(root());
  const arithmetic: Arithmetic<BigNumber> = {
    constant: ({ numerator, denominator }) => bignumber(numerator).div(bignumber(denominator)),
    add: (a, b) => a.plus(b),
    multiply: (a, b) => a.times(b),
    divide: (a, b) => a.div(b),
    power: (base, exponent) => base.pow(exponent),
    exp: x => x.exp(),
    log: x => x.ln(),
    tanh: x => x.tanh(),
    sqrt: x => x.sqrt(),
    normcdf: x => normalDistribution(arithmetic, x, density(x), x.abs().toNumber(), digits),
    normpdf: density,
    max: (a, b) => (a.gte(b) || a.isNaN() ? a : b),
    isNonNegative: x => x.gte(0),
  };
  return arithmetic;
}
