/** What one fault changes in the computing of one result. */
import type { WireTensor } from '../../subject/subject.js';
import type { Sum } from '../sums.js';
import type { Form } from './form.js';
import type { Wiring } from './wiring.js';

export interface Change {
  readonly form?: (form: Form) => Form;
  readonly wire?: (wiring: Wiring, form: Form) => Partial<Wiring>;
  readonly sum?: Sum;
  readonly overlap?: 'last';
  /** The cotangent as it is read. */
  readonly readUpstream?: (upstream: WireTensor) => Float64Array;
  /** Changes the finished result in place. */
  readonly finish?: (result: Float64Array, form: Form) => void;
  /** Adds to what the calls before left. */
  readonly isKept?: true;
  /** What the bias adds to channel o of image n. */
  readonly biasAt?: (b: Float64Array, n: number, o: number, form: Form) => number;
  /** The gradient to the bias, from [N, O, cells]. */
  readonly biasSum?: (yBar: Float64Array, batch: number, outputs: number, cells: number) => Float64Array;
  /** The two tensors whose product is w's gradient keep the places that they have in an ordinary convolution. */
  readonly roles?: 'as-in-convolution';
}
