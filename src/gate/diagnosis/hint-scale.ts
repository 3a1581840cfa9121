/** One factor in front of everything: a sign, a mean, nothing at all. */
import { type Rational, rational } from '../../exact/index.js';
import { type Formula, formulaOf } from './formula.js';
import type { Element, Hint } from './hint.js';
import type { Settled } from './problem.js';

/** A common factor, if there is one, and what is left to explain without it; null where nothing is. */
export function scaleHint(
  settled: Settled,
  element: Element,
): { readonly scale: Hint | null; readonly rest: Element | null } {
  const { expected, got } = element;
  const name = settled.problem.result;
  if (got.size === 0) {
    if (expected.size === 0) return { scale: null, rest: null };
    return {
      scale: {
        says: `this element of ${name} is 0 whatever its inputs: never written, or zeroed`,
        evidence: `its ${expected.size} terms are all missing`,
        rank: 0,
      },
      rest: null,
    };
  }
  const alike = got.size === expected.size && [...got.keys()].every(key => expected.has(key));
  if (alike) return { scale: sameProducts(settled, expected, got), rest: null };
  const [ours, theirs] = [commonCoefficient(expected), commonCoefficient(got)];
  if (!ours || !theirs || rational.equal(ours, theirs)) return { scale: null, rest: element };
  const ratio = rational.divide(theirs, ours);
  const says = `it is ${ratioText(settled, ratio)}`;
  const scale = {
    says,
    evidence: `every coefficient is ${rational.toText(theirs)}, not ${rational.toText(ours)}`,
    rank: 0,
  };
  return { scale, rest: { ...element, got: scaled(got, rational.divide(rational.ONE, ratio)) } };
}

function sameProducts(settled: Settled, expected: Formula, got: Formula): Hint | null {
  const ratios = [...expected].map(([key, term]) =>
    rational.divide(got.get(key)!.coefficient, term.coefficient),
  );
  const other = ratios.filter(ratio => !rational.equal(ratio, rational.ONE));
  if (other.length === 0) return null;
  const first = other[0]!;
  const alike = other.every(ratio => rational.equal(ratio, first));
  const all = other.length === ratios.length;
  // Sizes of the call are no reason for some terms to differ.
  const how = alike ? ratioText(all ? settled : null, first) : 'multiplied by wrong factors';
  const which =
    other.length === ratios.length ? `all ${ratios.length}` : `${other.length} of ${ratios.length}`;
  const evidence = `the products are right; ${which} coefficients differ`;
  if (all && alike) return { says: `it is ${how}`, evidence, rank: 0 };
  return { says: `some of its terms are ${how}`, evidence, rank: 0 };
}

function commonCoefficient(formula: Formula): Rational | null {
  const [first, ...others] = [...formula.values()].map(term => term.coefficient);
  return first && others.every(one => rational.equal(one, first)) ? first : null;
}

function scaled(formula: Formula, by: Rational): Formula {
  return formulaOf(
    [...formula.values()].map(term => ({ ...term, coefficient: rational.multiply(term.coefficient, by) })),
  );
}

/** "divided by 6 (batch x output positions)". */
function ratioText(settled: Settled | null, ratio: Rational): string {
  const { numerator, denominator } = ratio;
  if (numerator === -1 && denominator === 1) return 'of the opposite sign';
  if (numerator === 1)
    return `divided by ${denominator}${settled ? sizeName(settled, Number(denominator)) : ''}`;
  if (denominator === 1)
    return `multiplied by ${numerator}${settled ? sizeName(settled, Number(numerator)) : ''}`;
  return `multiplied by ${rational.toText(ratio)}`;
}

/** Sizes of the call that are this number, at most two. */
function sizeName({ call: { sizes, rank } }: Settled, value: number): string {
  const product = (letter: string) =>
    Array.from({ length: rank }, (_, k) => sizes[`${letter}${k + 1}`] ?? Number.NaN).reduce(
      (a, b) => a * b,
      1,
    );
  const [batch, cells, window] = [sizes.N ?? Number.NaN, product('P'), product('K')];
  const known: readonly (readonly [string, number])[] = [
    ['the batch size', batch],
    ['the output positions', rank > 0 ? cells : Number.NaN],
    ['batch size times output positions', rank > 0 ? batch * cells : Number.NaN],
    ['the kernel cells', rank > 0 ? window : Number.NaN],
    ['the output channels', sizes.O ?? Number.NaN],
    ['the input channels', sizes.C ?? Number.NaN],
    ['batch size times output channels', batch * (sizes.O ?? Number.NaN)],
    ['the groups', sizes.G ?? Number.NaN],
  ];
  const names = known.filter(([, size]) => size === Math.abs(value)).map(([name]) => name);
  return names.length === 0 || Math.abs(value) === 1 ? '' : ` (${names.slice(0, 2).join(', or ')})`;
}
