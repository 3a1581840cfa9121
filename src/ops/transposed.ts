/**
 * The closed forms of the transposed convolution's gradients. Forward rule: y[n, gM + j, p] = sum over c < I, i, q with
 * p = s i + d q - a of x[n, gI + c, i] w[gI + c, j, q]. Source: proofs/transposed-conv.md.
 */
import { apply, type Claim, COTANGENT, tensor } from './claim.js';

export const transposedDefinition = `y[n<N, o<O, p@<P@] = sum(g<G, j<M, c<I, i@<L@, q@<K@) [o = g*M + j]
    [p@ = s@*i@ + d@*q@ - a@] x[n, g*I + c, i@] * w[g*I + c, j, q@] + b[o]`;

/** The output reaches s(L - 1) + d(K - 1) + 1 cells before the padding is cut off and r cells are added. */
export const transposedDomain: readonly string[] = [
  'G >= 1',
  'C = G*I',
  'O = G*M',
  's@ >= 1',
  'd@ >= 1',
  'L@ >= 1',
  'K@ >= 1',
  'r@ >= 0',
  'P@ = windows(s@*(L@ - 1) + d@*(K@ - 1) + r@ - a@ - b@, 1)',
];

/** The steps that both gradients share; a mistake replaces one of them. */
export interface TransposedSteps {
  readonly stride: string;
  readonly dilation: string;
  /** Where the window of yBar starts: the padding that was cut off is zeros again. */
  readonly start: string;
  readonly flip: boolean;
}

export const transposedSteps: TransposedSteps = {
  stride: 's@',
  dilation: 'd@',
  start: '-a@',
  flip: false,
};

/** yBar with zeros where padding cut cells off, and without the cells that no copy of the kernel reaches. */
const reached = ({ stride, dilation, start }: TransposedSteps): Claim =>
  apply('crop', tensor(COTANGENT), { start, length: `${stride}*(L@ - 1) + ${dilation}*(K@ - 1) + 1` });

/** dX: the ordinary correlation of yBar with w; w is already laid out as [its outputs, its inputs / groups, kernel]. */
export function transposedInputGradient(steps: TransposedSteps): Claim {
  const dilated = apply('dilate', tensor('w'), { step: steps.dilation });
  const w = steps.flip ? apply('flip_spatial', dilated) : dilated;
  return apply('correlate', { x: reached(steps), w }, { step: steps.stride, groups: 'G' });
}

/** dW: slide x, stuffed with zeros by the stride, over yBar; the window steps by the dilation. */
export function transposedKernelGradient(steps: TransposedSteps): Claim {
  const slid = apply(
    'correlate',
    {
      x: apply('regroup', apply('transpose', reached(steps)), { groups: 'G' }),
      w: apply('zero_stuff', apply('transpose', tensor('x')), { step: steps.stride }),
    },
    { step: steps.dilation, groups: 'G' },
  );
  const exchanged = apply('transpose', slid);
  return steps.flip ? apply('flip_spatial', exchanged) : exchanged;
}
