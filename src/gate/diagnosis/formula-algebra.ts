/** Definitions and claims evaluated in polynomials instead of numbers. */
import { BackproofError } from '../../error.js';
import { rational } from '../../exact/index.js';
import { type Arithmetic, evaluate } from '../../expr/index.js';
import type { Algebra, Valued } from '../../index-sum/index.js';
import { type Shape, size } from '../../tensor/index.js';
import { addFormulas, constantFormula, type Formula, formulaOf, multiplyFormulas } from './formula.js';

/** A tensor whose cells are variables. */
export function formulaVariables(tensor: string, shape: Shape): Valued<Formula> {
  const values = Array.from({ length: size(shape) }, (_, cell) =>
    formulaOf([{ coefficient: rational.ONE, factors: [{ tensor, cell }] }]),
  );
  return { shape, values };
}

/** What is computed has a function or a maximum in it. */
export function isNoPolynomial(error: unknown): boolean {
  return error instanceof BackproofError && error.code === NO_POLYNOMIAL;
}

const NO_POLYNOMIAL = 'no-polynomial';

const arithmetic: Arithmetic<Formula> = {
  constant: constantFormula,
  add: (a, b) => addFormulas([a, b]),
  multiply: multiplyFormulas,
  divide: (a, b) => {
    const divisor = b.get('');
    if (b.size !== 1 || !divisor) throw noPolynomial();
    return multiplyFormulas(a, constantFormula(rational.divide(rational.ONE, divisor.coefficient)));
  },
  power: (base, exponent) => {
    if (exponent < 0) throw noPolynomial();
    return new Array<Formula>(exponent).fill(base).reduce(multiplyFormulas, constantFormula(rational.ONE));
  },
  exp: noPolynomialHere,
  log: noPolynomialHere,
  tanh: noPolynomialHere,
  sqrt: noPolynomialHere,
  normcdf: noPolynomialHere,
  normpdf: noPolynomialHere,
  max: noPolynomialHere,
  isNonNegative: noPolynomialHere,
};

/** Definitions and claims as polynomials. @throws BackproofError, for which `isNoPolynomial` holds. */
export const formulaAlgebra: Algebra<Formula> = {
  constant: constantFormula,
  sum: addFormulas,
  product: factors => factors.reduce(multiplyFormulas, constantFormula(rational.ONE)),
  maximum: noPolynomialHere,
  formula: (formula, values) => evaluate(formula, arithmetic, variable => values[variable.index[0]!]!),
};

function noPolynomialHere(): never {
  throw noPolynomial();
}

function noPolynomial(): BackproofError {
  return new BackproofError({
    code: NO_POLYNOMIAL,
    where: 'definition',
    what: 'a cell is no polynomial of the inputs',
    expected: 'sums, products, and divisions by numbers',
    got: 'a function or a maximum',
    fix: 'Compare values: there is no formula to recover.',
  });
}
