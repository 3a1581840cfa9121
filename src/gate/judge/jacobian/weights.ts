/** dy/dw by differences, and the gradient to w against it. */
import type { WrongPair } from './input.js';
import { cellsOf, float64 } from './kernel.js';
import { type JacobianState, lengthOf, parts, type Range } from './state.js';

/** Adds to the images of the directions as it goes. */
export function firstWrongWeight(state: JacobianState): WrongPair | null {
  const { batch, kernels, windows } = state.layer;
  const taps = state.layer.inPerGroup * windows.taps;
  for (const positions of parts(batch * windows.outputs, kernels * taps)) {
    const wrong = firstWrongGradient(state, positions, differencesAt(state, positions));
    if (wrong) return wrong;
  }
  return null;
}

/** [position, O, tap] from a forward pass for each tap, which changes it in every output channel. */
function differencesAt({ kernel, layer, x, w, y }: JacobianState, positions: Range): Float64Array {
  const { kernels, windows, inPerGroup, yShape } = layer;
  const taps = inPerGroup * windows.taps;
  const differences = new Float64Array(lengthOf(positions) * kernels * taps);
  for (let tap = 0; tap < taps; tap++) {
    const data = w.data.slice();
    for (let k = tap; k < data.length; k += taps) data[k] = data[k]! + 1;
    const moved = cellsOf(kernel.forward({ x, w: float64(w.shape, data) }), 'y', yShape);
    for (let at = positions.from; at < positions.to; at++) {
      const to = (at - positions.from) * kernels * taps + tap;
      let from = outputOf(layer, at);
      for (let o = 0; o < kernels; o++, from += windows.outputs) {
        differences[to + o * taps] = moved[from]! - y[from]!;
      }
    }
  }
  return differences;
}

/** The place in y of channel 0 at a position: an image and an output of its planes. */
function outputOf({ kernels, windows: { outputs } }: JacobianState['layer'], position: number): number {
  const n = Math.floor(position / outputs);
  return n * kernels * outputs + (position % outputs);
}

/** The gradients to w for cotangents with 1 at one position, in all channels: each reaches taps of its own. */
function firstWrongGradient(
  state: JacobianState,
  positions: Range,
  differences: Float64Array,
): WrongPair | null {
  const { kernel, layer, x, w, directions, images } = state;
  const { kernels, windows, yShape } = layer;
  const taps = layer.inPerGroup * windows.taps;
  for (let position = positions.from, at = 0; position < positions.to; position++) {
    const first = outputOf(layer, position);
    const yBar = new Float64Array(directions.y.data.length);
    for (let o = 0; o < kernels; o++) yBar[first + o * windows.outputs] = 1;
    const dw = cellsOf(kernel.backward(float64(yShape, yBar), { x, w }, ['w']).w, 'dw', w.shape);
    for (let k = 0, o = 0, output = first; o < kernels; o++, output += windows.outputs) {
      const upstream = directions.y.data[output]!;
      let sum = 0;
      for (let tap = 0; tap < taps; tap++, k++, at++) {
        const [expected, got] = [differences[at]!, dw[k]!];
        if (expected !== got) return { output, input: k, expected, got };
        images.dw[k] = images.dw[k]! + expected * upstream;
        sum += expected * directions.w.data[k]!;
      }
      images.byW[output] = sum;
    }
  }
  return null;
}
