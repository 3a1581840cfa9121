/** The search for evidence: what it finds, the trusted rules accept; what does not follow, it does not find. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Polynomial, polynomial } from '../../../src/exact/index.js';
import { EvidenceSearch } from '../../../src/proof/search/evidence.js';
import type { Product } from '../../../src/proof/search/facts.js';
import { applyStep } from '../../../src/proof/trusted/rules.js';
import { NODES, polynomials } from './setting.js';

const ONE = polynomial.constant(1);

/** Throws unless the products show the claim: a guard 0 <= claim < claim + 1 may then be added. */
function accept(claim: Polynomial, facts: readonly Polynomial[], products: readonly Product[]): void {
  const parameters = new Set([claim, ...facts].flatMap(one => [...polynomial.names(one)]));
  const guard = { kind: 'range', value: claim, extent: polynomial.add(claim, ONE) } as const;
  const term = { coefficient: 1, bound: [], guards: [], atoms: [] };
  const scope = { parameters, free: [], ranks: new Map<string, number>() };
  applyStep(
    term,
    { rule: 'add', guard, evidence: [products, []] },
    { assume: facts, units: new Map() },
    scope,
  );
}

function search(claim: string, facts: string, free = '') {
  const [goal, known] = [polynomials(claim)[0]!, polynomials(facts)];
  const budget = { nodes: NODES };
  const names = free.split(',').filter(name => name !== '');
  const products = new EvidenceSearch(known, names, budget).find(goal);
  return { goal, known, products, budget };
}

const WINDOW = 'L + a + b - d*K + d - 1 - s*P + s, P - 1 - p, K - 1 - q, p, q, s - 1, d - 1, a, b';

describe('evidence is found', () => {
  test.each([
    ['a fact itself', 'N', 'N', ''],
    ['a constant', '3', 'N', ''],
    ['a sum of facts', '2*a + b + 1', 'a, b', ''],
    ['a product of two sizes', 'N*M', 'N, M', ''],
    ['the end of a range', 'P - 1 - p + a', 'p, P - 1 - p, a', ''],
    ['what is at least 1 is at least 0', 's', 's - 1', ''],
    [
      'two digits are below the product of their ranges',
      'n*m - 1 - m*h - l',
      'h, n - 1 - h, l, m - 1 - l',
      '',
    ],
    ['three digits', 'n*m*k - 1 - m*k*h - k*l - j', 'h, n - 1 - h, l, m - 1 - l, j, k - 1 - j', ''],
    ['a window ends in the padded input', 'L + a + b - 1 - s*p - d*q', WINDOW, ''],
    ['a window starts in it', 's*p + d*q', WINDOW, ''],
    ['an index that an equation fixes', 'i', 'i - s*p - q, s*p + q - i, s, p, q', 'i'],
    ['the quotient by what is at least 1', 'L - K', 'P, P*L - P*K, P - 1', ''],
    ['the quotient by a size that has an index', 'L - K + 1', 'P, P*L - P*K, p, P - 1 - p', ''],
    [
      'room for the last window where there is one',
      'L - K - s*p',
      'P, P*L - P*K - s*P*P + s*P, p, P - 1 - p, s - 1',
      '',
    ],
    ['a high digit of 0', 'h', 'm*h + l, -m*h - l, l, m - 1 - l', ''],
    ['a high digit of 0, from above', '-h', 'm*h + l, -m*h - l, l, m - 1 - l', ''],
    ['anything from facts that contradict each other', 'x', 'N - 3, 2 - N, x - N, x', ''],
  ])('%s', (_, claim, facts, free) => {
    const { goal, known, products, budget } = search(claim, facts, free);
    if (!products) return expect.unreachable(`nothing found, ${NODES - budget.nodes} nodes`);
    accept(goal, known, products);
    expect(NODES - budget.nodes).toBeLessThan(200);
  });
});

describe('nothing is found for what does not follow', () => {
  test.each([
    ['a size is at least 1', 'N - 1', 'N'],
    ['a difference', 'a - b', 'a, b'],
    ['a product of what has no sign', 'a*b', 'a + b'],
    ['a negative number', '-1', 'N, M - 1'],
    ['the other side of a range', 'p - P', 'p, P - 1 - p'],
    ['a window within the input, though it is padded', 'L - 1 - s*p - d*q', WINDOW],
    ['a quotient by what may be 0', 'L - K', 'P*L - P*K, P'],
    ['digits in the wrong radix', 'n*m - 1 - n*h - l', 'h, n - 1 - h, l, m - 1 - l'],
    ['a high digit where the low one may be negative', 'h', 'm*h + l, -m*h - l, m - 1 - l'],
  ])('%s', (_, claim, facts) => {
    expect(search(claim, facts).products).toBeNull();
  });

  test('or where no work is left', () => {
    const budget = { nodes: 0 };
    expect(new EvidenceSearch(polynomials('N, M'), [], budget).find(polynomials('N*M')[0]!)).toBeNull();
    expect(budget.nodes).toBe(0);
  });
});

const NAMES = ['a', 'b', 'c', 'd'];
const linear = fc
  .tuple(
    fc.integer({ min: -3, max: 3 }),
    fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 4, maxLength: 4 }),
  )
  .map(([constant, weights]) =>
    weights.reduce(
      (sum, weight, k) => polynomial.add(sum, polynomial.scale(polynomial.variable(NAMES[k]!), weight)),
      polynomial.constant(constant),
    ),
  );

test('sums of random facts are often shown, and whatever is shown is accepted', () => {
  let [shown, tried] = [0, 0];
  const law = (facts: Polynomial[], weights: number[], claim: Polynomial) => {
    const known = [...facts, ...NAMES.map(polynomial.variable)];
    const combined = facts.reduce(
      (sum, fact, k) => polynomial.add(sum, polynomial.scale(fact, weights[k]!)),
      polynomial.constant(0),
    );
    for (const goal of [combined, claim, polynomial.product(facts[0]!, facts[1]!)]) {
      const products = new EvidenceSearch(known, [], { nodes: NODES }).find(goal);
      if (products) accept(goal, known, products);
      tried += Number(goal === combined);
      shown += Number(goal === combined && products !== null);
    }
  };
  fc.assert(
    fc.property(
      fc.array(linear, { minLength: 3, maxLength: 3 }),
      fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }),
      linear,
      law,
    ),
    { seed: 5, numRuns: 300 },
  );
  expect(tried).toBe(300);
  expect(shown).toBeGreaterThan(150);
});
