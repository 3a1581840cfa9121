/**
 * How much work a certificate asks for, known before it is done: monomials to be multiplied or compared. Operators
 * need some ten thousand, batch statistics a hundred thousand; one that was made to be slow is rejected before it is.
 */
import type { Polynomial } from '../../exact/index.js';
import type { Atom, Guard, Term } from '../../index-sum/index.js';
import type { Proof } from '../trusted/check.js';
import type { Evidence, Step } from '../trusted/rules.js';
import type { Statement } from '../trusted/statement.js';
import { fault } from './fault.js';

/** Measured: a unit takes about a microsecond, and 3-d convolution 32,000 of them. */
const UNITS = 300_000;

/** Adds up work, and throws where it is too much. */
export function budget(limit = UNITS) {
  let spent = 0;
  return (units: number): void => {
    spent += units;
    if (spent > limit)
      fault('certificate-too-large', 'the proof takes too much work', `${limit} units`, `${spent} so far`);
  };
}

type Spend = ReturnType<typeof budget>;

/** Polynomials beyond these sizes are refused by their product. */
const LARGEST_PRODUCT = 1000;

const partsOf = (guard: Guard): Polynomial[] =>
  guard.kind === 'equation' ? [guard.zero] : [guard.value, guard.extent];

const polynomialsOf = ({ guards, atoms }: Term): Polynomial[] => [
  ...guards.flatMap(partsOf),
  ...atoms.flatMap(atom => atom.index),
];

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Monomials that putting polynomials of the given sizes in the place of names makes, at most. */
function monomialsAfter(value: Polynomial, sizes: ReadonlyMap<string, number>): number {
  const after = (monomial: string) => {
    const factors = monomial === '' ? [] : monomial.split('*');
    const product = factors.reduce((size, name) => size * (sizes.get(name) ?? 1), 1);
    return (1 + factors.length) * Math.min(product, LARGEST_PRODUCT);
  };
  return sum([...value.keys()].map(after));
}

/** Spends what unfolding the definitions takes; the checker itself stops at 200 terms. */
export function spendOnUnfolding({ definitions, left, right, assume, units }: Statement, spend: Spend): void {
  const byName = new Map(definitions.map((definition, at) => [definition.name, { definition, at }]));
  let work = 0;
  let unfolded = 0;
  const follow = (term: Term, sizes: ReadonlyMap<string, number>, before: number): number => {
    const monomials = sum(polynomialsOf(term).map(one => monomialsAfter(one, sizes)));
    const units = 1 + monomials + term.bound.length ** 2 + 3 * term.guards.length + term.atoms.length;
    spend(units);
    work += units;
    return term.atoms.reduce((terms, atom) => Math.min(200, terms * inside(atom, sizes, before)), 1);
  };
  /** A definition reads those before it only: what reads itself is refused by the checker. */
  const inside = ({ tensor, index }: Atom, sizes: ReadonlyMap<string, number>, before: number): number => {
    const found = byName.get(tensor);
    if (!found || found.at >= before) return 1;
    unfolded++;
    const { free, terms } = found.definition;
    const sizeAt = (k: number) => monomialsAfter(index[k] ?? new Map(), sizes);
    const inner = new Map(free.map(({ name }, k) => [name, sizeAt(k)]));
    return sum(terms.map(term => follow(term, inner, found.at)));
  };
  for (const { terms } of definitions) for (const term of terms) follow(term, new Map(), 0);
  spend(sum([...assume, ...units.values()].map(fact => monomialsAfter(fact, new Map()))));
  for (const term of [...left, ...right]) {
    [work, unfolded] = [0, 0];
    // Each term that an atom becomes repeats the work on the atoms after it, and copies what came before.
    const terms = follow(term, new Map(), definitions.length);
    spend(terms * (work + 10 * unfolded ** 2));
  }
}

/** Hears every term before the step that is taken from it. */
export function watchOf({ left, right }: Proof, statement: Statement, spend: Spend): (term: Term) => void {
  const { parameters, assume, free } = statement;
  const steps = [...left, ...right].flat();
  const [names, facts] = [parameters.length + free.length, assume.length + 2 * free.length];
  let at = 0;
  return term => spend(names + stepCost(term, steps[at++]!, facts));
}

function stepCost(term: Term, step: Step, given: number): number {
  const polynomials = polynomialsOf(term);
  const size = 10 + term.bound.length + sum(polynomials.map(one => 1 + one.size));
  const facts = given + 2 * (term.bound.length + term.guards.length);
  const evidence = 'evidence' in step ? facts + evidenceCost(step.evidence, facts) : 0;
  const counted = step.rule === 'unit' ? countCost(term, step.names) : 0;
  return (
    size + evidence + counted + sum(polynomials.map(one => monomialsAfter(one, substituted(term, step))))
  );
}

/** What it takes to multiply the extents of indices. */
function countCost({ bound }: Term, names: readonly string[]): number {
  const extents = bound.filter(range => names.includes(range.name)).map(range => range.extent);
  return (
    (bound.length + 1) * names.length + extents.length * Math.min(LARGEST_PRODUCT, sizeOfProduct(extents))
  );
}

/** Sizes of what a step puts in the place of names. */
function substituted(term: Term, step: Step): Map<string, number> {
  if (step.rule === 'split') return new Map([[step.name, 1 + step.into[1].extent.size]]);
  if (step.rule !== 'eliminate') return new Map();
  const sizes = term.guards.map(guard =>
    guard.kind === 'equation' && guard.zero.has(step.name) ? guard.zero.size : 1,
  );
  return new Map([[step.name, Math.max(1, ...sizes)]]);
}

function evidenceCost(evidence: Evidence, facts: number): number {
  return sum(
    evidence.map(products => {
      const sizes = products.map(factors => Math.min(LARGEST_PRODUCT, sizeOfProduct(factors)));
      const factors = products.flat();
      const compared = sum(factors.map(one => 1 + one.size)) * facts;
      // The sum so far is copied for every product.
      return compared / 8 + sum(sizes.map((size, k) => size * (products[k]!.length + products.length - k)));
    }),
  );
}

const sizeOfProduct = (factors: readonly Polynomial[]): number =>
  factors.reduce((size, factor) => size * Math.max(1, factor.size), 1);
