import { mutantsOf } from './mutant.js';

const negation = 'below(claim, new Map())';
const allFacts = 'return [...assume, ...[...ranges, ...term.guards].flatMap(claimsOf)];';

/** The first half of rules.ts: what is known, and how a claim is shown. */
export const evidenceMutants = mutantsOf('src/proof/trusted/rules.ts', [
  [
    'v < n is n - 1 - v >= 0',
    'polynomial.subtract(n, polynomial.add(v, polynomial.constant(1)))',
    'polynomial.subtract(n, v)',
  ],
  [
    'a guard that is named is there',
    "if (!guard) return reject('no-such-part', 'a step names a guard that is none', '');",
    'if (!guard) return [];',
  ],
  [
    'zero >= 0 is to be shown',
    'return [guard.zero, polynomial.negate(guard.zero)];',
    'return [new Map(), polynomial.negate(guard.zero)];',
  ],
  ['zero <= 0 is to be shown', 'return [guard.zero, polynomial.negate(guard.zero)];', 'return [guard.zero];'],
  [
    'an equation is more than a range',
    "if (guard.kind === 'equation') return [guard.zero, polynomial.negate(guard.zero)];",
    "if (guard.kind === 'equation') return [];",
  ],
  [
    'the lower half of a range is to be shown',
    'return [guard.value, below(guard.value, guard.extent)];',
    'return [new Map(), below(guard.value, guard.extent)];',
  ],
  [
    'the upper half of a range is to be shown',
    'return [guard.value, below(guard.value, guard.extent)];',
    'return [guard.value];',
  ],
  [
    'a range ends before its extent',
    'return [guard.value, below(guard.value, guard.extent)];',
    'return [guard.value, polynomial.subtract(guard.extent, guard.value)];',
  ],
  [
    'an index is below its extent, not below what comes before it',
    'range(polynomial.variable(one.name), one.extent)',
    'range(polynomial.variable(one.name), below(new Map(), one.extent))',
  ],
  [
    'an index is below its extent',
    allFacts,
    'return [...assume, ...ranges.map(one => one.value), ...term.guards.flatMap(claimsOf)];',
  ],
  [
    'an index is not negative',
    allFacts,
    'return [...assume, ...ranges.map(one => below(one.value, one.extent)), ...term.guards.flatMap(claimsOf)];',
  ],
  [
    'parameters have no sign',
    'return [...assume, ...[...ranges',
    'return [...[...scope.parameters].map(polynomial.variable), ...assume, ...[...ranges',
  ],
  ['assumptions are facts', 'return [...assume, ...[...ranges', 'return [...[...ranges'],
  ['guards are facts', '[...ranges, ...term.guards].flatMap', '[...ranges].flatMap'],
  ['every claim is shown', 'of claims.entries()) {', 'of claims.slice(0, 1).entries()) {'],
  ['the last claim is not enough', 'of claims.entries()) {', 'of claims.slice(-1).entries()) {'],
  ['a claim is no fact', negation, 'claim'],
  [
    'the negation of a claim is not too strong',
    negation,
    `polynomial.add(${negation}, polynomial.constant(-1))`,
  ],
  ['the negation of a claim is not too weak', negation, 'polynomial.negate(claim)'],
  ['the negation of another claim is no fact', negation, '...claims.map(one => below(one, new Map()))'],
  ['each claim has its own evidence', 'evidence[k] ?? []', 'evidence[0] ?? []'],
  ['a fact is the same polynomial', 'polynomial.equal(fact, one));', 'fact.size === one.size);'],
  [
    'the negation of a fact is none',
    'polynomial.equal(fact, one));',
    'polynomial.equal(fact, one) || polynomial.equal(polynomial.negate(fact), one));',
  ],
  ['what is used is known', 'if (unknown) reject(', 'if (unknown && facts.length < 0) reject('],
  [
    'numbers are not negative',
    '(polynomial.asConstant(one) ?? -1) < 0',
    'polynomial.asConstant(one) === null',
  ],
  ['naturals are known', '(polynomial.asConstant(one) ?? -1) < 0 && !isKnown(one)', '!isKnown(one)'],
  [
    'every factor is known',
    'products.flat().find(',
    'products.flatMap(product => product.slice(0, 1)).find(',
  ],
  [
    'the first factor is known',
    'products.flat().find(',
    'products.flatMap(product => product.slice(1)).find(',
  ],
  [
    'products are multiplied',
    'product.reduce(polynomial.product, polynomial.constant(1))',
    'product.reduce(polynomial.add, new Map())',
  ],
  [
    'products are added',
    'values.reduce(polynomial.add, polynomial.constant(0))',
    'values.at(-1) ?? new Map()',
  ],
  ['every product is known', 'products.flat().find(', 'products.slice(0, 1).flat().find('],
  [
    'the sum is the claim',
    `if (!polynomial.equal(sum, claim) && polynomial.asConstant(sum) !== -1)
      reject(`,
    'if (sum.size > 99) reject(',
  ],
  ['the sum may be the claim', '!polynomial.equal(sum, claim) && ', ''],
  ['the sum may be a contradiction', ' && polynomial.asConstant(sum) !== -1)', ')'],
  [
    'nothing is no contradiction',
    'polynomial.asConstant(sum) !== -1',
    '(polynomial.asConstant(sum) ?? 1) > 0',
  ],
  [
    '1 is no contradiction',
    'polynomial.asConstant(sum) !== -1',
    '(polynomial.asConstant(sum) ?? 0) ** 2 !== 1',
  ],
  [
    'a number is no contradiction',
    'polynomial.asConstant(sum) !== -1',
    'polynomial.asConstant(sum) === null',
  ],
  [
    'the sum is not more than the claim',
    '!polynomial.equal(sum, claim)',
    '(polynomial.asConstant(polynomial.subtract(sum, claim)) ?? -1) < 0',
  ],
  ['terms are well-formed after a step', 'return next && wellFormed(next, scope);', 'return next;'],
]);
