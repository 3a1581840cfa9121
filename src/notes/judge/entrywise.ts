/** One entry of a matrix formula as a formula between numbers, and a changed entry put back. */
import type { Formula } from '../formula/tree.js';
import { read } from './read.js';
import { Refusal } from './refusal.js';
import { nothingSeen, type Scope } from './scope.js';

/** Null where the entry is not written out in one place: products of matrices, whole arrays. */
export function projected(formula: Formula, i: number, j: number, scope: Scope): Formula | null {
  const inner = (part: Formula) => projected(part, i, j, scope);
  switch (formula.kind) {
    case 'matrix':
      return formula.rows[i]?.[j] ?? null;
    case 'sum': {
      const terms = formula.terms.map(term => ({ ...term, formula: inner(term.formula) }));
      const whole = terms.flatMap(({ formula: part, ...term }) =>
        part === null ? [] : [{ ...term, formula: part }],
      );
      return whole.length === terms.length ? { ...formula, terms: whole } : null;
    }
    case 'product': {
      const matrices = formula.factors.filter(factor => isMatrix(factor, scope));
      if (matrices.length > 1 && formula.signs.some(({ symbol }) => symbol !== 'odot')) return null;
      const factors = formula.factors.map(factor => (isMatrix(factor, scope) ? inner(factor) : factor));
      const whole = factors.filter(factor => factor !== null);
      return whole.length === factors.length ? { ...formula, factors: whole } : null;
    }
    case 'negation':
    case 'label': {
      const of = formula.of === null ? null : inner(formula.of);
      return of === null ? null : { ...formula, of };
    }
    default:
      return isMatrix(formula, scope) ? null : formula;
  }
}

/** The formula with one entry changed; null where the changed entry has another structure. */
export function injected(
  formula: Formula,
  entry: Formula,
  i: number,
  j: number,
  scope: Scope,
): Formula | null {
  switch (formula.kind) {
    case 'matrix': {
      const rows = formula.rows.map((row, r) => row.map((cell, c) => (r === i && c === j ? entry : cell)));
      return { ...formula, rows };
    }
    case 'sum': {
      if (entry.kind !== 'sum' || entry.terms.length !== formula.terms.length) return null;
      const parts = formula.terms.map((term, k) =>
        injected(term.formula, entry.terms[k]!.formula, i, j, scope),
      );
      const terms = parts.flatMap((part, k) =>
        part === null ? [] : [{ ...formula.terms[k]!, sign: entry.terms[k]!.sign, formula: part }],
      );
      return terms.length === parts.length ? { ...formula, terms } : null;
    }
    case 'product': {
      if (entry.kind !== 'product' || entry.factors.length !== formula.factors.length) return null;
      const parts = formula.factors.map((factor, k) => injected(factor, entry.factors[k]!, i, j, scope));
      const factors = parts.filter(part => part !== null);
      return factors.length === parts.length ? { ...formula, factors } : null;
    }
    case 'negation':
    case 'label': {
      if (entry.kind !== formula.kind || formula.of === null || entry.of === null) return null;
      const of = injected(formula.of, entry.of, i, j, scope);
      return of === null ? null : { ...formula, of };
    }
    default:
      return isMatrix(formula, scope) ? null : entry;
  }
}

function isMatrix(formula: Formula, scope: Scope): boolean {
  if (formula.kind === 'matrix') return true;
  try {
    return read(formula, { ...scope, seen: nothingSeen() }).kind === 'matrix';
  } catch (error) {
    if (error instanceof Refusal) return true;
    throw error;
  }
}
