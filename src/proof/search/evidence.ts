/**
 * Looks for evidence that a polynomial is at least 0: a sum of products of facts, found depth first by cancelling
 * the leading monomial. Incomplete and capped; what it finds is checked elsewhere.
 */
import { type Integer, integer, type Polynomial, polynomial } from '../../exact/index.js';
import { type Closure, closure, type Fact, type Product } from './facts.js';

/** Work left, in visited nodes: shared by all searches of one proof. */
export interface Budget {
  nodes: number;
}

interface Chosen {
  readonly times: Integer;
  readonly factors: readonly Fact[];
}

/** Products tried at most, shortest sums first; branches of a node; nodes of one search. */
const [DEPTHS, WIDTH, NODES] = [[3, 7], 6, 24];
const ONE = polynomial.constant(1);

/** A search that knows the facts of one term. */
export class EvidenceSearch {
  private readonly reduce: Closure['reduce'];
  private readonly byMonomial = new Map<string, [Fact, Integer][]>();
  private readonly multipliers = new Map<string, Fact>();
  private readonly products = new Map<Fact, Map<Polynomial, Polynomial>>();
  private readonly budget: Budget;
  private left = 0;
  private readonly failed = new Map<string, number>();

  constructor(known: readonly Polynomial[], free: readonly string[], budget: Budget) {
    const { facts, reduce } = closure(known, free);
    this.reduce = reduce;
    this.budget = budget;
    for (const fact of facts) {
      for (const [monomial, coefficient] of fact.value) {
        const list = this.byMonomial.get(monomial) ?? [];
        list.push([fact, coefficient]);
        this.byMonomial.set(monomial, list);
      }
    }
    for (const fact of facts) {
      const [[monomial, coefficient]] = [...fact.value] as [[string, Integer]];
      const isName = fact.value.size === 1 && coefficient === 1 && !monomial.includes('*');
      if (isName && !fact.times) this.multipliers.set(monomial, fact);
    }
  }

  /** Products of facts that add up to the claim or to -1, or null. */
  find(claim: Polynomial): Product[] | null {
    const { value, products } = this.reduce(claim);
    if (!products) return null;
    // The claim is the value plus what the equations add to it.
    const back = products.map(product => product.with(-1, polynomial.negate(product.at(-1)!)));
    const direct = this.from(value);
    if (direct) return finished(direct, claim, back);
    // n (claim + 1) >= 1 shows claim >= 0 too, and lets n cancel.
    for (const [name, multiplier] of this.multipliers) {
      if (!this.scales(name, value)) continue;
      const goal = polynomial.subtract(polynomial.product(multiplier.value, polynomial.add(value, ONE)), ONE);
      const found = this.from(goal);
      if (found) return finished(found, claim, back, multiplier);
    }
    return null;
  }

  /** Whether the facts speak of every index in the value times this name. */
  private scales(name: string, value: Polynomial): boolean {
    return [...value.keys()].every(
      monomial => monomial === '' || this.byMonomial.has(polynomial.nameProduct(monomial, name)),
    );
  }

  private from(goal: Polynomial): Chosen[] | null {
    for (const depth of DEPTHS) {
      this.left = Math.min(NODES, this.budget.nodes);
      this.failed.clear();
      const before = this.left;
      const found = this.descend(goal, depth);
      this.budget.nodes -= before - Math.max(0, this.left);
      if (found) return found;
    }
    return null;
  }

  private descend(rest: Polynomial, depth: number): Chosen[] | null {
    const constant = polynomial.asConstant(rest);
    if (constant !== null)
      return constant < 0 ? null : constant === 0 ? [] : [{ times: constant, factors: [] }];
    if (depth === 0 || --this.left < 0) return null;
    const key = polynomial.text(rest);
    if ((this.failed.get(key) ?? -1) >= depth) return null;
    const options = this.fewest(rest).map(chosen => {
      const next = polynomial.subtract(rest, polynomial.scale(this.valueOf(chosen.factors), chosen.times));
      return { chosen, next, cost: cost(next) + chosen.factors.length };
    });
    options.sort((a, b) => a.cost - b.cost);
    for (const { chosen, next } of options.slice(0, WIDTH)) {
      const found = this.descend(next, depth - 1);
      if (found) return [chosen, ...found];
    }
    this.failed.set(key, depth);
    return null;
  }

