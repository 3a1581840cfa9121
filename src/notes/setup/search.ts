/** All the ways of explaining a group of forward equations that are worth comparing. */
import { type AxisFit, axisFits, type Votes, vote, winners } from './axis-fit.js';
import { type Fit, fitWith } from './fit.js';
import type { Group } from './group.js';
import { numbersOf, type Observed, observe, type Reading } from './observed.js';
import { widthCandidates } from './running.js';

/** Bounds of the search: equations that choose among readings, readings judged by all equations. */
const SAMPLE = 48;
const VOTERS = 200;
const FINALISTS = 6;
const MOST_STRIDE = 6;

/** The fits that explain at least one equation, in no order. */
export function fitsOf(group: Group): Fit[] {
  const base = baseOf(group);
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

/** From 0 if most equations have a 0 among their indices. */
function baseOf({ equations }: Group): 0 | 1 {
  const withZero = equations.filter(({ output, terms }) =>
    [output, ...terms.flat()].some(subscript => {
      if (subscript.kind === 'numbers') return subscript.numbers.includes(0);
      return subscript.kind === 'digits' && /^0|^\d0$/.test(subscript.digits) && isZeroed(subscript.digits);
    }),
  );
  return withZero.length * 2 > equations.length ? 0 : 1;
}

/** `0`, `01` and `00` count from 0; the 0 of `10` may be its second digit or a second index. */
const isZeroed = (digits: string): boolean => digits.startsWith('0');

function fitsUnder(observed: readonly Observed[], reading: Reading, kernel: 0 | 1): Fit[] {
  return axisCombinations(observed, reading.rank).flatMap(axes => {
    const fit = fitWith(observed, reading, kernel, axes);
    return fit === null ? [] : [fit, ...otherStrides(observed, fit)];
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
      const other = fitWith(observed, fit.reading, fit.kernel, fit.axes.map((one, k) => (k === axis ? moved : one)));
      return other === null ? [] : [other];
    });
  });
}

/** Readings with one running number, those first that explain most of a sample. */
function runningReadings(group: Group, kernel: 0 | 1, base: 0 | 1): Reading[] {
  const single = group.equations.filter(({ output }) => numbersOf(output, 1) !== null);
  if (single.length * 2 <= group.equations.length) return [];
  const flat: Reading = { rank: 1, base, widths: null };
  const voters = observe({ ...group, equations: single.slice(0, VOTERS) }, flat, kernel);
  const step = Math.ceil(single.length / SAMPLE);
  const sample: Group = { ...group, equations: single.filter((_, k) => k % step === 0) };
  const scored: { reading: Reading; score: number }[] = [];
  for (const widths of widthCandidates(voters)) {
    const reading: Reading = { rank: 2, base, widths };
    const observed = observe(sample, reading, kernel);
    const fits = axisCombinations(observed, 2).map(axes => fitWith(observed, reading, kernel, axes));
    const score = Math.max(0, ...fits.map(fit => fit?.exact.length ?? 0));
    if (score > 0) scored.push({ reading, score });
  }
  scored.sort((a, b) => b.score - a.score);
  return scored.slice(0, FINALISTS).map(({ reading }) => reading);
}
