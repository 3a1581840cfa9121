/** Terms made ready to be evaluated at many points. */
import type { Integer } from '../../exact/index.js';
import type { Term } from '../../index-sum/term.js';
import type { Statement } from '../trusted/statement.js';
import { type Form, formOf } from './form.js';
import { factored, isTerm } from './parts.js';
import { type Plan, planWalk } from './walk.js';

/** The largest prime below 2^26: products of residues stay exact. */
export const PRIME = 67108859;

/** A sum, or a loop over an index around products of sums. */
export type Part = Sum | Loop;

interface Sum {
  readonly plan: Plan;
  readonly atoms: readonly {
    readonly tensor: string;
    readonly salt: number;
    readonly index: readonly Form[];
  }[];
}

export interface Loop {
  readonly extent: Form;
  readonly parts: readonly Part[];
}

interface TermPlan {
  readonly coefficient: Integer;
  readonly residue: number;
  /** What the term is divided by: once for each reciprocal in it. */
  readonly divisors: readonly Form[];
  readonly parts: readonly Part[];
}

export type SidePlan = readonly TermPlan[];

/** @param outer names of the parameters and free indices, in the order of their values */
export function planSide(
  terms: readonly Term[],
  outer: readonly string[],
  units: Statement['units'] = new Map(),
): SidePlan {
  return terms.map(term => {
    const { coefficient, atoms } = term;
    const divisors = atoms.flatMap(({ tensor }) => units.get(tensor) ?? []);
    const rest = { ...term, atoms: atoms.filter(({ tensor }) => !units.has(tensor)) };
    const parts = factored(rest).map(part => planPart(part, outer));
    return {
      coefficient,
      residue: residueBy(PRIME, coefficient),
      divisors: divisors.map(value => formOf(value, outer)),
      parts,
    };
  });
}

const residueBy = (prime: number, value: Integer): number =>
  Number(((BigInt(value) % BigInt(prime)) + BigInt(prime)) % BigInt(prime));

function planPart(part: ReturnType<typeof factored>[number], outer: readonly string[]): Part {
  if (isTerm(part)) return planSum(part, outer);
  const inner = [...outer, part.range.name];
  return {
    extent: formOf(part.range.extent, outer),
    parts: part.parts.map(one => planPart(one, inner)),
  };
}

function planSum(term: Term, outer: readonly string[]): Sum {
  const plan = planWalk(term, outer);
  const atoms = term.atoms.map(({ tensor, index }) => ({
    tensor,
    salt: [...tensor].reduce((hash, sign) => mixed(hash, sign.charCodeAt(0)), tensor.length),
    index: index.map(form => formOf(form, plan.slots)),
  }));
  return { plan, atoms };
}

/** A step of the hash of Murmur3, as a natural below 2^32. */
export function mixed(hash: number, value: number): number {
  let mix = Math.imul(hash ^ Math.imul(value | 0, 0xcc9e2d51), 0x85ebca6b) + 0x9e3779b9;
  mix = Math.imul(mix ^ (mix >>> 15), 0xc2b2ae35);
  return (mix ^ (mix >>> 13)) >>> 0;
}
