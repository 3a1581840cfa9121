// The calls of this library that S3 times.
import { geometryOf, loadKernels } from './kernels.mjs';
import { emptyResult, operands, resultShape } from './s3-cases.mjs';

/** (kernels, tensors, shapes, geometry, options) => result; a transposed convolution has its y in the part of x. */
const calls = {
  conv: {
    forward: (kernels, { x, w }, _, geometry, options) => kernels.convForward({ x, w }, geometry, options),
    dX: (kernels, { y, w }, shapes, geometry, options) =>
      kernels.convInputVjp(y, w, shapes.x, geometry, options),
    dF: (kernels, { y, x }, shapes, geometry, options) =>
      kernels.convKernelVjp(y, x, shapes.w, geometry, options),
  },
  transposed: {
    dX: (kernels, { y, w }, _, geometry, options) =>
      kernels.convTransposeForward({ x: y, w }, geometry, options),
    forward: (kernels, { x, w }, shapes, geometry, options) =>
      kernels.convTransposeInputVjp(x, w, shapes.y, geometry, options),
    dF: (kernels, { y, x }, shapes, geometry, options) =>
      kernels.convTransposeKernelVjp(x, y, shapes.w, geometry, options),
  },
  linear: {
    forward: (kernels, { x, w }, _shapes, _geometry, options) =>
      kernels.linearKernel(x, w, undefined, options),
    dX: (kernels, { y, w }, _shapes, _geometry, options) => kernels.linearInputVjp(y, w, options),
    dF: (kernels, { y, x }, _shapes, _geometry, options) => kernels.linearWeightVjp(y, x, options),
  },
};

/** Shapes are checked and the result is made inside the timed call, unless `intoOut`. */
export async function makeOurs(task, { engine, intoOut = false } = {}) {
  const kernels = await loadKernels();
  const { dtype, layer, work } = task;
  const tensors = Object.fromEntries(
    Object.entries(operands(task)).map(([name, data]) => [name, { shape: layer.shapes[name], data, dtype }]),
  );
  const geometry = layer.kind === 'linear' ? undefined : geometryOf(layer);
  const call = calls[layer.kind][work];
  const options = engine && { engine: kernels.createEngine(engine) };
  if (!intoOut) return () => call(kernels, tensors, layer.shapes, geometry, options).data;

  const out = { shape: resultShape(task), data: emptyResult(task), dtype };
  return () => {
    call(kernels, tensors, layer.shapes, geometry, { out });
    return out.data;
  };
}
