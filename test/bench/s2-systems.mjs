// The systems of S2. Ours and the plain loops run the same forward passes: the base point, then x and w with 1 added
// to the cells of each pass (convolution is linear in each, so with integers the differences are exact). Ours stacks
// the passes into few calls; the loops take them one by one. Perturbing is timed, choosing the colours is not.
import { geometryOf, loadKernels } from './kernels.mjs';
import { naive } from './naive.mjs';
import { inputPasses, weightPasses } from './s2-colours.mjs';
import { numel, operands } from './s3-cases.mjs';
import { startTorch } from './torch-child.mjs';

const CHUNK_BYTES = 64 * 2 ** 20;

/** {x, w, passes: {x, w}}: the base point, and the cells that each pass perturbs. */
function start({ layer }) {
  const base = operands({ layer, work: 'forward', dtype: 'float64' });
  return { ...base, passes: { x: inputPasses(layer), w: weightPasses(layer) } };
}

const lists = (all, length) =>
  Array.from({ length: Math.ceil(all.length / length) }, (_, i) => all.slice(i * length, (i + 1) * length));

/** `data` once for every list of cells, with 1 added to them. */
function stacked(data, passes) {
  const out = new Float64Array(passes.length * data.length);
  passes.forEach((cells, at) => {
    const from = at * data.length;
    out.set(data, from);
    for (const cell of cells) out[from + cell] += 1;
  });
  return out;
}

/** Chunks of stacked passes; one chunk and its outputs take 64 MB at most. */
const chunksOf = (passes, data, { shapes }) =>
  lists(passes, Math.max(1, Math.floor(CHUNK_BYTES / 8 / (data.length + numel(shapes.y)))));

/** x perturbed is a larger batch. */
function* stackedInputs({ layer, x, w, passes }, forward) {
  const { shapes } = layer;
  const [batch, ...image] = shapes.x;
  for (const chunk of chunksOf(passes.x, x, layer)) {
    const y = forward(stacked(x, chunk), [chunk.length * batch, ...image], w, shapes.w);
    const each = numel(shapes.y);
    yield { y, outputOf: at => y.subarray(at * each, (at + 1) * each), count: chunk.length };
  }
}

/** w perturbed is more output channels, and a pass has its share of them in every image. */
function* stackedWeights({ layer, x, w, passes }, forward) {
  const { shapes, batch } = layer;
  const [kernels, ...filter] = shapes.w;
  for (const chunk of chunksOf(passes.w, w, layer)) {
    const y = forward(x, shapes.x, stacked(w, chunk), [chunk.length * kernels, ...filter]);
    const each = numel(shapes.y) / batch;
    const outputOf = at => {
      const out = new Float64Array(batch * each);
      for (let n = 0; n < batch; n += 1) {
        const from = (n * chunk.length + at) * each;
        out.set(y.subarray(from, from + each), n * each);
      }
      return out;
    };
    yield { y, outputOf, count: chunk.length };
  }
}

/** Depends on every output and on its place; exact. */
const digest = y => y.reduce((sum, value, at) => sum + value * (1 + ((at * 31) % 101)), 0);

async function makeOurs(task) {
  const { convForward } = await loadKernels();
  const { layer } = task;
  const geometry = geometryOf(layer);
  const tensor = (data, shape) => ({ data, shape, dtype: 'float64' });
  const forward = (x, xShape, w, wShape) =>
    convForward({ x: tensor(x, xShape), w: tensor(w, wShape) }, geometry).data;
  const given = { layer, ...start(task) };
  function* chunks() {
    const y = forward(given.x, layer.shapes.x, given.w, layer.shapes.w);
    yield { y, outputOf: () => y, count: 1 };
    yield* stackedInputs(given, forward);
    yield* stackedWeights(given, forward);
  }
  return {
    run() {
      let sum = 0;
      for (const { y } of chunks()) sum += y.at(-1);
      return sum;
    },
    read() {
      const digests = [];
      for (const { outputOf, count } of chunks())
        for (let at = 0; at < count; at += 1) digests.push(digest(outputOf(at)));
      return digests;
    },
  };
}

/** The plain loops, pass by pass. */
export function makeNaive(task) {
  const { layer } = task;
  const { x, w, passes } = start(task);
  const forward = given => naive.conv.forward(layer, given, new Float64Array(numel(layer.shapes.y)));
  function* outputs() {
    yield forward({ x, w });
    for (const cells of passes.x) yield forward({ x: stacked(x, [cells]), w });
    for (const cells of passes.w) yield forward({ x, w: stacked(w, [cells]) });
  }
  return {
    run() {
      let sum = 0;
      for (const y of outputs()) sum += y.at(-1);
      return sum;
    },
    read: () => Array.from(outputs(), digest),
  };
}

const makers = {
  backproof: makeOurs,
  'naive JS': makeNaive,
  'torch gradcheck slow': task => startTorch('s2-torch.py', { ...task, fast: false }),
  'torch gradcheck fast': task => startTorch('s2-torch.py', { ...task, fast: true }),
};

export const systemNames = Object.keys(makers);
export const makeSystem = (name, task) => makers[name](task);
export const summarize = (_, answer) => answer;
export const consume = sum => sum;
