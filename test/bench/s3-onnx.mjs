// onnxruntime-web, its WASM provider, one thread, float32. Weights are part of the model, as its users hold them, so
// it may pack them beforehand; the other operands are its tensors before timing. The timed call is session.run with
// feeds, which hands back a JS array.
import { onnxModel } from './onnx-model.mjs';
import { loadPeer } from './peers.mjs';
import { operands, resultShape } from './s3-cases.mjs';

const twice = value => [value, value];
const swapped = { perm: [1, 0, 2, 3] };

/**
 * The kernel gradient as a convolution of x by yBar with n and c exchanged, stride and dilation too; the pads at the
 * end lose the cells that the stride leaves over. One image of a depthwise layer has nothing to exchange.
 */
function kernelGradient({ stride, dilation, pad, left, groups, batch, perGroup, outPerGroup, channels }) {
  const attributes = {
    strides: twice(dilation),
    dilations: twice(stride),
    pads: [pad, pad, pad - left, pad - left],
  };
  if (groups > 1) {
    if (batch * perGroup * outPerGroup !== 1) throw new Error('no trick for this grouping');
    const filter = { op: 'Transpose', inputs: ['y'], output: 'filter', attributes: swapped };
    const conv = { op: 'Conv', inputs: ['x', 'filter'], output: 'depthwise' };
    return [
      filter,
      { ...conv, attributes: { ...attributes, group: channels } },
      { op: 'Transpose', inputs: ['depthwise'], output: 'w', attributes: swapped },
    ];
  }
  return [
    { op: 'Transpose', inputs: ['x'], output: 'batched', attributes: swapped },
    { op: 'Transpose', inputs: ['y'], output: 'filter', attributes: swapped },
    { op: 'Conv', inputs: ['batched', 'filter'], output: 'turned', attributes },
    { op: 'Transpose', inputs: ['turned'], output: 'w', attributes: swapped },
  ];
}

function nodesOf({ layer, work }) {
  const { kind, stride, dilation, pad, left, groups: group } = layer;
  if (kind === 'linear')
    return {
      forward: [{ op: 'Gemm', inputs: ['x', 'w'], output: 'y', attributes: { transB: 1 } }],
      dX: [{ op: 'Gemm', inputs: ['y', 'w'], output: 'x' }],
      dF: [{ op: 'Gemm', inputs: ['y', 'x'], output: 'w', attributes: { transA: 1 } }],
    }[work];
  if (work === 'dF') return kernelGradient(layer);
  const attributes = { strides: twice(stride), dilations: twice(dilation), pads: Array(4).fill(pad), group };
  if (work === 'forward') return [{ op: 'Conv', inputs: ['x', 'w'], output: 'y', attributes }];
  const output_padding = twice(left);
  return [
    { op: 'ConvTranspose', inputs: ['y', 'w'], output: 'x', attributes: { ...attributes, output_padding } },
  ];
}

export async function makeOnnx(task) {
  const ort = loadPeer('onnxruntime-web');
  ort.env.wasm.numThreads = 1;
  const { shapes } = task.layer;
  const { w, ...fed } = operands(task);
  const output = { name: { forward: 'y', dX: 'x', dF: 'w' }[task.work], shape: resultShape(task) };
  const model = onnxModel({
    nodes: nodesOf(task),
    inputs: Object.fromEntries(Object.keys(fed).map(name => [name, shapes[name]])),
    constants: w && { w: { shape: shapes.w, data: w } },
    output,
  });
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const feeds = Object.fromEntries(
    Object.entries(fed).map(([name, data]) => [name, new ort.Tensor('float32', data, shapes[name])]),
  );
  return async () => (await session.run(feeds))[output.name].data;
}
