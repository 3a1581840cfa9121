/** The facts that a record states about its sizes, against its size rule. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../src/error.js';
import { type Polynomial, polynomial } from '../../src/exact/index.js';
import { parameterPolynomial, type Values } from '../../src/index-sum/index.js';
import { domainOf, type Fact } from '../../src/ops/domain.js';
import {
  callOfAllSizes,
  type Operator,
  operatorNamed,
  operators,
  type Params,
  resolve,
} from '../../src/ops/index.js';
import { quotient } from '../../src/ops/quotient.js';
import { symbolicCall } from '../../src/ops/symbolic.js';
import { callAt, freeLetters, modesOf, ranksOf } from './calls.js';

/** Counts the windows one by one: the size rules divide. */
function windows(room: number, step: number): number {
  let count = 0;
  while (step * count <= room) count++;
  return count;
}

function holds(fact: Fact, sizes: Values): boolean {
  const at = (value: ReturnType<typeof polynomial.constant>) => parameterPolynomial(value, sizes);
  switch (fact.kind) {
    case 'bound':
      return at(fact.value) >= 0;
    case 'equation':
      return sizes[fact.letter] === at(fact.value);
    case 'windows':
      return sizes[fact.letter] === windows(at(fact.room), at(fact.step));
  }
}

const broken = (operator: Operator, modes: Params, rank: number, sizes: Values) =>
  domainOf(operator, modes, rank).filter(fact => !holds(fact, sizes));

describe.each(operators.map(operator => [operator.name, operator] as const))('%s', (_, operator) => {
  test('every fact holds of the sizes of every example', () => {
    for (const { shapes, params } of operator.examples) {
      const call = resolve(operator, shapes, params);
      expect(broken(operator, call.params, call.rank, call.sizes)).toEqual([]);
    }
  });

  test('the facts allow exactly the calls that the size rule accepts', () => {
    const call = fc
      .constantFrom(
        ...ranksOf(operator).flatMap(rank => modesOf(operator, rank).map(modes => ({ rank, modes }))),
      )
      .chain(({ rank, modes }) => {
        // Mostly allowed values, so that a call with a dozen letters is often allowed as a whole.
        const value = (min: number, max: number) =>
          fc.oneof(
            { weight: 1, arbitrary: fc.integer({ min: -1, max: 0 }) },
            { weight: 15, arbitrary: fc.integer({ min, max }) },
          );
        // With more padding most windows of a pooling would cover nothing else.
        const isPadding = (name: string) => isPooling(operator) && /^[ab]\d$/.test(name);
        const letters = freeLetters(operator, modes, rank).map(
          name => [name, isPadding(name) ? value(0, 1) : value(1, 5)] as const,
        );
        return fc.record({
          rank: fc.constant(rank),
          modes: fc.constant(modes),
          values: fc.record(Object.fromEntries(letters)),
        });
      });
    let accepted = 0;
    const law = ({
      rank,
      modes,
      values,
    }: {
      rank: number;
      modes: Params;
      values: Record<string, number>;
    }) => {
      const sizes = accept(operator, modes, rank, values);
      if (sizes) {
        accepted++;
        expect(broken(operator, modes, rank, sizes)).toEqual([]);
        for (const [name, value] of Object.entries(values))
          expect([name, sizes[name]]).toEqual([name, value]);
      } else expect(isOutside(operator, modes, rank, values)).toBe(true);
    };
    fc.assert(fc.property(call, law), { seed: 20261203, numRuns: 300 });
    expect(accepted).toBeGreaterThan(50);
  });
});

/** The sizes of the call, or null if the operator refuses it. */
function accept(operator: Operator, modes: Params, rank: number, values: Record<string, number>) {
  const { shapes, params } = callAt(operator, modes, rank, values);
  try {
    return resolve(operator, shapes, params).sizes;
  } catch (error) {
    if (error instanceof BackproofError) return null;
    throw error;
  }
}

/** Whether a bound of the domain fails, or an extent is negative. */
function isOutside(operator: Operator, modes: Params, rank: number, values: Record<string, number>): boolean {
  const { required } = callOfAllSizes(operator, modes, rank, letter => letter);
  const known = ({ value }: { value: Polynomial }) =>
    [...polynomial.names(value)].every(name => name in values);
  const fails = required.some(
    one => one.kind === 'bound' && known(one) && parameterPolynomial(one.value, values) < 0,
  );
  const { shapes } = callAt(operator, modes, rank, values);
  const isNegative = Object.values(shapes).some(shape => shape.some(extent => extent < 0));
  // The convolutions also refuse a kernel without taps, although every fact holds of it.
  const isTapless = operator.name.startsWith('conv') && (shapes.w ?? []).slice(2).includes(0);
  return fails || isNegative || isTapless || readsNothing(operator, rank, values);
}

const isPooling = ({ name }: Operator) => /^(max|avg)_pool/.test(name);

/** The poolings also refuse a window that covers padding only, although every fact holds of it. */
function readsNothing(operator: Operator, rank: number, values: Values): boolean {
  if (!isPooling(operator)) return false;
  const calls = Array.from({ length: rank }, (_, k) => {
    const at = (letter: string) => values[`${letter}${k + 1}`]!;
    const [L, K, s, a, b, d] = [at('L'), at('K'), at('s'), at('a'), at('b'), at('d') ?? 1];
    const count = windows(L + a + b - d * (K - 1) - 1, s);
    const touches = (p: number) =>
      Array.from({ length: Math.max(K, 0) }, (_, q) => s * p + d * q - a).some(i => 0 <= i && i < L);
    return Array.from({ length: Math.max(count, 0) }, (_, p) => p).every(touches);
  });
  return calls.includes(false);
}

