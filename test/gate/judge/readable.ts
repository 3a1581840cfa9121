/** Calls as the library's kernels read them: classes as one-hot rows. */
import type { SubjectCall } from '../../../src/gate/subject/subject.js';
import { oneHot, type Tensor } from '../../../src/tensor/index.js';

export function readable(call: SubjectCall): SubjectCall {
  const { target, x } = call.inputs;
  if (!target || !x || target.dtype !== 'int32') return call;
  const rows = oneHot(target as Tensor<'int32'>, x.shape.at(-1)!);
  const data = x.dtype === 'float32' ? Float32Array.from(rows.data) : Float64Array.from(rows.data);
  return { ...call, inputs: { ...call.inputs, target: { shape: rows.shape, data, dtype: x.dtype } } };
}
