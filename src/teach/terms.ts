/** Sums of products as terms, plain text and LaTeX. */
import { type Integer, integer } from '../exact/index.js';
import type { CellTerm } from '../proof/index.js';
import type { TableTerm } from './gradient-table.js';

/** A cell or a derivative, as it is written. */
export interface Factor {
  readonly plain: string;
  readonly latex: string;
}

export interface Product {
  readonly coefficient: Integer;
  readonly factors: readonly Factor[];
}

/** Terms with the same factors added up, in the order in which they first occur; none with coefficient 0. */
export function gathered(terms: readonly CellTerm[]): CellTerm[] {
  const sums = new Map<string, CellTerm>();
  for (const term of terms) {
    const key = term.factors.map(({ tensor, cell }) => `${tensor} ${cell}`).join(' ');
    const known = sums.get(key);
    const coefficient = known ? integer.add(known.coefficient, term.coefficient) : term.coefficient;
    sums.set(key, { coefficient, factors: term.factors });
  }
  return [...sums.values()].filter(({ coefficient }) => coefficient !== 0);
}

export function tableTerms(products: readonly Product[]): TableTerm[] {
  return products.map(({ coefficient, factors }) => ({
    coefficient: String(coefficient),
    factors: factors.map(factor => factor.plain),
  }));
}

/** dL/dO_{11}*F_{12} + dL/dO_{12}*F_{11}; "0" for no products. */
export function plainSum(products: readonly Product[]): string {
  return sum(products, '*', factor => factor.plain);
}

/** The same with products written side by side. */
export function latexSum(products: readonly Product[]): string {
  return sum(products, ' ', factor => factor.latex);
}

function sum(products: readonly Product[], times: string, write: (factor: Factor) => string): string {
  let text = '';
  for (const { coefficient, factors } of products) {
    const magnitude = integer.absolute(coefficient);
    const written = factors.map(write);
    if (magnitude !== 1 || factors.length === 0) written.unshift(String(magnitude));
    const minus = coefficient < 0;
    const sign = text === '' ? (minus ? '-' : '') : minus ? ' - ' : ' + ';
    text += sign + written.join(times);
  }
  return text || '0';
}
