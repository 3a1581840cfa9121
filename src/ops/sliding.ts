/**
 * What correlate, convolve and the convolutions share: sizes, channel checks, and the closed forms of their
 * gradients. Forward rule: y[n, gM + j, p] = sum over c < I, q of x[n, gI + c, s p + d q - a] w[gM + j, c, q].
 * Source of the closed forms: proofs/conv.md.
 */
import { BackproofError } from '../error.js';
import type { Shape } from '../tensor/index.js';
import { apply, type Claim, COTANGENT, tensor } from './claim.js';
import type { Params, Sizes } from './operator.js';
import { axes, named } from './parameters.js';

export interface Frame {
  readonly stride: Shape;
  readonly dilation: Shape;
  readonly before: Shape;
  readonly after: Shape;
  readonly groups: number;
}

/** Output extents and parameter names: P, s, d, a, b per axis; G groups of I input and M output channels. */
export function slidingSizes(operator: string, dims: Sizes, rank: number, frame: Frame): Sizes {
  const { stride, dilation, before, after, groups } = frame;
  const [input, kernel] = [axes('L', dims, rank), axes('K', dims, rank)];
  const output = input.map((extent, k) => {
    const room = extent + before[k]! + after[k]! - dilation[k]! * (kernel[k]! - 1) - 1;
    return Math.max(0, Math.floor(room / stride[k]!) + 1);
  });
  checkChannels(operator, dims, groups);
  return {
    G: groups,
    M: dims.O! / groups,
    ...named('P', output),
    ...named('s', stride),
    ...named('d', dilation),
    ...named('a', before),
    ...named('b', after),
  };
}

/** What ties the sizes of a sliding product together; the paddings and the dilation add their own facts. */
export const slidingDomain: readonly string[] = [
  'G >= 1',
  'C = G*I',
  'O = G*M',
  's@ >= 1',
  'P@ = windows(L@ + a@ + b@ - d@*(K@ - 1) - 1, s@)',
];

/** The paddings that are called same depend on a remainder: no polynomial says which they are. */
export function paddingDomain({ padding }: Params): readonly string[] {
  if (padding === 'valid') return ['a@ = 0', 'b@ = 0'];
  if (padding === 'full') return ['a@ = d@*(K@ - 1)', 'b@ = d@*(K@ - 1)'];
  return ['a@ >= 0', 'b@ >= 0'];
}

function checkChannels(operator: string, { C, I, O }: Sizes, groups: number): void {
  const refuse = (code: string, what: string, expected: string, got: string, fix: string) =>
    new BackproofError({ code, where: operator, what, expected, got, fix, data: { C, I, O, groups } });
  if (C! % groups !== 0 || O! % groups !== 0) {
    const what = 'the groups do not divide the channels';
    const fix = 'Choose groups that divide both channel counts.';
    throw refuse('groups-do-not-divide', what, `a divisor of C = ${C} and O = ${O}`, String(groups), fix);
  }
  if (C! / groups !== I) {
    const expected = `${C! / groups} = C ${C} / groups ${groups}`;
    const fix = `Pass w with ${C! / groups} input channels or change groups.`;
    throw refuse('channels-mismatch', `w has ${I} input channels at axis 1`, expected, String(I), fix);
  }
}

/** Whether the kernel slides as it is (correlation) or rotated by 180 degrees (true convolution). */
export type Convention = 'correlation' | 'convolution';

export function slidingDefinition(convention: Convention): string {
  const tap = convention === 'correlation' ? 'q@' : 'K@ - 1 - q@';
  return `y[n<N, o<O, p@<P@] = sum(g<G, j<M, c<I, q@<K@) [o = g*M + j]
    [0 <= s@*p@ + d@*q@ - a@ < L@] x[n, g*I + c, s@*p@ + d@*q@ - a@] * w[o, c, ${tap}]`;
}

/** The steps of the input gradient; a mistake replaces one of them. */
export interface InputGradientSteps {
  readonly stuffing: string;
  readonly dilation: string;
  readonly flip: boolean;
  readonly exchangeChannels: boolean;
  readonly start: string;
  readonly length: string;
}

export function inputGradientSteps(convention: Convention): InputGradientSteps {
  return {
    stuffing: 's@',
    dilation: 'd@',
    flip: convention === 'correlation',
    exchangeChannels: true,
    start: 'a@',
    length: 'L@',
  };
}

/**
 * dX: stuff yBar with zeros by the stride, slide the rotated dilated kernel over it in full, and read the
 * window that starts at the padding before and is as long as the input (zero where it leaves the result).
 */
export function inputGradient(steps: InputGradientSteps): Claim {
  const { stuffing, dilation, flip, exchangeChannels, start, length } = steps;
  const w = tensor('w');
  const exchanged = exchangeChannels ? apply('transpose', apply('regroup', w, { groups: 'G' })) : w;
  const dilated = apply('dilate', exchanged, { step: dilation });
  const full = apply(
    'correlate',
    {
      x: apply('zero_stuff', tensor(COTANGENT), { step: stuffing }),
      w: flip ? apply('flip_spatial', dilated) : dilated,
    },
    { groups: 'G' },
    { padding: 'full' },
  );
  return apply('crop', full, { start, length });
}

/** The steps of the kernel gradient; a mistake replaces one of them. */
export interface KernelGradientSteps {
  readonly stuffing: string;
  readonly step: string;
  readonly before: string;
  readonly after: string;
  readonly flip: boolean;
}

export function kernelGradientSteps(convention: Convention): KernelGradientSteps {
  return { stuffing: 's@', step: 'd@', before: 'a@', after: 'b@', flip: convention === 'convolution' };
}

/**
 * dW: slide yBar, stuffed with zeros by the stride, over the padded x; the window steps by the dilation and the
 * batch takes the part of the channels. The stride's remainder makes the result too long: keep the first K.
 */
export function kernelGradient({ stuffing, step, before, after, flip }: KernelGradientSteps): Claim {
  const padded = apply('transpose', apply('pad', tensor('x'), { before, after }));
  const slid = apply(
    'correlate',
    {
      x: apply('regroup', padded, { groups: 'G' }),
      w: apply('zero_stuff', apply('transpose', tensor(COTANGENT)), { step: stuffing }),
    },
    { step, groups: 'G' },
  );
  const kept = apply('transpose', apply('crop', slid, { start: '0', length: 'K@' }));
  return flip ? apply('flip_spatial', kept) : kept;
}

export const conventionOf = (params: Params): Convention =>
  params.convention === 'convolution' ? 'convolution' : 'correlation';
