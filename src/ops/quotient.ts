/** Exact division of polynomials by one monomial: as far as sizes are ever solved for. */
import { integer, type Polynomial, polynomial } from '../exact/index.js';

/** The polynomial q with q * divisor = value; null if the divisor is no monomial or does not divide every term. */
export function quotient(value: Polynomial, divisor: Polynomial): Polynomial | null {
  const [only] = divisor;
  if (!only || divisor.size > 1) return null;
  const [names, by] = [factorsOf(only[0]), BigInt(only[1])];
  const result = new Map<string, ReturnType<typeof integer.from>>();
  for (const [monomial, coefficient] of value) {
    const rest = factorsOf(monomial);
    for (const name of names) {
      const at = rest.indexOf(name);
      if (at < 0) return null;
      rest.splice(at, 1);
    }
    if (BigInt(coefficient) % by !== 0n) return null;
    polynomial.accumulate(result, rest.join('*'), integer.from(BigInt(coefficient) / by));
  }
  return result;
}

const factorsOf = (monomial: string): string[] => (monomial === '' ? [] : monomial.split('*'));
