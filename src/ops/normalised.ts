/** What batch_norm and layer_norm share: the values of a group at mean 0 and variance 1, then w times them plus b. */
import { type Claim, COTANGENT, formula } from './claim.js';
import type { Mistake } from './operator.js';
import { lines } from './reduction.js';

export type NormalInput = 'x' | 'w' | 'b';

/** Ranges with their indices: `n<N, p@<L@` and `n, p@`. */
interface Cells {
  readonly ranges: string;
  readonly index: string;
}

/** Which cells share a mean. */
export interface NormalLayout {
  readonly cells: Cells;
  /** The groups, and what each of them sums over. */
  readonly group: Cells;
  readonly within: string;
  /** How many cells a group has. */
  readonly count: string;
  /** The axes of w and b, and what their gradients sum over. */
  readonly scale: Cells;
  readonly across: string;
}

/** What a mistaken gradient takes for 1/sqrt(v + eps), and for the number of cells in the variance. */
interface Statistics {
  readonly inverse?: (variance: string) => string;
  readonly spread?: string;
}

/** r, the mean, d = x - mean, the variance v and s = 1/sqrt(v + eps). */
function statistics({ cells, group, within, count }: NormalLayout, mistaken: Statistics = {}): string {
  const [at, of] = [cells.index, group.index];
  const inverse = mistaken.inverse ?? (variance => `1/sqrt(${variance} + eps[])`);
  return lines(
    `r[] = 1/(${count})`,
    mistaken.spread ? `u[] = 1/(${mistaken.spread})` : '',
    `mean[${group.ranges}] = sum(${within}) r[]*x[${at}]`,
    `d[${cells.ranges}] = x[${at}] - mean[${of}]`,
    `v[${group.ranges}] = sum(${within}) ${mistaken.spread ? 'u' : 'r'}[]*d[${at}]*d[${at}]`,
    `s[${group.ranges}] = ${inverse(`v[${of}]`)}`,
  );
}

const normalised = ({ cells, group }: NormalLayout): string =>
  `xhat[${cells.ranges}] = s[${group.index}]*d[${cells.index}]`;

/** y = w s d + b. */
export function normalDefinition(layout: NormalLayout): string {
  const { cells, group, scale } = layout;
  const scaled = `w[${scale.index}]*s[${group.index}]*d[${cells.index}]`;
  return lines(statistics(layout), `y[${cells.ranges}] = ${scaled} + b[${scale.index}]`);
}

export const normalClaims = (layout: NormalLayout): Readonly<Record<NormalInput, Claim>> => ({
  x: inputClaim(layout),
  w: scaleClaim(layout),
  b: formula(`db[${layout.scale.ranges}] = sum(${layout.across}) ${COTANGENT}[${layout.cells.index}]`),
});

/** The parts of the gradient of x, each of which can be lost. */
interface InputParts extends Statistics {
  readonly mean?: false;
  readonly variance?: false;
  readonly scale?: false;
  /** In place of xhat, where it multiplies the mean of g xhat. */
  readonly along?: 'd';
}

/** s (g - mean(g) - xhat mean(g xhat)), with g = w yBar and xhat = s d. */
function inputClaim(layout: NormalLayout, parts: InputParts = {}): Claim {
  const { cells, group, scale, within } = layout;
  const [at, of] = [cells.index, group.index];
  const factor = parts.scale === false ? '' : `w[${scale.index}]*`;
  const mean = parts.mean === false ? '' : ` - m[${of}]`;
  const variance = parts.variance === false ? '' : ` - ${parts.along ?? 'xhat'}[${at}]*k[${of}]`;
  return formula(
    lines(
      statistics(layout, parts),
      normalised(layout),
      `g[${cells.ranges}] = ${factor}${COTANGENT}[${at}]`,
      mean && `m[${group.ranges}] = sum(${within}) r[]*g[${at}]`,
      variance && `k[${group.ranges}] = sum(${within}) r[]*g[${at}]*xhat[${at}]`,
      `dx[${cells.ranges}] = s[${of}]*(g[${at}]${mean}${variance})`,
    ),
  );
}

/** The sum of yBar xhat over all cells that one of w meets. */
function scaleClaim(layout: NormalLayout, value = 'xhat'): Claim {
  const { cells, scale, across } = layout;
  const sum = `sum(${across}) ${COTANGENT}[${cells.index}]*${value}[${cells.index}]`;
  return formula(lines(statistics(layout), normalised(layout), `dw[${scale.ranges}] = ${sum}`));
}

export function normalMistakes(layout: NormalLayout): readonly Mistake<NormalInput>[] {
  const mistake = (name: string, says: string, parts: InputParts): Mistake<NormalInput> => ({
    name,
    says,
    wrt: 'x',
    claim: () => inputClaim(layout, parts),
  });
  const scaleMistake = (name: string, says: string, value: string): Mistake<NormalInput> => ({
    name,
    says,
    wrt: 'w',
    claim: () => scaleClaim(layout, value),
  });
  return [
    mistake('constant-statistics', 'mean and variance are taken for constants', {
      mean: false,
      variance: false,
    }),
    mistake('variance-path-lost', 'the variance is taken for a constant', { variance: false }),
    mistake('mean-path-lost', 'the mean is taken for a constant', { mean: false }),
    mistake('scale-lost', 'w is not a factor of the gradient', { scale: false }),
    mistake('root-lost', 'the variance divides, not its root', { inverse: v => `1/(${v} + eps[])` }),
    mistake('eps-outside', 'eps is added to the root of the variance, not under it', {
      inverse: v => `1/(sqrt(${v}) + eps[])`,
    }),
    mistake('unbiased-variance', 'the variance is divided by one cell less', {
      spread: `${layout.count} - 1`,
    }),
    mistake('not-normalised', 'x - mean stands for xhat in the path of the variance', { along: 'd' }),
    scaleMistake('raw-input', 'x itself stands for xhat', 'x'),
    scaleMistake('centred-only', 'x - mean stands for xhat: not divided by the root', 'd'),
  ];
}