  /** The ways to cancel one of the monomials of the highest degree: that which has the fewest. */
  private fewest(rest: Polynomial): Chosen[] {
    const highest = Math.max(...[...rest.keys()].map(degree));
    let best: Chosen[] | null = null;
    for (const [monomial, coefficient] of rest) {
      if (degree(monomial) < highest) continue;
      const options = this.candidates(monomial, coefficient);
      if (best === null || options.length < best.length) best = options;
      if (best.length === 0) break;
    }
    return best ?? [];
  }

  /** Products in which the monomial has the wanted sign and divides the wanted coefficient. */
  private candidates(monomial: string, wanted: Integer): Chosen[] {
    const found: Chosen[] = [];
    for (const { names, rest } of partings(monomial)) {
      const multipliers = names.map(name => this.multipliers.get(name));
      if (!multipliers.every(fact => fact !== undefined)) continue;
      for (const [fact, coefficient] of this.byMonomial.get(rest) ?? []) {
        if (coefficient > 0 !== wanted > 0 || integer.remainder(wanted, coefficient) !== 0) continue;
        found.push({ times: integer.divide(wanted, coefficient), factors: [...multipliers, fact] });
      }
    }
    return found;
  }

  /** The product of single names and one last fact, computed once. */
  private valueOf([first, ...rest]: readonly Fact[]): Polynomial {
    if (rest.length === 0) return first!.value;
    const inner = this.valueOf(rest);
    const known = this.products.get(first!) ?? new Map<Polynomial, Polynomial>();
    this.products.set(first!, known);
    const product = known.get(inner) ?? polynomial.product(inner, first!.value);
    known.set(inner, product);
    return product;
  }
}

/** No product of index arithmetic that can be shown has more names. */
const MOST_NAMES = 8;

/** A monomial as some of its names and the rest of it, which is never nothing. */
function partings(monomial: string): { readonly names: readonly string[]; readonly rest: string }[] {
  const all = monomial.split('*');
  if (all.length > MOST_NAMES) return [];
  const found = new Map<string, { names: string[]; rest: string }>();
  for (let mask = 0; mask < 2 ** all.length - 1; mask++) {
    const names = all.filter((_, k) => (mask >> k) & 1);
    const rest = all.filter((_, k) => !((mask >> k) & 1)).join('*');
    if (!found.has(rest)) found.set(rest, { names, rest });
  }
  return [...found.values()];
}

function degree(monomial: string): number {
  let count = monomial === '' ? 0 : 1;
  for (let k = 0; k < monomial.length; k++) if (monomial.charCodeAt(k) === 42) count++;
  return count;
}

/** What is left to cancel. */
function cost(value: Polynomial): number {
  let sum = 0;
  for (const [monomial, coefficient] of value) {
    sum += degree(monomial) * (2 + Number(integer.absolute(coefficient)));
  }
  return sum;
}

/**
 * Expands derived facts into the checker's. Quotients turn the sum into one for -1, times their divisor.
 * @param back products to be added to reach the claim itself
 */
function finished(
  chosen: readonly Chosen[],
  claim: Polynomial,
  back: readonly Product[],
  multiplier: Fact | null = null,
): Product[] {
  const quotient = chosen.flatMap(one => one.factors).find(fact => fact.times)?.times ?? null;
  if (!multiplier && !quotient) return [...chosen.flatMap(expanded), ...back];
  const negation = polynomial.subtract(polynomial.constant(-1), claim);
  const ways = multiplier?.via ?? [[]];
  const against = [[negation], ...back].flatMap(product => ways.map(way => [...product, ...way]));
  if (!quotient) return [...chosen.flatMap(expanded), ...against];
  const timesDivisor = (product: Product) => quotient.whole.map(more => [...more, ...product]);
  return [
    ...chosen.flatMap(one => {
      const isScaled = one.factors.some(fact => fact.times?.name === quotient.name);
      return isScaled ? expanded(one) : expanded(one).flatMap(timesDivisor);
    }),
    ...against.flatMap(timesDivisor),
    ...quotient.excess,
  ];
}

function expanded({ times, factors }: Chosen): Product[] {
  let products: Product[] = [times === 1 ? [] : [polynomial.constant(times)]];
  for (const { via } of factors)
    products = products.flatMap(product => via.map(more => [...product, ...more]));
  return products;
}
