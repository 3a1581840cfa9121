/** The value of a statement's sides at one choice of parameters, by a loop over every index: polynomials in the cells. */
import type { Integer, Polynomial } from '../../../src/exact/index.js';
import { polynomial } from '../../../src/exact/index.js';
import type { Term } from '../../../src/index-sum/index.js';
import { type Statement, sidesOf } from '../../../src/proof/trusted/statement.js';

export type Environment = Record<string, number>;

/** A polynomial in cells such as "x[0,1]": its monomials are cells in order, joined by *. */
export type CellPolynomial = Map<string, Integer>;

export const valueAt = (value: Polynomial, at: Environment): number => {
  let sum = 0;
  for (const [monomial, coefficient] of value) {
    let factor = Number(coefficient);
    if (monomial !== '') for (const name of monomial.split('*')) factor *= at[name]!;
    sum += factor;
  }
  return sum;
};

/** Adds the value of one term; a guard is looked at as soon as its names have values. */
function addTerm(total: CellPolynomial, term: Term, at: Environment): void {
  const known = (names: number) =>
    new Set([...Object.keys(at), ...term.bound.slice(0, names).map(one => one.name)]);
  const depthOf = (parts: readonly Polynomial[]) =>
    term.bound.findIndex((_, k) =>
      parts.every(part => [...polynomial.names(part)].every(name => known(k).has(name))),
    );
  const guards = term.guards.map(guard => {
    const parts = guard.kind === 'equation' ? [guard.zero] : [guard.value, guard.extent];
    const depth = depthOf(parts);
    return { guard, depth: depth < 0 ? term.bound.length : depth };
  });
  const visit = (depth: number, here: Environment): void => {
    const fails = guards.some(({ guard, depth: when }) => {
      if (when !== depth) return false;
      if (guard.kind === 'equation') return valueAt(guard.zero, here) !== 0;
      const value = valueAt(guard.value, here);
      return value < 0 || value >= valueAt(guard.extent, here);
    });
    if (fails) return;
    const range = term.bound[depth];
    if (range) {
      const extent = valueAt(range.extent, here);
      for (let v = 0; v < extent; v++) visit(depth + 1, { ...here, [range.name]: v });
    } else {
      const cells = term.atoms.map(
        one => `${one.tensor}[${one.index.map(part => valueAt(part, here)).join()}]`,
      );
      polynomial.accumulate(total, cells.sort().join('*'), term.coefficient);
    }
  };
  visit(0, at);
}

/** The cells of both sides, in C order of the free indices. */
export function sideCells(statement: Statement, parameters: Environment) {
  const { left, right } = sidesOf(statement);
  const cells = (terms: readonly Term[]) => {
    const all: CellPolynomial[] = [];
    const visit = (depth: number, at: Environment): void => {
      const range = statement.free[depth];
      if (!range) {
        const total: CellPolynomial = new Map();
        for (const term of terms) addTerm(total, term, at);
        all.push(total);
        return;
      }
      const extent = valueAt(range.extent, at);
      for (let v = 0; v < extent; v++) visit(depth + 1, { ...at, [range.name]: v });
    };
    visit(0, parameters);
    return all;
  };
  return { left: cells(left), right: cells(right) };
}

/** Gives the parameters that have no value yet the first from 0 to 60 that meet the assumptions, in order. */
export function completed(statement: Statement, given: Environment): Environment {
  const values = { ...given };
  for (const name of statement.parameters) {
    if (name in values) continue;
    const facts = statement.assume.filter(fact => {
      const names = [...polynomial.names(fact)];
      return names.includes(name) && names.every(one => one === name || one in values);
    });
    const found = Array.from({ length: 61 }, (_, v) => v).filter(v =>
      facts.every(fact => valueAt(fact, { ...values, [name]: v }) >= 0),
    );
    if (found.length !== 1) throw new Error(`${name} has ${found.length} values`);
    values[name] = found[0]!;
  }
  return values;
}
