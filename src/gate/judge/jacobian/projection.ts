/** The fast gradient check of a convolution: a scalar for each input, from random directions. */
import type { Shape } from '../../../tensor/index.js';
import { randomFrom } from '../../vectors/random.js';
import { exactDot } from '../adjoint.js';
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
} from './kernel.js';

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
  /** Null: not one input by itself. */
  readonly wrt: InputName | null;
  /** The probe that showed it, from 0. */
  readonly probe: number;
  /** <yBar, y(x + v) - y(x - v)> and 2 <dx, v>; null where cells are not integers. */
  readonly forward: bigint | null;
  readonly backward: bigint | null;
}

/** <yBar, y> is of degree 3 in what is drawn, and so is <dx, v>. */
const DEGREE = 3;

/**
 * Checks dx, dw and, where the call has it, db of a float64 convolution together, in exact integers, along one random
 * direction of each input: <yBar, y(x + v, w + u, b + t) - y(x - v, w - u, b - t)> = 2 (<dx, v> + <dw, u> + <db, t>),
 * since y is linear in x, in w and in b. A probe is two forward passes and one backward pass; one that fails takes two
 * more for each input, to tell which it is.
 *
 * A kernel whose results are polynomials of degree 2, as a convolution's are, passes a probe with a wrong gradient
 * with probability at most 3 / 2A, A = (2^45 / L)^(1/3), L the longest sum (Schwartz, Zippel). A backward pass that
 * fits a wrong forward pass passes too: the forward pass has to be found right by itself.
 * @throws BackproofError `kernel-result-shape`, the codes of `kernelCall`.
 */
export function checkProjection(
  kernel: DifferencedKernel,
  call: ConvCall & { readonly b?: Shape },
  { seed, probes }: ProjectionPlan,
): Projection {
  const yShape = outputShape(call);
  // y adds up L products of numbers up to 2A; 64 of its cells times yBar stay at 2^53 at most.
  const amplitude = Math.max(1, Math.floor(Math.cbrt(2 ** 45 / longestSum(call, yShape))));
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
  const gradients = kernel.backward(yBar, inputs, names);
  const slopes = names.map(name =>
    blockDot(directions[name]!.data, cellsOf(gradients[name], `d${name}`, inputs[name]!.shape)),
  );
  const along = (wanted: readonly InputName[], step: 1 | -1): bigint | null => {
    const there = wanted.map(name => [name, moved(inputs[name]!, directions[name]!, step)]);
    const y = kernel.forward({ ...inputs, ...Object.fromEntries(there) });
    return blockDot(yBar.data, cellsOf(y, 'y', yBar.shape));
  };
  const sides = (wanted: readonly InputName[]) => ({
    forward: minus(along(wanted, 1), along(wanted, -1)),
    backward: wanted.map(name => slopes[names.indexOf(name)]!).reduce(plusTwice, 0n),
  });
  const all = sides(names);
  if (agree(all)) return null;
  for (const wrt of names) {
    const own = sides([wrt]);
    if (!agree(own)) return { wrt, ...own };
  }
  return { wrt: null, ...all };
}

type Sides = Pick<WrongProjection, 'forward' | 'backward'>;
const agree = ({ forward, backward }: Sides): boolean => forward !== null && forward === backward;

const minus = (a: bigint | null, b: bigint | null): bigint | null =>
  a === null || b === null ? null : a - b;
const plusTwice = (sum: bigint | null, one: bigint | null): bigint | null =>
  sum === null || one === null ? null : sum + 2n * one;

/** Terms that are added up as numbers at a time. */
const BLOCK = 64;

/** As `exactDot`, fast where the first factors are integers and no block reaches 2^53 in size. */
function blockDot(a: Float64Array, b: Float64Array): bigint | null {
  let total = 0n;
  for (let from = 0; from < a.length; from += BLOCK) {
    const to = Math.min(a.length, from + BLOCK);
    let [sum, size, fractions] = [0, 0, 0];
    for (let k = from; k < to; k++) {
      const term = a[k]! * b[k]!;
      sum += term;
      size += Math.abs(term);
      fractions += b[k]! - Math.floor(b[k]!);
    }
    if (fractions !== 0) return null;
    const block = size < 2 ** 53 ? BigInt(sum) : exactDot(a.subarray(from, to), b.subarray(from, to));
    if (block === null) return null;
    total += block;
  }
  return total;
}
