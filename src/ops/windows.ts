/** What the operators share that write sliding windows out as matrices: parameters, sizes, and how windows fit. */
import type { WindowGeometry } from '../kernels/index.js';
import { size, windowExtent } from '../tensor/index.js';
import type { Operator, Params, Resolved, Sizes } from './operator.js';
import { axes, axisParameter, integers, named, offsets, wrongValue } from './parameters.js';

/** Window p reads the input at s p + d q - a; negative pads crop. */
export const windowParams = { stride: 1, dilation: 1, before: 0, after: 0 } as const;

export const windowLetters = {
  stride: 's@',
  dilation: 'd@',
  before: 'a@',
  after: 'b@',
} as const satisfies Operator['letters'];

export const windowDomain: readonly string[] = [
  'K@ >= 1',
  's@ >= 1',
  'd@ >= 1',
  'P@ = windows(L@ + a@ + b@ - d@*(K@ - 1) - 1, s@)',
];

/** The same windows, in a claim. */
export const sameWindows = { stride: 's@', dilation: 'd@', before: 'a@', after: 'b@' } as const;

/** What can go wrong with the windows of a claim; each leaves their number as it is. */
export const windowMistakes = [
  {
    name: 'no-padding',
    says: 'the padding before is ignored',
    windows: { ...sameWindows, before: '0', after: 'a@ + b@' },
  },
  {
    name: 'padding-other-side',
    says: 'the paddings before and after are exchanged',
    windows: { ...sameWindows, before: 'b@', after: 'a@' },
  },
  {
    name: 'no-dilation',
    says: 'the taps of a window are taken for neighbours',
    windows: { ...sameWindows, dilation: '1', after: 'b@ - (d@ - 1)*(K@ - 1)' },
  },
] as const;

/** Parameters of the windows and their number, from the extents of input and kernel. */
export function windowSizes(dims: Sizes, params: Params, rank: number): Sizes {
  const [stride, dilation] = [axisParameter(params, 'stride', rank), axisParameter(params, 'dilation', rank)];
  const [before, after] = [offsets(params, 'before', rank), offsets(params, 'after', rank)];
  const kernel = axes('K', dims, rank);
  const output = axes('L', dims, rank).map((input, k) => {
    const axis = { input, kernel: kernel[k]!, stride: stride[k]!, dilation: dilation[k]! };
    return windowExtent({ ...axis, before: before[k]!, after: after[k]! }).output;
  });
  return {
    ...named('P', output),
    ...named('s', stride),
    ...named('d', dilation),
    ...named('a', before),
    ...named('b', after),
  };
}

/** Cells of all axes of a letter: `cells('P', sizes, 2)` is P1 P2. */
export const cells = (letter: string, sizes: Sizes, rank: number): number =>
  size(axes(letter, sizes, rank), letter);

export function geometryOf({ sizes, rank }: Resolved): WindowGeometry {
  const of = (letter: string) => axes(letter, sizes, rank);
  return {
    input: of('L'),
    kernel: of('K'),
    stride: of('s'),
    dilation: of('d'),
    before: of('a'),
    after: of('b'),
  };
}

/** The number of spatial axes is that of the extents in `length`. */
export const lengthsRank = (params: Params): number => integers(params.length!, 'length').length;

/** One extent per axis. */
export function extentsParameter(params: Params, name: string, rank: number): Sizes {
  const extents = offsets(params, name, rank);
  if (extents.some(extent => extent < 0)) throw wrongValue(name, 'integers from 0', params[name]!);
  return named('L', extents);
}

/** One count. */
export function sizeParameter(params: Params, name: string): number {
  const [count] = offsets({ [name]: params[name]! }, name, 1);
  if (count! < 0) throw wrongValue(name, 'an integer from 0', params[name]!);
  return count!;
}
