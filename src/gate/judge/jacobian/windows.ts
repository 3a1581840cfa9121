/**
 * Which cells of a plane meet in a convolution, and which of them share nothing: an axis at a time, since the windows
 * of a plane are the products of those of its axes.
 */
import type { ConvCall } from './kernel.js';

/** Cells of one colour can be changed together: what each of them reaches, no other one does. */
export interface Colours {
  readonly count: number;
  /** The colour of each cell. */
  readonly of: Int32Array;
}

export interface Windows {
  /** Cells of one plane of x, of one plane of y, and taps of one plane of w. */
  readonly inputs: number;
  readonly outputs: number;
  readonly taps: number;
  /** For each output and tap (output first), the cell of x that they meet, or -1 in the padding. */
  readonly cellAt: Int32Array;
  /** No two cells of x of one colour are met by one output. */
  readonly inputColours: Colours;
  /** No two outputs of one colour meet one cell of x. */
  readonly outputColours: Colours;
}

interface Axis {
  readonly input: number;
  readonly output: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
}

const POINT: Windows = {
  ...{ inputs: 1, outputs: 1, taps: 1, cellAt: new Int32Array(1) },
  inputColours: { count: 1, of: new Int32Array(1) },
  outputColours: { count: 1, of: new Int32Array(1) },
};

/** Of one channel of each image; `output`: spatial extents of y. */
export function windowsOf(call: ConvCall, output: readonly number[]): Windows {
  return output
    .map((extent, k) =>
      axisWindows({
        ...{ input: call.x[k + 2]!, output: extent, kernel: call.w[k + 2]! },
        ...{ stride: call.stride[k]!, dilation: call.dilation[k]!, before: call.padding[k]![0] },
      }),
    )
    .reduce(product, POINT);
}

function axisWindows({ input, output, kernel, stride, dilation, before }: Axis): Windows {
  const cellAt = new Int32Array(output * kernel);
  for (let p = 0, k = 0; p < output; p++) {
    for (let q = 0; q < kernel; q++, k++) {
      const i = stride * p + dilation * q - before;
      cellAt[k] = i >= 0 && i < input ? i : -1;
    }
  }
  // i and i' have an output in common only if i - i' = d m with |m| < k.
  const inputColours = lattice(input, dilation, kernel);
  // p and p' have a cell in common only if s (p - p') = d m with |m| < k; g = gcd(s, d): p - p' = (d / g) t, m = (s / g) t.
  const shared = gcd(stride, dilation);
  const reach = Math.floor((kernel - 1) / (stride / shared)) + 1;
  const outputColours = lattice(output, dilation / shared, reach);
  return { inputs: input, outputs: output, taps: kernel, cellAt, inputColours, outputColours };
}

/** Tells cells apart whose distance is `step` times an integer below `reach`. */
function lattice(extent: number, step: number, reach: number): Colours {
  const of = Int32Array.from({ length: extent }, (_, i) => Math.floor(i / step) % reach);
  return { count: Math.min(reach, Math.ceil(extent / step)), of };
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

function product(outer: Windows, inner: Windows): Windows {
  const taps = outer.taps * inner.taps;
  const cellAt = new Int32Array(outer.outputs * inner.outputs * taps);
  for (let a = 0; a < outer.cellAt.length; a++) {
    const [p, q] = [Math.floor(a / outer.taps), a % outer.taps];
    const row = outer.cellAt[a]!;
    for (let b = 0; b < inner.cellAt.length; b++) {
      const [r, t] = [Math.floor(b / inner.taps), b % inner.taps];
      const at = (p * inner.outputs + r) * taps + q * inner.taps + t;
      const column = inner.cellAt[b]!;
      cellAt[at] = row < 0 || column < 0 ? -1 : row * inner.inputs + column;
    }
  }
  return {
    ...{ inputs: outer.inputs * inner.inputs, outputs: outer.outputs * inner.outputs, taps, cellAt },
    inputColours: pairs(outer.inputColours, inner.inputColours),
    outputColours: pairs(outer.outputColours, inner.outputColours),
  };
}

function pairs(outer: Colours, inner: Colours): Colours {
  const of = new Int32Array(outer.of.length * inner.of.length);
  for (let k = 0; k < of.length; k++) {
    const [a, b] = [Math.floor(k / inner.of.length), k % inner.of.length];
    of[k] = outer.of[a]! * inner.count + inner.of[b]!;
  }
  return { count: outer.count * inner.count, of };
}

/** The cells of each colour. */
export function cellsByColour({ count, of }: Colours): number[][] {
  const cells = Array.from({ length: count }, (): number[] => []);
  for (let k = 0; k < of.length; k++) cells[of[k]!]!.push(k);
  return cells;
}
