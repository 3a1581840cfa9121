/** A kernel's formula held against the definition's. */
import { type Rational, rational } from '../../exact/index.js';
import type { Formula, FormulaTerm } from './formula.js';
import { orderedTerms, type ShapeOf, termText } from './formula-text.js';

export interface Changed {
  /** As the definition has it. */
  readonly term: FormulaTerm;
  readonly got: Rational;
}

export interface Comparison {
  /** Products of the definition that the kernel has not. */
  readonly missing: readonly FormulaTerm[];
  /** Products of the kernel that the definition has not. */
  readonly extra: readonly FormulaTerm[];
  /** Products of both, with different coefficients. */
  readonly changed: readonly Changed[];
}

export function compareFormulas(expected: Formula, got: Formula): Comparison {
  const absent = (from: Formula, other: Formula) =>
    orderedTerms(new Map([...from].filter(([key]) => !other.has(key))));
  const shared = orderedTerms(new Map([...expected].filter(([key]) => got.has(key))));
  const kernelTerms = new Map([...expected].map(([key, term]) => [term, got.get(key)]));
  return {
    missing: absent(expected, got),
    extra: absent(got, expected),
    changed: shared.flatMap(term => {
      const { coefficient } = kernelTerms.get(term)!;
      return rational.equal(coefficient, term.coefficient) ? [] : [{ term, got: coefficient }];
    }),
  };
}

export interface ComparisonTexts {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** Each term as text; one with another coefficient is missing as the definition has it, and extra as the kernel has it. */
export function comparisonTexts({ missing, extra, changed }: Comparison, shapeOf: ShapeOf): ComparisonTexts {
  const text = (term: FormulaTerm) => termText(term, shapeOf);
  return {
    missing: [...missing.map(text), ...changed.map(({ term }) => text(term))],
    extra: [...extra.map(text), ...changed.map(({ term, got }) => text({ ...term, coefficient: got }))],
  };
}
