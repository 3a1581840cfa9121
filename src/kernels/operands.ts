/** What every kernel asks of its tensors, and the way to float64 and back. */
import { BackproofError } from '../error.js';
import type { Shape, Tensor } from '../tensor/index.js';
import { checkTensor, shapeText } from '../tensor/index.js';

export type FloatDType = 'float64' | 'float32';

/** Operands by their name in messages. */
export type Operands = Readonly<Record<string, Tensor>>;

/**
 * All operands are well formed, of one element type, and that type is float64 or float32.
 * @throws BackproofError `unsupported-dtype`, `dtype-mismatch`, and the codes of `checkTensor`.
 */
export function checkOperands(where: string, operands: Operands): void {
  let first: readonly [string, Tensor] | undefined;
  for (const [name, tensor] of Object.entries(operands)) {
    checkTensor(tensor, `${where}: ${name}`);
    if (tensor.dtype !== 'float64' && tensor.dtype !== 'float32') {
      throw dtypeError(where, 'unsupported-dtype', name, tensor.dtype, 'float64 or float32');
    }
    first ??= [name, tensor];
    if (tensor.dtype !== first[1].dtype) {
      throw dtypeError(where, 'dtype-mismatch', name, tensor.dtype, `${first[1].dtype}, as ${first[0]} has`);
    }
  }
}

function dtypeError(
  where: string,
  code: string,
  name: string,
  got: string,
  expected: string,
): BackproofError {
  return new BackproofError({
    code,
    where,
    what: `${name} is ${got}`,
    expected,
    got,
    fix: 'Convert the operands to one of float64 and float32; nothing is converted silently.',
    data: { tensor: name, dtype: got },
  });
}

/** The values as float64: the tensor's own array, or an exact copy of float32 ones. */
export function toFloat64(tensor: Tensor<FloatDType>): Float64Array {
  return tensor.dtype === 'float64' ? (tensor.data as Float64Array) : new Float64Array(tensor.data);
}

/** A tensor around float64 results; float32 rounds each element, the only rounding to float32 there is. */
export function fromFloat64<D extends FloatDType>(shape: Shape, values: Float64Array, dtype: D): Tensor<D> {
  const data = dtype === 'float64' ? values : new Float32Array(values);
  return { shape, data: data as Tensor<D>['data'], dtype };
}

/** @throws BackproofError `rank-mismatch` unless `shape` has from `least` to `most` axes. */
export function checkRank(where: string, name: string, shape: Shape, least: number, most = Infinity): void {
  if (shape.length >= least && shape.length <= most) return;
  const range = least === most ? `${least}` : `${least} to ${most}`;
  throw new BackproofError({
    code: 'rank-mismatch',
    where,
    what: `${name} ${shapeText(shape)} has the wrong number of axes`,
    expected: most === Infinity ? `at least ${least} axes` : `${range} axes`,
    got: `${shape.length}`,
    fix: `Give ${name} its batch and channel axes, then the spatial ones.`,
    data: { tensor: name, shape: [...shape], least, most },
  });
}

/** The error of a channel count that `groups` do not divide; `text` shows the tensor it comes from. */
export function groupsDoNotDivide(
  where: string,
  groups: number,
  axis: string,
  channels: number,
  text: string,
): BackproofError {
  return new BackproofError({
    code: 'groups-do-not-divide',
    where,
    what: `groups ${groups} do not divide ${axis} of ${text}`,
    expected: `${axis} to be a multiple of ${groups}`,
    got: `${channels}`,
    fix: 'Change groups or the number of channels.',
    data: { groups, axis, channels },
  });
}
