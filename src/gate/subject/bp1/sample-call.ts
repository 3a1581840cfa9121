/** A small call of an operator in an element type: for conversations about anything but numbers. */
import { operatorFrom, resolve } from '../../../ops/index.js';
import { type Shape, size } from '../../../tensor/index.js';
import { writtenParams } from '../../vectors/format.js';
import type { Pass, ResultName, SubjectCall, WireDType, WireTensor } from '../subject.js';
import { WIRE_ARRAYS } from '../wire-arrays.js';

/** 0.25, 0.5 and 0.75 in turn, which every loss and activation takes; 1 where they do not fit. */
const CELLS: Readonly<Record<WireDType, readonly number[]>> = {
  float64: [0.25, 0.5, 0.75],
  float32: [0.25, 0.5, 0.75],
  float16: [0x3400, 0x3800, 0x3a00],
  bfloat16: [0x3e80, 0x3f00, 0x3f40],
  int32: [1],
  uint8: [1],
  bool: [1],
};

export function sampleTensor(shape: Shape, dtype: WireDType): WireTensor {
  const cells = CELLS[dtype];
  const values = Array.from({ length: size(shape) }, (_, k) => cells[k % cells.length]!);
  return { shape, dtype, data: new WIRE_ARRAYS[dtype](values) };
}

/** The first example of the record. @throws BackproofError `unknown-operator`. */
export function sampleCall(op: string, pass: Pass, dtype: WireDType): SubjectCall {
  const operator = operatorFrom(op);
  const { shapes, params } = operator.examples[0]!;
  const call = resolve(operator, shapes, params);
  const inputs = Object.entries(call.inputs).map(([name, shape]) => [name, sampleTensor(shape, dtype)]);
  const wanted = (name: ResultName, shape: Shape | undefined) => (shape ? { [name]: { shape, dtype } } : {});
  const { x, w, b } = call.inputs;
  return {
    id: `${op} ${pass} ${dtype}`,
    op,
    pass,
    params: writtenParams(operator, call.params, call.rank),
    inputs: Object.fromEntries(inputs),
    upstream: pass === 'backward' ? sampleTensor(call.output, dtype) : null,
    want:
      pass === 'forward'
        ? wanted('y', call.output)
        : { ...wanted('dx', x), ...wanted('dw', w), ...wanted('db', b) },
    out: null,
  };
}
