/** Which cells of x each window of a maximum covers, and where the gradient of a window may go. */
import { parameterPolynomial, walkTerm } from '../../../index-sum/index.js';
import { definitionOf, type FloatTensor } from '../../../ops/index.js';
import { size, unravel } from '../../../tensor/index.js';
import type { WireTensor } from '../../subject/subject.js';
import { ROUNDING } from '../../vectors/bound.js';
import { firstWrong, type Wrong } from '../compare.js';
import type { SampleCall } from './sample.js';

/** By window, the places in x that it covers. */
export type Windows = ReadonlyMap<number, readonly number[]>;

export function windowsOf({ operator, call: { call } }: SampleCall): Windows {
  const { stages } = definitionOf(operator, call.params, call.rank);
  const stage = stages.find(one => one.kind === 'max')!;
  const ranges = [...stage.free, ...stage.term.bound];
  const extents = ranges.map(({ extent }) => Math.max(0, parameterPolynomial(extent, call.sizes)));
  const taps = size(extents.slice(stage.free.length));
  const windows = new Map<number, number[]>();
  walkTerm(
    { ...stage.term, bound: [] },
    ranges,
    call.sizes,
    () => call.inputs.x!,
    (cell, atoms) => {
      const window = Math.floor(cell / taps);
      const cells = windows.get(window) ?? [];
      cells.push(atoms[0]!);
      windows.set(window, cells);
    },
  );
  return windows;
}

/** All windows in groups, none of which share a cell: what each of them gives can be told apart. */
export function apart(windows: Windows): Windows[] {
  const groups: { readonly taken: Set<number>; readonly windows: Map<number, readonly number[]> }[] = [];
  for (const [window, cells] of windows) {
    let group = groups.find(({ taken }) => cells.every(cell => !taken.has(cell)));
    if (!group) {
      group = { taken: new Set(), windows: new Map() };
      groups.push(group);
    }
    for (const cell of cells) group.taken.add(cell);
    group.windows.set(window, cells);
  }
  return groups.map(one => one.windows);
}

/**
 * The first cell at which a gradient is no subgradient: windows that share no cell hand on their yBar in shares of at
 * least 0, to their largest cells only (a NaN is larger than any number).
 */
export function firstIllegal(
  { dtype }: SampleCall,
  x: FloatTensor,
  yBar: FloatTensor,
  windows: Windows,
  got: WireTensor | undefined,
): Wrong | null {
  const { shape } = x;
  const numbers = new Float64Array(x.data.length);
  const misfit = firstWrong(
    { shape, dtype, numbers, bounds: numbers.map(() => Number.POSITIVE_INFINITY) },
    got,
  );
  if (misfit) return misfit;
  const xBar = got!.data;
  const wrongAt = (cell: number, expected: string): Wrong => ({
    ...{ kind: 'value', index: unravel(shape, cell), expected, got: String(xBar[cell]), bound: 0, cells: 1 },
  });
  const winners = new Set<number>();
  for (const [window, cells] of windows) {
    const [best, upstream] = [largestOf(x, cells), yBar.data[window]!];
    for (const cell of best) winners.add(cell);
    const illegal = best.find(cell => !(xBar[cell]! / upstream >= 0));
    if (illegal !== undefined) return wrongAt(illegal, `a share of ${upstream}`);
    const total = best.reduce((sum, cell) => sum + xBar[cell]!, 0);
    // Each share is rounded, and so are their sums.
    const slack = 2 * best.length * ROUNDING[dtype][0] * Math.abs(upstream);
    if (!(Math.abs(total - upstream) <= slack))
      return {
        ...wrongAt(best[0]!, `shares that add up to ${upstream}`),
        got: `shares that add up to ${total}`,
        bound: slack,
      };
  }
  const stranger = xBar.findIndex((value, cell) => value !== 0 && !winners.has(cell));
  return stranger < 0 ? null : wrongAt(stranger, '0');
}

function largestOf({ data }: FloatTensor, cells: readonly number[]): readonly number[] {
  const unknown = cells.filter(cell => Number.isNaN(data[cell]!));
  if (unknown.length > 0) return unknown;
  const largest = cells.reduce((most, cell) => Math.max(most, data[cell]!), Number.NEGATIVE_INFINITY);
  return cells.filter(cell => data[cell] === largest);
}
