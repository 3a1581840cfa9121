/** What faults in several results have in common. */
import type { Change } from './change.js';
import type { Form } from './form.js';
import { NOWHERE } from './wiring.js';

/** Cells at the end of an axis that no window reaches. */
export function leftOver({ large, before, after, dilation, kernel, stride }: Form, k: number): number {
  const room = large[k]! + before[k]! + after[k]! - dilation[k]! * (kernel[k]! - 1) - 1;
  return room % stride[k]!;
}

export const scaled =
  (factor: (form: Form) => number) =>
  (result: Float64Array, form: Form): void => {
    const by = factor(form);
    for (let k = 0; k < result.length; k++) result[k] = result[k]! * by;
  };

/** Windows of the last row count nothing. */
export const lastRowLost: Change = {
  wire: (_, { small }) => ({ times: window => (window[0] === small[0]! - 1 ? 0 : 1) }),
};

/** The two channel axes of w in each other's place: its memory is read, or written, as if it were laid out so. */
export const channelsExchanged: Change = {
  wire: ({ tapChannel }, { smallChannels, largeChannels }) => ({
    tapChannel: (g, a, b) => {
      const within = b * smallChannels + a;
      return tapChannel(g, Math.floor(within / largeChannels), within % largeChannels);
    },
  }),
};

export const firstImageOnly: Change = {
  wire: ({ smallChannel }) => ({
    smallChannel: (n, g, a) => (n === 0 ? smallChannel(n, g, a) : NOWHERE),
  }),
};
