/** dy/dx by differences, and the gradient to x against it. */
import { cellsOf, float64 } from './kernel.js';
import { type JacobianState, lengthOf, parts, type Range } from './state.js';
import { cellsByColour } from './windows.js';

/** A place in y and one in x, in C order; -1: none that the geometry knows. */
export interface WrongPair {
  readonly output: number;
  readonly input: number;
  /** By differences of the forward pass; what the backward pass has. */
  readonly expected: number;
  readonly got: number;
}

/** One block of images and of forward passes, and their differences [pass, image, O, outputs]. */
interface Block {
  readonly images: Range;
  /** A pass is a channel of every group and a colour. */
  readonly passes: Range;
  readonly differences: Float64Array;
}

/** Adds to the images of the directions as it goes. */
export function firstWrongInput(state: JacobianState): WrongPair | null {
  const { batch, inPerGroup, kernels, windows } = state.layer;
  const passCount = inPerGroup * windows.inputColours.count;
  const image = kernels * windows.outputs;
  for (const images of parts(batch, passCount * image)) {
    for (const passes of parts(passCount, lengthOf(images) * image)) {
      const differences = new Float64Array(lengthOf(passes) * lengthOf(images) * image);
      const block = { images, passes, differences };
      fillDifferences(state, block);
      const wrong = firstUnreached(state, block) ?? firstWrongGradient(state, block);
      if (wrong) return wrong;
    }
  }
  return null;
}

function fillDifferences(state: JacobianState, { images, passes, differences }: Block): void {
  const { kernel, layer, x, w, y } = state;
  const { windows, channels, inPerGroup, yShape } = layer;
  const [xEach, yEach] = [channels * windows.inputs, layer.kernels * windows.outputs];
  const [xCells, yCells] = [lengthOf(images) * xEach, lengthOf(images) * yEach];
  const base = x.data.subarray(images.from * xEach, images.to * xEach);
  const y0 = y.subarray(images.from * yEach, images.to * yEach);
  const cells = cellsByColour(windows.inputColours);
  for (const { from, to } of parts(lengthOf(passes), xCells + yCells)) {
    const stacked = new Float64Array((to - from) * xCells);
    for (let pass = from; pass < to; pass++) {
      const start = (pass - from) * xCells;
      stacked.set(base, start);
      const at = passes.from + pass;
      const [channel, colour] = [Math.floor(at / cells.length), cells[at % cells.length]!];
      for (let plane = channel; plane * windows.inputs < xCells; plane += inPerGroup) {
        const first = start + plane * windows.inputs;
        for (const cell of colour) stacked[first + cell] = stacked[first + cell]! + 1;
      }
    }
    const count = (to - from) * lengthOf(images);
    const result = kernel.forward({ x: float64([count, ...x.shape.slice(1)], stacked), w });
    const moved = cellsOf(result, 'y', [count, ...yShape.slice(1)]);
    for (let k = 0, at = from * yCells; k < moved.length; at += yCells) {
      for (let cell = 0; cell < yCells; cell++, k++) differences[at + cell] = moved[k]! - y0[cell]!;
    }
  }
}

/** Outputs that move although their windows have no cell of the colour. */
function firstUnreached({ layer }: JacobianState, { images, passes, differences }: Block): WrongPair | null {
  const { kernels, windows } = layer;
  const { inputColours, cellAt, outputs, taps } = windows;
  const reached = new Uint8Array(inputColours.count * outputs);
  for (let k = 0; k < cellAt.length; k++) {
    if (cellAt[k]! >= 0) reached[inputColours.of[cellAt[k]!]! * outputs + Math.floor(k / taps)] = 1;
  }
  const planes = lengthOf(images) * kernels;
  for (let pass = passes.from, at = 0; pass < passes.to; pass++) {
    const colour = (pass % inputColours.count) * outputs;
    for (let plane = 0; plane < planes; plane++) {
      for (let p = 0; p < outputs; p++, at++) {
        if (reached[colour + p] === 1 || differences[at] === 0) continue;
        const output = (images.from * kernels + plane) * outputs + p;
        return { output, input: -1, expected: 0, got: differences[at]! };
      }
    }
  }
  return null;
}

