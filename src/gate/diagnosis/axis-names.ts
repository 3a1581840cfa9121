/** What people call the axes of a call's tensors. */
import { COTANGENT, layoutNames, outputLayout } from '../../ops/index.js';
import type { Settled } from './problem.js';

const FIXED: Readonly<Record<string, string>> = {
  N: 'batch',
  C: 'input channel',
  O: 'output channel',
  I: 'input channel',
  M: 'output channel',
};

const SPATIAL: Readonly<Record<number, readonly string[]>> = {
  1: ['position'],
  2: ['row', 'column'],
  3: ['plane', 'row', 'column'],
};

export interface Axis {
  readonly name: string;
  /** Counted from the first spatial axis; null for batch and channels. */
  readonly spatial: number | null;
}

/** The axes of a tensor of this call, from its layout: [batch, input channel, row, column]. */
export function axesOf({ operator, call }: Settled, tensor: string): readonly Axis[] {
  const layout = tensor === COTANGENT ? outputLayout(operator, call.params) : operator.inputs[tensor]!;
  return layoutNames(layout, call.rank).map(letter => {
    const place = /^[LKP](\d)$/.exec(letter);
    if (!place) return { name: FIXED[letter] ?? letter, spatial: null };
    const spatial = Number(place[1]) - 1;
    return { name: SPATIAL[call.rank]?.[spatial] ?? `axis ${spatial + 1}`, spatial };
  });
}