test.each(['valid', 'full', 'same', 'same-lower'])('conv2d with padding %s', padding => {
  const call = resolve(
    operatorNamed('conv2d'),
    { x: [1, 1, 6, 5], w: [1, 1, 2, 3] },
    { padding, stride: [3, 2], dilation: [2, 1] },
  );
  expect(broken(operatorNamed('conv2d'), call.params, 2, call.sizes)).toEqual([]);
});

test.each([
  [0, ['C']],
  [1, ['C*L1']],
  [3, ['C*L1*L2*L3']],
])('at rank %i a product over all axes is one fact', (rank, values) => {
  const facts = domainOf(operatorNamed('flatten'), {}, rank);
  expect(facts.map(fact => fact.kind === 'equation' && polynomial.text(fact.value))).toEqual(values);
});

describe('a call at polynomial sizes', () => {
  const poly = (text: string) => polynomial.parse(text)!;
  const call = (name: string, extents: Record<string, string[]>, parameters: Record<string, string>) =>
    symbolicCall(
      operatorNamed(name),
      {
        rank: 1,
        modes: {},
        extents: Object.fromEntries(Object.entries(extents).map(([input, list]) => [input, list.map(poly)])),
        parameters: new Map(Object.entries(parameters).map(([letter, text]) => [letter, poly(text)])),
      },
      letter => `${letter}new`,
    );

  test('a product is taken apart by an exact division', () => {
    const { output, required } = call('regroup', { x: ['G*M', 'I', 'K1'] }, { G: 'G' });
    expect(output.map(polynomial.text)).toEqual(['M', 'G*I', 'K1']);
    expect(
      required.filter(one => one.kind === 'equal').every(one => polynomial.equal(one.left, one.right)),
    ).toBe(true);
  });

  test('what does not divide becomes a parameter of its own with an equation', () => {
    const { output, required } = call('regroup', { x: ['N', 'I', 'K1'] }, { G: 'G' });
    expect(output.map(polynomial.text)).toEqual(['Bnew', 'G*I', 'K1']);
    expect(required).toContainEqual({ kind: 'equal', left: poly('N'), right: poly('G*Bnew') });
  });

  test('a parameter with the name of a letter is not taken for the letter', () => {
    const { output } = call('regroup', { x: ['B*N', 'G', 'H'] }, { G: 'B' });
    expect(output.map(polynomial.text)).toEqual(['N', 'B*G', 'H']);
  });

  test('windows of step 1, and of a step that divides the room, are polynomials', () => {
    expect(call('pad', { x: ['N', 'C', 'L'] }, { a1: '1', b1: 'b' }).output.map(polynomial.text)[2]).toBe(
      'L+b+1',
    );
    const { output, defining } = call('subsample', { x: ['N', 'C', 'L*s-s+1'] }, { s1: 's' });
    expect([output.map(polynomial.text)[2], defining]).toEqual(['L', []]);
  });

  test('the facts about a number of windows leave exactly that number', () => {
    const { defining } = call('subsample', { x: ['N', 'C', 'L'] }, { s1: 's' });
    for (let L = -4; L <= 12; L++) {
      for (let s = 1; s <= 5; s++) {
        const found = Array.from({ length: 40 }, (_, k) => k - 20).filter(P1new =>
          defining.every(fact => parameterPolynomial(fact, { L, s, P1new }) >= 0),
        );
        expect(found).toEqual([windows(L - 1, s)]);
      }
    }
  });

  test('an extent too many is refused', () => {
    expect(() => call('pad', { x: ['N', 'C', 'L', 'M'] }, {})).toThrow(/rank-mismatch/);
  });

  test('a size that no polynomial gives is refused', () => {
    const [conv, shapes] = [
      operatorNamed('conv1d'),
      { x: ['N', 'C', 'L'].map(poly), w: ['O', 'C', 'K'].map(poly) },
    ];
    const one = polynomial.constant(1);
    const parameters = new Map([
      ['s1', one],
      ['d1', one],
      ['G', one],
    ]);
    const given = { rank: 1, modes: { padding: 'same' }, extents: shapes, parameters };
    expect(() => symbolicCall(conv, given, letter => letter)).toThrow(/not-a-polynomial/);
    const full = symbolicCall(conv, { ...given, modes: { padding: 'full' } }, letter => letter);
    expect(polynomial.text(full.output[2]!)).toBe('K+L-1');
  });
});

describe('quotient', () => {
  const divided = (value: string, by: string) => {
    const result = quotient(polynomial.parse(value)!, polynomial.parse(by)!);
    return result && polynomial.text(result);
  };
  test.each([
    ['2*a*b-4*a*a', '2*a', '-2*a+b'],
    ['a*b+a', '-a', '-b-1'],
    ['0', 'a', '0'],
    ['a*b+1', 'a', null],
    ['3*a', '2', null],
    ['a*a-1', 'a-1', null],
    ['a', '0', null],
  ])('(%s) / (%s) = %s', (value, by, expected) => expect(divided(value, by)).toBe(expected));
});
