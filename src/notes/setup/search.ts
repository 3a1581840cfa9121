/** All the ways of explaining a group of forward equations that are worth comparing. */
import { type AxisFit, axisFits, type Votes, vote, winners } from './axis-fit.js';
import { type Fit, fitsWith } from './fit.js';
import type { Group, GroupEquation } from './group.js';
import { numbersOf, type Observed, observe, type Reading } from './observed.js';
import { widthCandidates } from './running.js';

/** Bounds of the search: equations and products that propose and choose readings, readings judged by all. */
const SAMPLE = { equations: 48, products: 600 };
const VOTERS = { equations: 200, products: 3000 };
const FINALISTS = 6;
const MOST_STRIDE = 6;

/** The fits that explain at least one equation, in no order. */
export function fitsOf(group: Group): Fit[] {
  const zeros = group.equations.filter(hasZero).length;
  const usual = zeros * 2 > group.equations.length ? 0 : 1;
  const fits = fitsFrom(group, usual);
  if (zeros === 0) return fits;
  // Equations at a border may lack the cells with index 0; a stray 0 must not count as much.
  const unusual = fitsFrom(group, usual === 0 ? 1 : 0);
  const most = (list: readonly Fit[]) => list.reduce((count, { exact }) => Math.max(count, exact.length), 0);
  return most(unusual) > most(fits) ? [...fits, ...unusual] : fits;
}

function fitsFrom(group: Group, base: 0 | 1): Fit[] {
  const fixed = ([1, 2] as const).map(rank => ({ rank, base, widths: null }));
  return ([0, 1] as const).flatMap(kernel => {
    const readings = [...fixed, ...runningReadings(group, kernel, base)];
    return readings.flatMap(reading => {
      const observed = observe(group, reading, kernel);
      // Where most equations cannot even be read, no majority is left to hold.
      return observed.length * 2 > group.equations.length ? fitsUnder(observed, reading, kernel) : [];
    });
  });
}

/** `0`, `01` and `00` count from 0; the 0 of `10` may be a digit of its number. */
function hasZero({ output, terms }: GroupEquation): boolean {
  return [output, ...terms.flat()].some(subscript => {
    if (subscript.kind === 'numbers') return subscript.numbers.includes(0);
    return subscript.kind === 'digits' && subscript.digits.startsWith('0');
  });
}

function fitsUnder(observed: readonly Observed[], reading: Reading, kernel: 0 | 1): Fit[] {
  return axisCombinations(observed, reading.rank).flatMap(axes => {
    const fits = fitsWith(observed, reading, kernel, axes);
    return [...fits, ...fits.slice(0, 1).flatMap(fit => otherStrides(observed, fit))];
  });
}

function axisCombinations(observed: readonly Observed[], rank: 1 | 2): AxisFit[][] {
  if (observed.every(({ taps }) => taps.length === 0)) return [];
  const first = axisFits(observed, 0);
  if (rank === 1 || first.length === 0) return first.map(fit => [fit]);
  const second = axisFits(observed, 1);
  return first.flatMap(a => second.map(b => [a, b]));
}

/** Where outputs have one place along an axis, other strides are as good as 1. */
function otherStrides(observed: readonly Observed[], fit: Fit): Fit[] {
  return fit.axes.flatMap((axisFit, axis) => {
    if (axisFit.strideSeen) return [];
    const places: Votes = new Map();
    for (const { p } of observed) vote(places, p[axis]!);
    const [place = 0] = winners(places, 1);
    return Array.from({ length: MOST_STRIDE - 1 }, (_, k) => k + 2).flatMap(stride => {
      const moved = { ...axisFit, stride, offset: axisFit.offset + (1 - stride) * place };
      const axes = fit.axes.map((one, k) => (k === axis ? moved : one));
      return fitsWith(observed, fit.reading, fit.kernel, axes);
    });
  });
}

/** Readings with one running number, those first that explain most of a sample. */
function runningReadings(group: Group, kernel: 0 | 1, base: 0 | 1): Reading[] {
  const single = group.equations.filter(({ output }) => numbersOf(output, 1) !== null);
  if (single.length * 2 <= group.equations.length) return [];
  const flat: Reading = { rank: 1, base, widths: null };
  const voters = observe({ ...group, equations: single.slice(0, bound(single, VOTERS)) }, flat, kernel);
  const step = Math.ceil(single.length / bound(single, SAMPLE));
  const sample: Group = { ...group, equations: single.filter((_, k) => k % step === 0) };
  const scored: { reading: Reading; score: number }[] = [];
  for (const widths of widthCandidates(voters)) {
    const reading: Reading = { rank: 2, base, widths };
    const observed = observe(sample, reading, kernel);
    const fits = axisCombinations(observed, 2).flatMap(axes => fitsWith(observed, reading, kernel, axes));
    const score = Math.max(0, ...fits.map(fit => fit.exact.length));
    if (score > 0) scored.push({ reading, score });
  }
  scored.sort((a, b) => b.score - a.score);
  return scored.slice(0, FINALISTS).map(({ reading }) => reading);
}

/** How many equations of the usual length are within both bounds. */
function bound(equations: readonly GroupEquation[], most: { equations: number; products: number }): number {
  const products = equations.reduce((sum, { terms }) => sum + terms.length, 0);
  return Math.max(
    8,
    Math.min(most.equations, Math.floor((most.products * equations.length) / Math.max(1, products))),
  );
}
