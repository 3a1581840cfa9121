/** The fast gradient check of a convolution: a scalar for each input, from random directions. */
import type { Shape } from '../../tensor/index.js';
import { randomFrom } from '../vectors/random.js';
import { exactDot } from './adjoint.js';
import {
  type ConvCall,
  type ConvInputs,
  cellsOf,
  type DifferencedKernel,
  drawn,
  type Float64,
  type InputName,
  longestSum,
  moved,
  outputShape,
} from './jacobian-kernel.js';

export interface ProjectionPlan {
  readonly seed: number;
  readonly probes: number;
}

export interface Projection {
  /** The first input whose two sides differ; null if all agree. */
  readonly wrong: WrongProjection | null;
  /** That all probes agree although a gradient is wrong: at most this. */
  readonly missProbability: number;
}

export interface WrongProjection {
  readonly wrt: InputName;
  /** The probe that showed it, from 0. */
  readonly probe: number;
  /** <yBar, y(x + v) - y(x)> and <dx, v>; null where cells are not integers. */
  readonly forward: bigint | null;
  readonly backward: bigint | null;
}

/** <yBar, y> is of degree 3 in what is drawn, and so is <dx, v>. */
const DEGREE = 3;

/**
 * Checks dx, dw and, where the call has it, db of a float64 convolution: <yBar, y(x + v) - y(x)> = <dx, v> in exact
 * integers, along one random direction v of each input; a probe is one backward pass, and one forward pass more than
 * there are inputs.
 *
 * A kernel whose results are polynomials of degree 2, as a convolution's are, passes a probe with a wrong gradient
 * with probability at most 3 / 2A, A = (2^46 / L)^(1/3), L the longest sum (Schwartz, Zippel). A backward pass that
 * fits a wrong forward pass passes too: the forward pass has to be found right by itself.
 * @throws BackproofError `kernel-result-shape`, the codes of `windowExtent`.
 */
export function checkProjection(
  kernel: DifferencedKernel,
  call: ConvCall & { readonly b?: Shape },
  { seed, probes }: ProjectionPlan,
): Projection {
  const yShape = outputShape(call);
  // Products of three numbers, L of which are added up, stay safe integers: most sums need no carrying.
  const amplitude = Math.max(1, Math.floor(Math.cbrt(2 ** 46 / longestSum(call, yShape))));
  const missProbability = Math.min(1, DEGREE / (2 * amplitude)) ** probes;
  for (let probe = 0; probe < probes; probe++) {
    const random = randomFrom(`projection ${seed} ${probe} ${JSON.stringify(call)}`);
    const draw = (): ConvInputs => ({
      x: drawn(call.x, amplitude, random),
      w: drawn(call.w, amplitude, random),
      ...(call.b && { b: drawn(call.b, amplitude, random) }),
    });
    const wrong = firstWrongDirection(kernel, draw(), draw(), drawn(yShape, amplitude, random));
    if (wrong) return { wrong: { ...wrong, probe }, missProbability };
  }
  return { wrong: null, missProbability };
}

function firstWrongDirection(
  kernel: DifferencedKernel,
  inputs: ConvInputs,
  directions: ConvInputs,
  yBar: Float64,
): Omit<WrongProjection, 'probe'> | null {
  const names = Object.keys(inputs) as InputName[];
  const output = (given: ConvInputs) => cellsOf(kernel.forward(given), 'y', yBar.shape);
  // A copy: the kernel may use its memory again.
  const y = output(inputs).slice();
  const gradients = kernel.backward(yBar, inputs, names);
  for (const wrt of names) {
    const [own, direction] = [inputs[wrt]!, directions[wrt]!];
    const change = output({ ...inputs, [wrt]: moved(own, direction) }).map((value, k) => value - y[k]!);
    const forward = exactDot(yBar.data, change);
    const backward = exactDot(cellsOf(gradients[wrt], `d${wrt}`, own.shape), direction.data);
    if (forward === null || forward !== backward) return { wrt, forward, backward };
  }
  return null;
}