/** The gradients to x for cotangents with 1 at all outputs of a colour, in one channel of every group. */
function firstWrongGradient(state: JacobianState, block: Block): WrongPair | null {
  const { kernel, layer, x, w } = state;
  const { windows, channels, kernels, outPerGroup } = layer;
  const images = lengthOf(block.images);
  const [xEach, yEach] = [channels * windows.inputs, kernels * windows.outputs];
  const base = x.data.subarray(block.images.from * xEach, block.images.to * xEach);
  const cells = cellsByColour(windows.outputColours);
  for (const passes of parts(outPerGroup * cells.length, images * (2 * xEach + yEach))) {
    const count = lengthOf(passes) * images;
    const [stacked, yBar] = [new Float64Array(count * xEach), new Float64Array(count * yEach)];
    for (let pass = passes.from; pass < passes.to; pass++) {
      const start = (pass - passes.from) * images;
      stacked.set(base, start * xEach);
      const [channel, colour] = [Math.floor(pass / cells.length), cells[pass % cells.length]!];
      for (let plane = channel; plane < images * kernels; plane += outPerGroup) {
        const first = start * yEach + plane * windows.outputs;
        for (const cell of colour) yBar[first + cell] = 1;
      }
    }
    const inputs = { x: float64([count, ...x.shape.slice(1)], stacked), w };
    const result = kernel.backward(float64([count, ...layer.yShape.slice(1)], yBar), inputs, ['x']);
    const wrong = compare(state, block, passes, cellsOf(result.x, 'dx', inputs.x.shape));
    if (wrong) return wrong;
  }
  return null;
}

/** Gradients [pass, image, C, inputs] of these passes against the differences of a block. */
function compare(state: JacobianState, block: Block, passes: Range, dx: Float64Array): WrongPair | null {
  const { layer, directions, images: sums } = state;
  const { channels, kernels, inPerGroup, outPerGroup, windows } = layer;
  const { inputs, outputs, inputColours, outputColours } = windows;
  const outputAt = meetings(layer.windows);
  const [images, held] = [lengthOf(block.images), lengthOf(block.passes)];
  const step = images * kernels * outputs;
  for (let pass = passes.from, at = 0; pass < passes.to; pass++) {
    const row = (pass % outputColours.count) * inputs;
    const channel = Math.floor(pass / outputColours.count);
    for (let plane = 0; plane < images * channels; plane++) {
      const [n, c] = [Math.floor(plane / channels), plane % channels];
      const o = Math.floor(c / inPerGroup) * outPerGroup + channel;
      const [yStart, first] = [(n * kernels + o) * outputs, block.images.from * kernels * outputs];
      const xStart = (block.images.from * channels + plane) * inputs;
      const colours = (c % inPerGroup) * inputColours.count - block.passes.from;
      for (let i = 0; i < inputs; i++, at++) {
        const from = colours + inputColours.of[i]!;
        if (from < 0 || from >= held) continue;
        const p = outputAt[row + i]!;
        const got = dx[at]!;
        if (p < 0) {
          if (got !== 0) return { output: -1, input: xStart + i, expected: 0, got };
          continue;
        }
        const expected = block.differences[from * step + yStart + p]!;
        const output = first + yStart + p;
        if (expected !== got) return { output, input: xStart + i, expected, got };
        sums.dx[xStart + i] = sums.dx[xStart + i]! + expected * directions.y.data[output]!;
        sums.byX[output] = sums.byX[output]! + expected * directions.x.data[xStart + i]!;
      }
    }
  }
  return null;
}

/** For each colour of outputs and cell of x, the one output of the colour that meets it, or -1. */
function meetings({ inputs, taps, cellAt, outputColours }: JacobianState['layer']['windows']): Int32Array {
  const outputAt = new Int32Array(outputColours.count * inputs).fill(-1);
  for (let k = 0; k < cellAt.length; k++) {
    const p = Math.floor(k / taps);
    if (cellAt[k]! >= 0) outputAt[outputColours.of[p]! * inputs + cellAt[k]!] = p;
  }
  return outputAt;
}
