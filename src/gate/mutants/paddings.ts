import { PADDING_MODES, type Supports } from '../subject/declares.js';

/** Paddings by name as well, which nobody is given who does not say so. */
export const ALL_PADDINGS: Partial<Supports> = { padding: [0, 1, 2, 3, 4, 5, 6, 7, 8, ...PADDING_MODES] };
