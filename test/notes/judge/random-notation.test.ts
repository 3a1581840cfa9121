/** What is true is never called wrong, and what is wrong is never called true, whatever the notation. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDerivation } from '../../../src/notes/index.js';
import { size } from '../../../src/tensor/index.js';
import {
  directive,
  equationText,
  type Factor,
  form,
  type Layer,
  layerArbitrary,
  type Notation,
  notationArbitrary,
  type SignedTerm,
  type Target,
  targetOf,
} from './random-notation.js';

const RUNS = { seed: 20, numRuns: 300 };
const kinds = fc.constantFrom('output' as const, 'x' as const, 'w' as const);
const place = fc.nat(1000);

function judged(target: Target, layer: Layer, notation: Notation) {
  return report(`${directive(layer, notation)}\n$$${equationText(target, layer, notation)}$$`);
}

function report(text: string) {
  const { equations } = checkDerivation(text, { format: 'markdown' });
  expect(equations).toHaveLength(1);
  return equations[0]!;
}

test('a true equation is correct in every notation', () => {
  fc.assert(
    fc.property(
      layerArbitrary,
      notationArbitrary,
      kinds,
      place,
      fc.infiniteStream(fc.nat(99)),
      (layer, notation, kind, at, order) => {
        const target = targetOf(layer, kind, at);
        const terms = target.terms
          .map(term => ({ term, rank: order.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ term }) => term);
        expect(judged({ ...target, terms }, layer, notation)).toMatchObject({
          verdict: 'correct',
          rung: 'one-shape',
        });
      },
    ),
    RUNS,
  );
});

const mutation = fc.constantFrom('index', 'sign', 'name', 'missing', 'twice', 'left', 'exchange');

test('an equation with one thing changed is wrong, and its correction is correct', () => {
  let wrong = 0;
  fc.assert(
    fc.property(
      layerArbitrary,
      notationArbitrary,
      kinds,
      place,
      mutation,
      place,
      (layer, notation, kind, at, what, choice) => {
        const target = targetOf(layer, kind, at);
        const changed = mutated(target, layer, what, choice);
        if (changed === null) return;
        const found = judged(changed, layer, notation);
        expect(found).toMatchObject({ verdict: 'wrong' });
        expect(found.message).not.toBe('');
        expect(found.expected).not.toBeNull();
        expect(report(`${directive(layer, notation)}\n$$${found.expected}$$`).verdict).toBe('correct');
        wrong += 1;
      },
    ),
    RUNS,
  );
  expect(wrong).toBeGreaterThan(150);
});

/** The equation with one change that makes it untrue; null where the change leaves it true or empty. */
function mutated(target: Target, layer: Layer, what: string, choice: number): Target | null {
  const { terms } = target;
  const k = choice % Math.max(1, terms.length);
  const term = terms[k];
  if (!term) return null;
  const others = terms.filter((_, j) => j !== k);
  const replaced = (one: SignedTerm) => terms.map((old, j) => (j === k ? one : old));
  const changed = ((): Target => {
    switch (what) {
      case 'sign':
        return { ...target, terms: replaced({ ...term, sign: -1 }) };
      case 'missing':
        return { ...target, terms: others };
      case 'twice':
        return { ...target, terms: [...terms, term] };
      case 'left':
        return { ...targetOf(layer, target.left.kind, target.left.cell + 1 + choice), terms };
      case 'exchange':
        return { ...target, terms: exchanged(terms, k) };
      default:
        return { ...target, terms: replaced(withOtherFactor(term, layer, what, choice)) };
    }
  })();
  const right = targetOf(layer, changed.left.kind, changed.left.cell);
  return form(right.terms) === form(changed.terms) || changed.terms.length === 0 ? null : changed;
}

/** The last factors of two neighbours change places. */
function exchanged(terms: readonly SignedTerm[], k: number): readonly SignedTerm[] {
  const next = (k + 1) % terms.length;
  const last = (j: number) => terms[j]!.factors.at(-1)!;
  const withLast = (j: number, factor: Factor) => ({
    ...terms[j]!,
    factors: [...terms[j]!.factors.slice(0, -1), factor],
  });
  return terms.map((term, j) =>
    j === k ? withLast(k, last(next)) : j === next ? withLast(next, last(k)) : term,
  );
}

function withOtherFactor(term: SignedTerm, layer: Layer, what: string, choice: number): SignedTerm {
  const j = choice % term.factors.length;
  const factors = term.factors.map((factor, i): Factor => {
    if (i !== j) return factor;
    const swapped = factor.tensor === 'x' ? 'w' : 'x';
    const tensor = what === 'name' && factor.tensor !== 'yBar' ? swapped : factor.tensor;
    const shape = layer.written[tensor === 'yBar' ? 'y' : tensor]!;
    const cell = tensor === factor.tensor ? factor.cell + 1 + choice : factor.cell;
    return { tensor, cell: cell % size(shape) };
  });
  return { ...term, factors };
}
