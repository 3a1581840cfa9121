// Which input cells and weights of a convolution a gradient check may perturb in one forward pass: cells that share
// no output, so that every difference in an output has one cause.

/** i and i' of one axis share an output only when i - i' = dilation m with |m| < k: this tells those apart. */
const axisColour = ({ k, dilation }, i) => Math.floor(i / dilation) % k;
const axisCount = ({ k, dilation, size }) => Math.min(k, Math.ceil(size / dilation));

/** For every cell of one image [C,H,W] its colour; two channels never share one. */
function inputColours(layer) {
  const { channels, size } = layer;
  const perAxis = axisCount(layer);
  const colours = new Int32Array(channels * size * size);
  for (let c = 0, cell = 0; c < channels; c += 1)
    for (let i = 0; i < size; i += 1)
      for (let j = 0; j < size; j += 1, cell += 1)
        colours[cell] = (c * perAxis + axisColour(layer, i)) * perAxis + axisColour(layer, j);
  return colours;
}

const grouped = (colours, count) => {
  const cells = Array.from({ length: count }, () => []);
  for (const [cell, colour] of colours.entries()) cells[colour].push(cell);
  return cells;
};

/** The cells of x [N,C,H,W] that each forward pass perturbs: every image at once. */
export function inputPasses(layer) {
  const { batch, channels, size } = layer;
  const image = channels * size * size;
  const passes = grouped(inputColours(layer), channels * axisCount(layer) ** 2);
  return passes.map(cells => Array.from({ length: batch }, (_, n) => cells.map(at => n * image + at)).flat());
}

/** The cells of w [O,I,k,k] that each forward pass perturbs: one of every output channel. */
export function weightPasses({ kernels, perGroup, k }) {
  const filter = perGroup * k * k;
  return Array.from({ length: filter }, (_, tap) =>
    Array.from({ length: kernels }, (_, o) => o * filter + tap),
  );
}

/** Outputs of one channel that each cell of one input plane takes part in, by trying every tap of every output. */
function outputsOf({ size, outSize, k, stride, dilation, pad }) {
  const outputs = Array.from({ length: size * size }, () => new Set());
  const range = Array.from({ length: outSize }, (_, i) => i);
  const taps = Array.from({ length: k }, (_, p) => p);
  for (const i of range)
    for (const j of range)
      for (const p of taps)
        for (const q of taps) {
          const [row, column] = [i, j].map((out, axis) => out * stride + [p, q][axis] * dilation - pad);
          const inside = row >= 0 && row < size && column >= 0 && column < size;
          if (inside) outputs[row * size + column].add(i * outSize + j);
        }
  return outputs;
}

/** Tries every pair of cells of one colour. @throws Error that names two that share an output. */
export function checkColours(layer) {
  const outputs = outputsOf(layer);
  const plane = layer.size ** 2;
  for (const cells of inputPasses({ ...layer, batch: 1 })) {
    const owner = new Map();
    for (const cell of cells) {
      for (const output of outputs[cell % plane]) {
        if (owner.has(output))
          throw new Error(`cells ${owner.get(output)} and ${cell} share output ${output}`);
        owner.set(output, cell);
      }
    }
  }
}
