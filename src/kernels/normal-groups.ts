/** Over which cells batch and layer normalisation take their means. */
import { type Shape, size } from '../tensor/index.js';
import type { NormalGroups } from './normalise.js';
import { checkRank } from './operands.js';

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
    cellAt: (channel, k) => (Math.floor(k / plane) * channels + channel) * plane + (k % plane),
    scaleAt: channel => channel,
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
    cellAt: (sample, k) => sample * count + k,
    scaleAt: (_, k) => k,
  };
}
