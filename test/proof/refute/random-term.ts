/** Random well-formed terms over the parameters A, B (of either sign), free i, bound u, v, w. */
import fc from 'fast-check';
import { type Polynomial, polynomial } from '../../../src/exact/index.js';
import type { Atom, Guard, Range, Term } from '../../../src/index-sum/term.js';

export const PARAMETERS = ['A', 'B'];
export const FREE: Range = { name: 'i', extent: polynomial.constant(2) };

const coefficient = fc.integer({ min: -3, max: 3 });

/** Products of at most two names, so that indices occur squared and in products too. */
function sumOf(names: readonly string[]): fc.Arbitrary<Polynomial> {
  const monomial = fc
    .array(fc.constantFrom(...names), { maxLength: 2 })
    .map(factors => polynomial.parse([1, ...factors].join('*'))!);
  return fc
    .array(fc.tuple(coefficient, monomial), { maxLength: 3 })
    .map(parts =>
      parts.reduce<Polynomial>((sum, [c, m]) => polynomial.add(sum, polynomial.scale(m, c)), new Map()),
    );
}

/** Linear in the indices, as most guards are. */
const linear = fc
  .tuple(fc.array(coefficient, { minLength: 6, maxLength: 6 }), coefficient)
  .map(([factors, offset]) =>
    ['A', 'B', 'i', 'u', 'v', 'w'].reduce<Polynomial>(
      (sum, name, k) => polynomial.add(sum, polynomial.scale(polynomial.variable(name), factors[k]!)),
      polynomial.constant(offset),
    ),
  );

export const term: fc.Arbitrary<Term> = (() => {
  const visible = [...PARAMETERS, 'i', 'u', 'v', 'w'];
  const value = fc.oneof(linear, sumOf(visible));
  const guard: fc.Arbitrary<Guard> = fc.oneof(
    value.map(zero => ({ kind: 'equation', zero }) as const),
    fc.record({ kind: fc.constant('range' as const), value, extent: value }),
  );
  const atom: fc.Arbitrary<Atom> = fc.oneof(
    fc.record({ tensor: fc.constant('r'), index: fc.constant([]) }),
    fc.record({ tensor: fc.constant('x'), index: fc.tuple(value) }),
    fc.record({ tensor: fc.constant('y'), index: fc.tuple(value, sumOf(visible)) }),
  );
  const extent = fc.oneof(
    fc.integer({ min: 0, max: 3 }).map(polynomial.constant),
    sumOf(PARAMETERS).map(sum => polynomial.add(sum, polynomial.constant(2))),
  );
  return fc.record({
    coefficient: fc.integer({ min: -3, max: 3 }).filter(c => c !== 0),
    bound: fc
      .tuple(extent, extent, extent)
      .map(extents => extents.map((one, k) => ({ name: 'uvw'[k]!, extent: one }))),
    guards: fc.array(guard, { maxLength: 3 }),
    atoms: fc.array(atom, { maxLength: 3 }).chain(atoms =>
      // Repeated atoms.
      fc.boolean().map(twice => (twice ? [...atoms, ...atoms.slice(0, 1)] : atoms)),
    ),
  });
})();
