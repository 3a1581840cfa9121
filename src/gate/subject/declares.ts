/** What a kernel declares about itself (all of it optional), read strictly: an unknown word is an error, not a wish. */
import type { WireDType } from './wire.js';

export type Ties = 'first' | 'last' | 'split' | 'any';
export type Kink = 0 | 0.5 | 1 | 'any';

export interface Declares {
  /** Element types that it takes. */
  readonly dtypes: readonly WireDType[];
  /** Element type of its sums; null: that of its operands, float32 for 16-bit ones. */
  readonly accumulate: WireDType | null;
  /** inexact: Winograd, FFT, TF32. */
  readonly arithmetic: 'exact' | 'inexact';
  /** Which of equal maxima takes the gradient. */
  readonly ties: Ties;
  /** The slope of relu at 0. */
  readonly kink: Kink;
  readonly deterministic: boolean;
  readonly strides: boolean;
  readonly out: boolean;
  readonly specialValues: boolean;
  readonly supports: Supports;
}

/** Paddings by name: a kernel gets them only where it declares them, else in numbers. */
export const PADDING_MODES = ['same-upper', 'same-lower', 'valid'] as const;
export type PaddingByName = (typeof PADDING_MODES)[number];

/** Parameters that it takes; null: every one of the default domain. */
export interface Supports {
  readonly stride: readonly number[] | null;
  /** Cells, and names: [0, 1, 'same-upper']. */
  readonly padding: readonly (number | PaddingByName)[] | 'symmetric' | null;
  readonly dilation: readonly number[] | null;
  readonly groups: readonly number[] | null;
  readonly maxRank: number | null;
}

/** As people write it: what is left out is not declared. */
export type Declared = Partial<Omit<Declares, 'supports'>> & { readonly supports?: Partial<Supports> };

/** Nothing declared. */
export const DEFAULTS: Declares = {
  dtypes: ['float64'],
  accumulate: null,
  arithmetic: 'exact',
  ties: 'any',
  kink: 'any',
  deterministic: false,
  strides: false,
  out: false,
  specialValues: false,
  supports: { stride: null, padding: null, dilation: null, groups: null, maxRank: null },
};
