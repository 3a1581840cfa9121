/**
 * Dual numbers a + b e with e^2 = 0, as one more arithmetic: they differentiate while evaluating, by rules that
 * know nothing of expressions. An independent witness for both modes.
 */
import type { Rational } from '../../src/exact/index.js';
import { rational } from '../../src/exact/index.js';
import type { Arithmetic } from '../../src/expr/index.js';
import { exact } from '../../src/expr/index.js';

export interface Dual {
  readonly primal: Rational;
  readonly tangent: Rational;
}

const { add, multiply, divide, subtract } = rational;

export const dual: Arithmetic<Dual> = {
  constant: primal => ({ primal, tangent: rational.ZERO }),
  add: (a, b) => ({ primal: add(a.primal, b.primal), tangent: add(a.tangent, b.tangent) }),
  multiply: (a, b) => ({
    primal: multiply(a.primal, b.primal),
    tangent: add(multiply(a.primal, b.tangent), multiply(a.tangent, b.primal)),
  }),
  divide: (a, b) => {
    const primal = divide(a.primal, b.primal);
    return { primal, tangent: divide(subtract(a.tangent, multiply(primal, b.tangent)), b.primal) };
  },
  // By repeated multiplication: the power rule is what is under test.
  power(base, exponent) {
    let result = dual.constant(rational.ONE);
    for (let i = 0; i < Math.abs(exponent); i++) result = dual.multiply(result, base);
    return exponent < 0 ? dual.divide(dual.constant(rational.ONE), result) : result;
  },
  exp: x => dual.constant(exact.exp(x.primal)),
  log: x => dual.constant(exact.log(x.primal)),
  tanh: x => dual.constant(exact.tanh(x.primal)),
  sqrt: x => dual.constant(exact.sqrt(x.primal)),
  normcdf: x => dual.constant(exact.normcdf(x.primal)),
  normpdf: x => dual.constant(exact.normpdf(x.primal)),
  max: (a, b) => (rational.compare(a.primal, b.primal) >= 0 ? a : b),
  isNonNegative: x => x.primal.numerator >= 0,
};
