// The cases of S3: convolutions of square images, one transposed convolution, one linear layer; three passes each.
// Everything is said in terms of a convolution x [N,C,H,W], w [O,C/groups,k,k], y [N,O,h,h]; y also stands for yBar.

const conv = { kind: 'conv', stride: 1, dilation: 1, groups: 1 };

const layers = [
  { ...conv, letter: 'a', batch: 1, channels: 3, size: 32, kernels: 16, k: 3, pad: 1 },
  { ...conv, letter: 'b', batch: 8, channels: 16, size: 32, kernels: 32, k: 3, pad: 1 },
  { ...conv, letter: 'c', batch: 1, channels: 64, size: 56, kernels: 64, k: 3, pad: 1 },
  { ...conv, letter: 'd', batch: 8, channels: 32, size: 28, kernels: 64, k: 5, stride: 2, pad: 2 },
  { ...conv, letter: 'e', batch: 1, channels: 64, size: 56, kernels: 64, k: 3, pad: 1, groups: 64 },
  // conv_transpose N1 C32 H28 O16 k4 s2 p1, as the convolution that goes the other way
  {
    ...conv,
    kind: 'transposed',
    letter: 'f',
    batch: 1,
    channels: 16,
    size: 56,
    kernels: 32,
    k: 4,
    stride: 2,
    pad: 1,
  },
  { kind: 'linear', letter: 'g', batch: 256, channels: 512, kernels: 512 },
];

const passes = ['forward', 'dX', 'dF'];
/** Going forward through a transposed convolution is going back through the convolution. */
const workOfTransposed = { forward: 'dX', dX: 'forward', dF: 'dF' };

export const numel = shape => shape.reduce((product, extent) => product * extent, 1);

/** A convolution with its output extent, the input cells r that its stride leaves over, and its shapes. */
export function sized(layer) {
  const { batch, channels, kernels, groups, size, k, stride, dilation, pad } = layer;
  const room = size + 2 * pad - (dilation * (k - 1) + 1);
  const outSize = Math.floor(room / stride) + 1;
  const perGroup = channels / groups;
  const shapes = {
    x: [batch, channels, size, size],
    w: [kernels, perGroup, k, k],
    y: [batch, kernels, outSize, outSize],
  };
  return { ...layer, perGroup, outPerGroup: kernels / groups, outSize, left: room % stride, shapes };
}

function linearSized(layer) {
  const { batch, channels, kernels } = layer;
  const shapes = { x: [batch, channels], w: [kernels, channels], y: [batch, kernels] };
  return { ...layer, perGroup: channels, k: 1, outSize: 1, shapes };
}

/** Multiply-adds count as two; taps over padding are counted too. */
const flopsOf = ({ shapes, perGroup, k }) => 2 * numel(shapes.y) * perGroup * k * k;

const tasksOf = (layer, dtype) => {
  const full = layer.kind === 'linear' ? linearSized(layer) : sized(layer);
  const short = dtype === 'float32' ? 'f32' : 'f64';
  return passes.map(pass => ({
    name: `${layer.letter} ${short} ${pass}`,
    dtype,
    layer: full,
    work: layer.kind === 'transposed' ? workOfTransposed[pass] : pass,
    flops: flopsOf(full),
  }));
};

/** All tasks of the cases with these letters. */
export const tasks = letters =>
  layers
    .filter(({ letter }) => letters.includes(letter))
    .flatMap(layer => ['float32', 'float64'].flatMap(dtype => tasksOf(layer, dtype)));

export const allLetters = layers.map(({ letter }) => letter).join('');

const arrays = { float32: Float32Array, float64: Float64Array };

/** Integers from -3 to 3: every sum of products of them here is exact in float32 too. */
function integers(shape, seed, dtype) {
  let state = seed;
  return new arrays[dtype](numel(shape)).map(() => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return ((state >>> 16) % 7) - 3;
  });
}

/** What the task starts from, and the name of what it asks for. */
const roles = {
  forward: { from: ['x', 'w'], to: 'y' },
  dX: { from: ['y', 'w'], to: 'x' },
  dF: { from: ['y', 'x'], to: 'w' },
};

export const resultShape = ({ layer, work }) => layer.shapes[roles[work].to];
export const emptyResult = task => new arrays[task.dtype](numel(resultShape(task)));

/** {x | y | w: data} of the two operands, in the layouts above. */
export function operands({ layer, work, dtype }) {
  const seeds = { x: 1, w: 2, y: 3 };
  return Object.fromEntries(
    roles[work].from.map(name => [name, integers(layer.shapes[name], seeds[name], dtype)]),
  );
}
