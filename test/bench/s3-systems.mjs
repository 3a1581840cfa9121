// The systems of S3: ours, plain loops, and libraries. Each gets operands as its users hold them (see its file) and
// hands back what its users get.
import { naive } from './naive.mjs';
import { emptyResult, operands } from './s3-cases.mjs';
import { makeOnnx } from './s3-onnx.mjs';
import { makeOurs } from './s3-ours.mjs';
import { makeTfjs } from './s3-tfjs.mjs';
import { startTorch } from './torch-child.mjs';

/** The result of the plain loops; it is made anew, as ours is. */
export function naiveResult(task) {
  const given = operands(task);
  const loops = naive[task.layer.kind][task.work];
  return () => loops(task.layer, given, emptyResult(task));
}

function makeTorch(task) {
  const tensors = Object.entries(operands(task)).map(([name, data]) => [name, Array.from(data)]);
  return startTorch('s3-torch.py', { ...task, tensors: Object.fromEntries(tensors) });
}

const makers = {
  backproof: task => makeOurs(task),
  'backproof (out)': task => makeOurs(task, { intoOut: true }),
  'backproof tiled': task => makeOurs(task, { engine: 'tiled' }),
  'naive JS': naiveResult,
  'tfjs wasm': task => makeTfjs(task, { readBack: true }),
  'tfjs wasm (no read-back)': task => makeTfjs(task, { readBack: false }),
  'onnxruntime-web': makeOnnx,
  torch: makeTorch,
};

const float32Only = new Set(['tfjs wasm', 'tfjs wasm (no read-back)', 'onnxruntime-web']);

export const systemNames = dtype =>
  Object.keys(makers).filter(name => dtype === 'float32' || !float32Only.has(name));
export const makeSystem = (name, task) => makers[name](task);
export const summarize = (_, answer) => answer;
/** A result that is never read could be left out by an optimiser; a handle has nothing to read. */
export const consume = result => result.at?.(-1) ?? 0;
