/** Where results go: into a tensor that the caller gave, or into a new one. */
import { BackproofError } from '../error.js';
import { checkTensor, type Shape, sameShape, shapeText, type Tensor, zeros } from '../tensor/index.js';
import { type Engine, sharedEngine } from './engine/engine.js';
import type { FloatDType, Operands } from './operands.js';

/** What a caller may say about a call besides its operands. */
export interface CallOptions<D extends FloatDType = FloatDType> {
  /** Takes the result: its shape and element type exactly, in memory of its own. Every cell is written. */
  readonly out?: Tensor<D> | undefined;
  /** Computes it; without one, the engine that all such calls of a thread share. */
  readonly engine?: Engine | undefined;
}

export const engineOf = ({ engine }: CallOptions): Engine => engine ?? sharedEngine();

/**
 * The tensor to write: `out`, checked before anything is touched, or zeros.
 * @throws BackproofError `output-shape-mismatch`, `output-dtype-mismatch`, `aliased-output`, the codes of
 * `checkTensor`.
 */
export function resultFor<D extends FloatDType>(
  where: string,
  shape: Shape,
  dtype: D,
  { out }: CallOptions<D>,
  operands: Operands,
): Tensor<D> {
  if (out === undefined) return zeros(shape, dtype);
  checkTensor(out, `${where}: out`);
  if (out.dtype !== dtype) throw mismatch(where, 'output-dtype-mismatch', 'is', out.dtype, dtype);
  if (!sameShape(out.shape, shape)) {
    throw mismatch(where, 'output-shape-mismatch', 'has shape', shapeText(out.shape), shapeText(shape));
  }
  for (const [name, operand] of Object.entries(operands)) {
    if (overlap(out.data, operand.data)) throw aliased(where, name);
  }
  return out;
}

function overlap(a: ArrayBufferView, b: ArrayBufferView): boolean {
  if (a.buffer !== b.buffer || a.byteLength === 0 || b.byteLength === 0) return false;
  return a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}

function mismatch(where: string, code: string, verb: string, got: string, expected: string): BackproofError {
  return new BackproofError({
    code,
    where,
    what: `out ${verb} ${got}`,
    expected,
    got,
    fix: 'Pass a tensor of exactly the shape and element type of the result, or none.',
    data: { tensor: 'out', expected, got },
  });
}

function aliased(where: string, operand: string): BackproofError {
  return new BackproofError({
    code: 'aliased-output',
    where,
    what: `out shares memory with ${operand}`,
    expected: 'memory that no operand uses',
    got: `bytes of ${operand}`,
    fix: 'Pass an output of its own, or none.',
    data: { tensor: 'out', operand },
  });
}
