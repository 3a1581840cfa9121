/** Over which cells batch and layer normalisation take their means. */
import { type Shape, size } from '../tensor/index.js';
import { checkRank } from './operands.js';

/** Which cells of x share a mean and a variance, and which cell of w and b each of them meets. */
export interface NormalGroups {
  readonly where: string;
  readonly input: Shape;
  /** The shape of w and of b. */
  readonly scale: Shape;
  readonly groups: number;
  /** Cells of a group. */
  readonly count: number;
  /** A group is `runs` times `run` cells that lie together: those of run r of group g from g groupStep + r runStep. */
  readonly runs: number;
  readonly run: number;
  readonly groupStep: number;
  readonly runStep: number;
  /** What w and b are numbered by: groups, or the cells of a group. */
  readonly scaleBy: 'group' | 'cell';
}

/** One group per channel of x [N, C, spatial]: over batch and positions; w and b are [C]. @throws BackproofError `rank-mismatch`. */
export function batchGroups(input: Shape): NormalGroups {
  checkRank('batch_norm', 'x', input, 2);
  const [samples, channels] = [input[0]!, input[1]!];
  const plane = size(input.slice(2));
  return {
    where: 'batch_norm',
    input,
    scale: [channels],
    groups: channels,
    count: samples * plane,
    runs: samples,
    run: plane,
    groupStep: plane,
    runStep: channels * plane,
    scaleBy: 'group',
  };
}

/** One group per sample of x [N, spatial]: over all other axes; w and b are [spatial]. @throws BackproofError `rank-mismatch`. */
export function layerGroups(input: Shape): NormalGroups {
  checkRank('layer_norm', 'x', input, 1);
  const scale = input.slice(1);
  const count = size(scale);
  return {
    where: 'layer_norm',
    input,
    scale,
    groups: input[0]!,
    count,
    runs: 1,
    run: count,
    groupStep: count,
    runStep: 0,
    scaleBy: 'cell',
  };
}

/** Reads the cells of a group of a tensor shaped like x, in order. */
export function gather(
  from: Float64Array | Float32Array,
  { runs, run, groupStep, runStep }: NormalGroups,
  group: number,
  values: Float64Array,
): void {
  for (let r = 0, k = 0; r < runs; r++) {
    const start = group * groupStep + r * runStep;
    for (let at = 0; at < run; at++) values[k++] = from[start + at]!;
  }
}

/** The reverse of `gather`: writes them. */
export function scatter(
  values: Float64Array,
  { runs, run, groupStep, runStep }: NormalGroups,
  group: number,
  to: Float64Array | Float32Array,
): void {
  for (let r = 0, k = 0; r < runs; r++) {
    const start = group * groupStep + r * runStep;
    for (let at = 0; at < run; at++) to[start + at] = values[k++]!;
  }
}
