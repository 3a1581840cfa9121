/** One cell of a result as a polynomial: products of tensor cells with exact fractions in front. */
import { type Rational, rational } from '../../exact/index.js';

export interface Factor {
  readonly tensor: string;
  /** Flat, in C order. */
  readonly cell: number;
}

export interface FormulaTerm {
  /** Never 0. */
  readonly coefficient: Rational;
  /** Sorted: equal products have equal lists. */
  readonly factors: readonly Factor[];
}

/** Terms by their product; no two have the same one. */
export type Formula = ReadonlyMap<string, FormulaTerm>;

export const EMPTY: Formula = new Map();

export function constantFormula(coefficient: Rational): Formula {
  return formulaOf([{ coefficient, factors: [] }]);
}

/** Collects equal products. */
export function formulaOf(terms: Iterable<FormulaTerm>): Formula {
  const known = new Map<string, FormulaTerm>();
  for (const { coefficient, factors } of terms) {
    const sorted = [...factors].sort(compareFactors);
    const key = productKey(sorted);
    const sum = rational.add(known.get(key)?.coefficient ?? rational.ZERO, coefficient);
    if (sum.numerator === 0) known.delete(key);
    else known.set(key, { coefficient: sum, factors: sorted });
  }
  return known;
}

export function addFormulas(formulas: readonly Formula[]): Formula {
  return formulaOf(formulas.flatMap(one => [...one.values()]));
}

export function multiplyFormulas(a: Formula, b: Formula): Formula {
  return formulaOf(
    [...a.values()].flatMap(left =>
      [...b.values()].map(right => ({
        coefficient: rational.multiply(left.coefficient, right.coefficient),
        factors: [...left.factors, ...right.factors],
      })),
    ),
  );
}

/** The derivative with respect to one cell. */
export function derivativeOf(formula: Formula, tensor: string, cell: number): Formula {
  return formulaOf(
    [...formula.values()].flatMap(({ coefficient, factors }) => {
      const isIt = (one: Factor) => one.tensor === tensor && one.cell === cell;
      const power = factors.filter(isIt).length;
      if (power === 0) return [];
      const at = factors.findIndex(isIt);
      return [
        {
          coefficient: rational.multiply(coefficient, rational.of(power)),
          factors: factors.toSpliced(at, 1),
        },
      ];
    }),
  );
}

export function sameFormula(a: Formula, b: Formula): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([key, { coefficient }]) => {
    const other = b.get(key);
    return other !== undefined && rational.equal(coefficient, other.coefficient);
  });
}

/** The largest absolute sum that values of at most 1 can give. */
export function massOf(formula: Formula): number {
  return [...formula.values()].reduce(
    (sum, { coefficient }) => sum + Math.abs(rational.toNumber(coefficient)),
    0,
  );
}

/** The value at numbers; exact while every product and sum of numerators is a safe integer. */
export function valueAt(formula: Formula, read: (factor: Factor) => number): Rational {
  const byDenominator = new Map<number, number>();
  for (const { coefficient, factors } of formula.values()) {
    const [numerator, denominator] = [Number(coefficient.numerator), Number(coefficient.denominator)];
    const product = factors.reduce((value, factor) => value * read(factor), numerator);
    byDenominator.set(denominator, (byDenominator.get(denominator) ?? 0) + product);
  }
  return [...byDenominator].reduce(
    (sum, [denominator, numerator]) => rational.add(sum, rational.of(numerator, denominator)),
    rational.ZERO,
  );
}

export function productKey(sorted: readonly Factor[]): string {
  return sorted.map(({ tensor, cell }) => `${tensor}:${cell}`).join('*');
}

/** yBar first, then x, then the rest by name; a tensor's cells in C order. */
export function compareFactors(a: Factor, b: Factor): number {
  const [left, right] = [rank(a.tensor), rank(b.tensor)];
  return left < right ? -1 : left > right ? 1 : a.cell - b.cell;
}

const rank = (tensor: string): string => ({ yBar: '0', x: '1' })[tensor] ?? `2${tensor}`;
