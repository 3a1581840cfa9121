/** A way to carry out the three sums of a layer. */
import type { Sum } from '../sums.js';
import type { Form } from './form.js';
import type { Wiring } from './wiring.js';

export interface Job {
  readonly form: Form;
  readonly wiring: Wiring;
  readonly sum: Sum;
  /** Windows that share a cell of the larger tensor add up there, or the last one stands. */
  readonly overlap: 'add' | 'last';
}

/** Each from the other two tensors: the smaller one, the larger one, w. */
export interface Style {
  readonly toSmall: (large: Float64Array, w: Float64Array, job: Job) => Float64Array;
  readonly toLarge: (small: Float64Array, w: Float64Array, job: Job) => Float64Array;
  readonly toTaps: (small: Float64Array, large: Float64Array, job: Job) => Float64Array;
}
