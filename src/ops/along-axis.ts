/** Records of functions along one axis of x, whose definitions name their axes one by one. */
import { axisFromFront } from '../kernels/index.js';
import type { Claim } from './claim.js';
import { defineOperator, type Kernel, type Operator, type Params } from './operator.js';
import { axes } from './parameters.js';

/** Parts of a text form: the places and ranges of all axes, of all but one, and of the one. */
export interface Axis {
  /** p1, p2 */
  readonly cell: string;
  /** p1<L1, p2<L2 */
  readonly cells: string;
  readonly row: string;
  readonly rows: string;
  readonly along: string;
  /** The same for an axis that is not meant: the next one; of a single axis, no sum at all. */
  readonly other: { readonly row: string; readonly rows: string; readonly along: string };
  /** As records name modes: from the end. */
  readonly mode: string;
}

/** A number, or the text of an integer, as modes have it. */
export function axisNumber({ axis }: Params): number {
  if (typeof axis === 'string') return /^-?\d+$/.test(axis) ? Number(axis) : Number.NaN;
  return typeof axis === 'number' ? axis : Number.NaN;
}

function axisParts(params: Params, rank: number): Axis {
  const at = axisNumber(params);
  const front = at < 0 ? at + rank : at;
  const names = Array.from({ length: rank }, (_, k) => `p${k + 1}`);
  const ranges = names.map((name, k) => `${name}<L${k + 1}`);
  const without = (texts: readonly string[], axis: number) => texts.filter((_, k) => k !== axis).join(', ');
  const partsOf = (axis: number) => ({
    row: without(names, axis),
    rows: without(ranges, axis),
    along: ranges[axis] ?? '',
  });
  return {
    cell: names.join(', '),
    cells: ranges.join(', '),
    ...partsOf(front),
    other: partsOf(rank === 1 ? rank : (front + 1) % rank),
    mode: String(front - rank),
  };
}

interface Normalised {
  readonly name: string;
  readonly summary: string;
  readonly definition: (axis: Axis) => readonly string[];
  readonly claim: (axis: Axis) => Claim;
  readonly mistakes: () => readonly {
    readonly name: string;
    readonly says: string;
    readonly claim: (axis: Axis) => Claim;
  }[];
  readonly kernel: Kernel<'x'>;
}

export function normalised({
  name,
  summary,
  definition,
  claim,
  mistakes,
  kernel,
}: Normalised): Operator<'x'> {
  const lines = (params: Params, rank: number) => definition(axisParts(params, rank)).join('\n');
  return defineOperator<'x'>({
    name,
    summary,
    rank: null,
    inputs: { x: 'L@' },
    optional: [],
    output: 'L@',
    result: 'normalised',
    params: { axis: -1 },
    letters: {},
    modes: rank => ({ axis: Array.from({ length: rank }, (_, k) => String(-1 - k)) }),
    domain: () => [],
    definition: lines,
    sizes: (dims, params, rank) => {
      axisFromFront(name, axisNumber(params), axes('L', dims, rank));
      return {};
    },
    claims: (params, rank) => ({ x: claim(axisParts(params, rank)) }),
    kernel,
    mistakes: () =>
      mistakes().map(mistake => ({
        ...mistake,
        wrt: 'x',
        claim: (params, rank) => mistake.claim(axisParts(params, rank)),
      })),
    examples: () => [
      { shapes: { x: [2, 3] }, params: {} },
      { shapes: { x: [3, 2] }, params: { axis: 0 } },
      { shapes: { x: [4] }, params: { axis: -1 } },
      { shapes: { x: [2, 3, 2] }, params: { axis: -2 } },
    ],
    badCalls: () => [
      { shapes: { x: [2, 3] }, params: { axis: 2 }, code: 'axis-out-of-range' },
      { shapes: { x: [2, 3] }, params: { axis: -3 }, code: 'axis-out-of-range' },
      { shapes: { x: [2, 3] }, params: { axis: 0.5 }, code: 'axis-out-of-range' },
      { shapes: { x: [2, 3] }, params: { axis: [1] }, code: 'axis-out-of-range' },
      { shapes: { x: [] }, params: {}, code: 'axis-out-of-range' },
      { shapes: { x: [2, 3] }, params: { dim: 1 }, code: 'unknown-parameter' },
      { shapes: { x: [2, 3], w: [2, 3] }, params: {}, code: 'unknown-input' },
      { shapes: {}, params: {}, code: 'missing-input' },
    ],
  });
}
