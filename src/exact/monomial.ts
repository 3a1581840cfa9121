/**
 * Monomials as small integers, so that a polynomial is a map from integer to coefficient.
 * A table interns each product of variables once; ids are only meaningful within their table.
 */
import { BackproofError } from '../error.js';

/** Id of the empty product. */
export const UNIT = 0;

/** A V8 Map ends at 2^24 entries; stop before it throws. */
const CAPACITY = 2 ** 24 - 16;

/** Pair keys are a * RADIX + b; exact below 2^53. */
const RADIX = 2 ** 25;

export class MonomialTable {
  /** factors[id] = the variables of the monomial, ascending, repeated by exponent. */
  readonly #factors: (readonly number[])[] = [[]];
  readonly #variables = new Map<number, number>();
  /** (monomial, variable >= its last factor) -> their product. */
  readonly #extensions = new Map<number, number>();

  /**
   * The monomial that is one variable; a variable is any natural number below 2^25.
   * @throws BackproofError `variable-out-of-range` for any other number.
   */
  variable(index: number): number {
    let id = this.#variables.get(index);
    if (id === undefined) {
      // Beyond the radix, keys of different products would collide, and unequal polynomials be equal.
      if (!Number.isInteger(index) || index < 0 || index >= RADIX) throw notVariable(index);
      id = this.#append([index]);
      this.#variables.set(index, id);
    }
    return id;
  }

  product(a: number, b: number): number {
    if (a === UNIT) return b;
    if (b === UNIT) return a;
    const [left, right] = [this.#factors[a]!, this.#factors[b]!];
    if (left.at(-1)! <= right[0]!) return right.reduce((id, variable) => this.#extend(id, variable), a);
    return [...left, ...right]
      .sort((u, v) => u - v)
      .reduce((id, variable) => this.#extend(id, variable), UNIT);
  }

  /** The variables of a monomial, ascending, repeated by exponent. */
  factors(id: number): readonly number[] {
    return this.#factors[id]!;
  }

  #extend(id: number, variable: number): number {
    if (id === UNIT) return this.variable(variable);
    const key = id * RADIX + variable;
    let extended = this.#extensions.get(key);
    if (extended === undefined) {
      extended = this.#append([...this.#factors[id]!, variable]);
      this.#extensions.set(key, extended);
    }
    return extended;
  }

  #append(factors: readonly number[]): number {
    if (this.#factors.length >= CAPACITY) {
      throw new BackproofError({
        code: 'too-many-monomials',
        where: 'monomial table',
        what: 'the polynomial has too many different monomials',
        expected: `at most ${CAPACITY}`,
        got: 'one more',
        fix: 'Work cell by cell, or at a smaller shape.',
      });
    }
    return this.#factors.push(factors) - 1;
  }
}

function notVariable(index: number): BackproofError {
  return new BackproofError({
    code: 'variable-out-of-range',
    where: 'monomial table',
    what: 'a variable has a number that keys cannot hold',
    expected: `a natural number below ${RADIX}`,
    got: String(index),
    fix: 'Number the variables from 0.',
  });
}
