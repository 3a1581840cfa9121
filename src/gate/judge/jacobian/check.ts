/** A gradient check of a convolution at full strength: every cell of its Jacobians, without a tolerance. */
import { unravel } from '../../../tensor/index.js';
import { firstWrongInput, type WrongPair } from './input.js';
import { type ConvCall, cellsOf, type DifferencedKernel, moved } from './kernel.js';
import { type JacobianState, startJacobian } from './state.js';
import { firstWrongWeight } from './weights.js';

/** One cell of a Jacobian that the two passes of a kernel do not agree on. */
export interface WrongCell {
  readonly wrt: 'x' | 'w';
  /** In y; null: no output whose window has the input, or many outputs at once. */
  readonly output: readonly number[] | null;
  /** In x or w; null: nothing in the output's window, or many inputs at once. */
  readonly input: readonly number[] | null;
  /** What the forward pass says, and what was got. */
  readonly expected: number;
  readonly got: number;
}

/**
 * Checks dx and dw of a float64 convolution against differences of its own forward pass, at every cell of dy/dx and
 * dy/dw; null, or the first wrong cell. Integers and step 1: the differences are exact and compared with ===.
 *
 * Shown of a kernel that is affine in x and in w, linear in yBar, and gives the same results for the same call: for
 * every output and every input of its window, both passes have the same derivative, each pair compared by itself.
 * Cells without a common window are changed together, and images are stacked, so that two things remain: derivatives
 * outside the windows, which could cancel, and images that look at one another. These are left to one random
 * direction of each tensor in a call of exactly this shape, held against the measured Jacobians: whatever is wrong
 * there passes with probability at most 1 / 2A, A = min(2^20, (2^52 / L)^(1/2)), L the longest sum (Schwartz, Zippel).
 * A backward pass that fits a wrong forward pass passes too: the forward pass has to be found right by itself.
 *
 * Calls: forward, C/groups times the colours of a plane (at most its taps) stacked on the batch, and one for each of
 * C/groups times the taps; backward, O/groups times the colours stacked, and one for each output of a channel, where
 * dw adds up what cannot be told apart. Each stack takes 64 MB at most.
 * @throws BackproofError `kernel-result-shape`, the codes of `kernelCall`.
 */
export function checkJacobian(kernel: DifferencedKernel, call: ConvCall): WrongCell | null {
  const state = startJacobian(kernel, call);
  const named = (wrt: 'x' | 'w', { output, input, expected, got }: WrongPair): WrongCell => {
    const place = (shape: readonly number[], at: number) => (at < 0 ? null : unravel(shape, at));
    return { wrt, output: place(state.layer.yShape, output), input: place(call[wrt], input), expected, got };
  };
  const byX = firstWrongInput(state);
  if (byX) return named('x', byX);
  const byW = firstWrongWeight(state);
  if (byW) return named('w', byW);
  for (const wrt of ['x', 'w'] as const) {
    const wrong = firstWrongForward(state, wrt) ?? firstWrongBackward(state, wrt);
    if (wrong) return named(wrt, wrong);
  }
  return null;
}

function firstWrongForward(state: JacobianState, wrt: 'x' | 'w'): WrongPair | null {
  const { kernel, layer, x, w, y, directions, images } = state;
  const inputs = { x, w, [wrt]: moved(state[wrt], directions[wrt]) };
  const got = cellsOf(kernel.forward(inputs), 'y', layer.yShape);
  const expected = wrt === 'x' ? images.byX : images.byW;
  const at = expected.findIndex((value, k) => got[k]! - y[k]! !== value);
  if (at < 0) return null;
  return { output: at, input: -1, expected: expected[at]!, got: got[at]! - y[at]! };
}

/** Twice: what a call leaves behind shows in the next one. */
function firstWrongBackward(state: JacobianState, wrt: 'x' | 'w'): WrongPair | null {
  const { kernel, x, w, directions, images } = state;
  const expected = wrt === 'x' ? images.dx : images.dw;
  for (let call = 0; call < 2; call++) {
    const result = kernel.backward(directions.y, { x, w }, [wrt]);
    const got = cellsOf(result[wrt], `d${wrt}`, state[wrt].shape);
    const at = expected.findIndex((value, k) => got[k]! !== value);
    if (at >= 0) return { output: -1, input: at, expected: expected[at]!, got: got[at]! };
  }
  return null;
}
