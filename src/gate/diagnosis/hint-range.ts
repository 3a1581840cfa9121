/** The kernel has only some of the definition's terms: a sum that stops early, or keeps one slice. */
import { unravel } from '../../tensor/index.js';
import { axesOf } from './axis-names.js';
import type { Formula } from './formula.js';
import type { Element, Hint } from './hint.js';
import { type Settled, shapeIn } from './problem.js';

export function rangeHints(settled: Settled, { expected, got }: Element): Hint[] {
  const subset = got.size < expected.size && isWithin(got, expected);
  return subset ? settled.tensors.flatMap(tensor => alongAxes(settled, tensor, expected, got)) : [];
}

const isWithin = (part: Formula, whole: Formula): boolean =>
  [...part].every(([key, { coefficient }]) => {
    const other = whole.get(key)?.coefficient;
    return other?.numerator === coefficient.numerator && other.denominator === coefficient.denominator;
  });

/** Terms whose place along an axis decides whether the kernel has them. */
function alongAxes(settled: Settled, tensor: string, expected: Formula, got: Formula): Hint[] {
  const shape = shapeIn(settled, tensor);
  const evidence = `${got.size} of ${expected.size} terms are there`;
  return axesOf(settled, tensor).flatMap(({ name }, axis) => {
    const places = [...expected].map(([key, { factors }]) => {
      const cell = factors.find(one => one.tensor === tensor)?.cell;
      return { kept: got.has(key), at: cell === undefined ? null : unravel(shape, cell)[axis]! };
    });
    const kept = new Set(places.filter(one => one.kept).map(one => one.at));
    const lost = new Set(places.filter(one => !one.kept).map(one => one.at));
    // Terms without the tensor, such as a bias, are not told apart by its axes.
    kept.delete(null);
    if (kept.size === 0 || [...lost].some(at => at === null || kept.has(at))) return [];
    const says = rangeText(numbers(kept), numbers(lost), `${name} of ${tensor}`);
    return says === null ? [] : [{ says, evidence, rank: 0 }];
  });
}

const numbers = (places: ReadonlySet<number | null>): number[] =>
  [...places].filter(at => at !== null).sort((a, b) => a - b);

function rangeText(kept: readonly number[], lost: readonly number[], axis: string): string | null {
  const [low, high] = [Math.min(...kept, ...lost), Math.max(...kept, ...lost)];
  if (kept.length === 1 && (lost.length > 1 || axis.startsWith('batch'))) {
    const which = kept[0] === high ? 'last' : kept[0] === low ? 'first' : null;
    return `only ${which === null ? '' : `the ${which} `}${axis} counts (${kept[0]})`;
  }
  if (lost.length === 1 && lost[0] === high)
    return `the sum stops one short: the last ${axis} is left out (${high})`;
  if (lost.length === 1 && lost[0] === low)
    return `the sum starts one late: the first ${axis} is left out (${low})`;
  return `the sum leaves out ${axis} ${lost.slice(0, 4).join(', ')}`;
}
