/** What is at least 0 for all to see: no search, no product of facts. */
import { type Polynomial, polynomial } from '../../exact/index.js';

/** Whether the value is a known fact plus products of names that are known not to be negative. */
export function isEvident(value: Polynomial, facts: readonly Polynomial[]): boolean {
  const natural = new Set(facts.flatMap(naturalName));
  const isNatural = (rest: Polynomial) =>
    [...rest.values()].every(coefficient => coefficient > 0) &&
    [...polynomial.names(rest)].every(name => natural.has(name));
  return isNatural(value) || facts.some(fact => isNatural(polynomial.subtract(value, fact)));
}

/** The name v of a fact v - c >= 0 with c >= 0. */
function naturalName(fact: Polynomial): string[] {
  const [name, ...others] = polynomial.names(fact);
  const rest =
    name === undefined ? null : polynomial.asConstant(polynomial.subtract(fact, polynomial.variable(name)));
  return others.length === 0 && rest !== null && rest <= 0 ? [name!] : [];
}
