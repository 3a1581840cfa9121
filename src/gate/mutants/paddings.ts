import { DEFAULTS, PADDING_MODES, type Supports } from '../subject/declares.js';

/** Paddings by name as well, which nobody takes who does not say so. */
export const ALL_PADDINGS: Supports = {
  ...DEFAULTS.supports,
  padding: [0, 1, 2, 3, 4, 5, 6, 7, 8, ...PADDING_MODES],
};
