/** What is at least 0 for all to see: no search, no product of facts. */
import { type Polynomial, polynomial } from '../../exact/index.js';

/** Whether the value is a known fact, or 0, plus products of what is known not to be negative. */
export function isEvident(value: Polynomial, facts: readonly Polynomial[]): boolean {
  const bounds = boundsOf(facts);
  // In s = 1 + s' the part s' is natural: s*t - 1 is s'*t' + s' + t'.
  const shifted = (one: Polynomial) => polynomial.substitute(one, bounds);
  const isNatural = (rest: Polynomial) =>
    [...rest.values()].every(coefficient => coefficient > 0) &&
    [...polynomial.names(rest)].every(name => bounds.has(name));
  return [new Map(), ...facts].some(fact => isNatural(shifted(polynomial.subtract(value, fact))));
}

/** Names v with a fact v - c, c natural, as v + c. */
function boundsOf(facts: readonly Polynomial[]): Map<string, Polynomial> {
  const bounds = new Map<string, Polynomial>();
  for (const fact of facts) {
    const [name, ...others] = polynomial.names(fact);
    if (name === undefined || others.length > 0) continue;
    const variable = polynomial.variable(name);
    const least = polynomial.asConstant(polynomial.subtract(variable, fact));
    const known = polynomial.asConstant(polynomial.subtract(bounds.get(name) ?? variable, variable)) ?? 0;
    if (least === null || least < known) continue;
    bounds.set(name, polynomial.add(variable, polynomial.constant(least)));
  }
  return bounds;
}
