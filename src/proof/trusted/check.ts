/** Checking a proof: every term of both sides goes its own way, and what they end in must be the same. */
import { type Integer, integer, type Polynomial, polynomial } from '../../exact/index.js';
import type { Term } from '../../index-sum/term.js';
import { applyStep, below, type Step } from './rules.js';
import { reject, type Statement, sidesOf } from './statement.js';

export interface Proof {
  /** For each term of each side, its steps in order. */
  readonly left: readonly (readonly Step[])[];
  readonly right: readonly (readonly Step[])[];
  /** Integers that both sides are multiplied by first: each divides what a unit is 1 over, so it has an inverse. */
  readonly factors: readonly Integer[];
  /** Values of the parameters that meet the assumptions; what free indices and units count is at least 1. */
  readonly witness: ReadonlyMap<string, Integer>;
}

/** Returns if the proof shows the statement; `watch` hears every term. @throws BackproofError if it does not. */
export function check(statement: Statement, proof: Proof, watch: (term: Term) => void = () => {}): void {
  const { scope, left, right } = sidesOf(statement);
  const values = new Map([...proof.witness].map(([name, value]) => [name, polynomial.constant(value)]));
  const counts = [...statement.free.map(({ extent }) => extent), ...statement.units.values()];
  for (const fact of [...statement.assume, ...counts.map(count => below(new Map(), count))]) {
    const value = polynomial.asConstant(polynomial.substitute(fact, values));
    if (value === null || !(value >= 0)) reject('bad-witness', 'not at least 0 there', polynomial.text(fact));
  }
  for (const factor of proof.factors) {
    const divides = (k: Polynomial) => [...k.values()].every(c => integer.remainder(c, factor) === 0);
    if (![...statement.units.values()].some(divides)) reject('not-shown', 'a factor has no inverse', factor);
  }
  const times = proof.factors.reduce(integer.multiply, 1);
  const total = new Map<string, Integer>();
  const follow = (terms: readonly Term[], steps: readonly (readonly Step[])[], sign: Integer) => {
    if (steps.length !== terms.length) reject('wrong-steps', `not ${terms.length} lists`, steps.length);
    for (const [k, start] of terms.entries()) {
      let term: Term | null = { ...start, coefficient: integer.multiply(times, start.coefficient) };
      for (const step of steps[k]!) {
        if (!term) return reject('wrong-steps', 'a step follows a term that vanished', step.rule);
        watch(term);
        term = applyStep(term, step, statement, scope);
      }
      if (term) polynomial.accumulate(total, keyOf(term), integer.multiply(sign, term.coefficient));
    }
  };
  follow(left, proof.left, 1);
  follow(right, proof.right, -1);
  if (total.size > 0) reject('sides-differ', 'the sides do not end alike', [...total.keys()].join(' and '));
}

/** Terms of one key differ in their coefficients only: ranges, guards and atoms have no order. */
export function keyOf({ bound, guards, atoms }: Term): string {
  const t = polynomial.text;
  const equation = (zero: Polynomial) => [t(zero), t(polynomial.negate(zero))].sort()[0];
  const parts = [
    bound.map(({ name, extent }) => [name, t(extent)]),
    guards.map(one => (one.kind === 'equation' ? [equation(one.zero)] : [t(one.value), t(one.extent)])),
    atoms.map(({ tensor, index }) => [tensor, ...index.map(t)]),
  ];
  return JSON.stringify(parts.map(list => list.sort()));
}
