// The WASM backend of TensorFlow.js, one thread, float32, NHWC. Operands are tensors of the backend before timing, in
// its layouts. The timed call is the operator, and, unless `readBack` is false, a read of its result into a JS array.
import { dirname } from 'node:path';
import { permuted } from './layouts.mjs';
import { loadPeer, peerFile } from './peers.mjs';
import { operands } from './s3-cases.mjs';

const toNhwc = [0, 2, 3, 1];
const toHwio = [2, 3, 1, 0];
const fromNhwc = [0, 3, 1, 2];
const fromHwio = [3, 2, 0, 1];

async function startBackend() {
  const tf = loadPeer('@tensorflow/tfjs-core');
  const wasm = loadPeer('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(`${dirname(peerFile('@tensorflow/tfjs-backend-wasm'))}/`);
  wasm.setThreadsCount(1);
  await tf.setBackend('wasm');
  if (tf.getBackend() !== 'wasm') throw new Error('its wasm backend does not start');
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) throw new Error('no SIMD');
  return tf;
}

function uploaded(tf, { layer, ...task }) {
  const tensors = Object.entries(operands({ layer, ...task })).map(([name, data]) => {
    const shape = layer.shapes[name];
    if (layer.kind === 'linear') return [name, tf.tensor(data, shape)];
    const depthwise = layer.groups > 1 && name === 'w'; // [k, k, C, 1], not [k, k, 1, O]
    const order = depthwise ? [2, 3, 0, 1] : name === 'w' ? toHwio : toNhwc;
    const extents = order.map(axis => shape[axis]);
    return [name, tf.tensor(permuted(data, shape, order), extents)];
  });
  return Object.fromEntries(tensors);
}

/** The kernel gradient, which the backend has no kernel for, as a convolution of x by yBar with n and c exchanged. */
function kernelGradient(tf, { x, y }, { stride, pad, k }) {
  return tf.tidy(() => {
    const [batched, filter] = [tf.transpose(x, [3, 1, 2, 0]), tf.transpose(y, [1, 2, 0, 3])];
    const all = tf.conv2d(batched, filter, 1, pad, 'NHWC', stride);
    const [channels, , , kernels] = all.shape;
    const inside = tf.slice(all, [0, 0, 0, 0], [channels, k, k, kernels]);
    return tf.transpose(inside, [1, 2, 0, 3]);
  });
}

function convolution(tf, { layer, work }, { x, w, y }) {
  const { stride, pad, groups, shapes } = layer;
  const [batch, channels, height, width] = shapes.x;
  if (groups > 1) {
    if (work === 'forward') return () => tf.depthwiseConv2d(x, w, stride, pad);
    throw new Error('no kernel for gradients of a depthwise convolution');
  }
  return {
    forward: () => tf.conv2d(x, w, stride, pad, 'NHWC', 1, 'floor'),
    dX: () => tf.conv2dTranspose(y, w, [batch, height, width, channels], stride, pad, 'floor'),
    dF: () => kernelGradient(tf, { x, y }, layer),
  }[work];
}

/** A transpose of its own: the flags of matMul cost this backend ten times as much. */
const product = (tf, { work }, { x, w, y }) =>
  ({
    forward: () => tf.tidy(() => tf.matMul(x, tf.transpose(w))),
    dX: () => tf.matMul(y, w),
    dF: () => tf.tidy(() => tf.matMul(tf.transpose(y), x)),
  })[work];

export async function makeTfjs(task, { readBack }) {
  const tf = await startBackend();
  const tensors = uploaded(tf, task);
  const { kind } = task.layer;
  const act = (kind === 'linear' ? product : convolution)(tf, task, tensors);
  const order = task.work === 'dF' ? fromHwio : fromNhwc;
  let shape;
  let last;
  return {
    run() {
      const result = act();
      shape = result.shape;
      if (!readBack) {
        last?.dispose();
        last = result;
        return result;
      }
      const data = result.dataSync();
      result.dispose();
      return data;
    },
    read(result) {
      const data = readBack ? result : result.dataSync();
      return kind === 'linear' ? data : permuted(data, shape, order);
    },
  };
}
