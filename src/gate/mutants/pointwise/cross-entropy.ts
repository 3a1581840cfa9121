/** softmax_cross_entropy of logits x [N, K]. */
import type { WireTensors } from '../../subject/subject.js';
import type { ModuleKernel } from '../kernel.js';
import { numbersOf, tensorOf } from '../operands.js';
import type { Sum } from '../sums.js';

/** Logits and targets by row. */
export interface Rows {
  readonly x: readonly Float64Array[];
  readonly target: readonly Float64Array[];
}

/** What one fault changes. */
export interface EntropyChange {
  readonly result: 'y' | 'dx';
  /** The losses of the rows. */
  readonly losses?: (rows: Rows, sum: Sum) => Float64Array;
  /** The slope of a row's loss by its logit k. */
  readonly slope?: (probability: number, target: number, targets: number) => number;
  /** What a mean divides the gradient by. */
  readonly count?: (rows: Rows) => number;
  readonly ignoresUpstream?: true;
}

export function crossEntropyKernel(sum: Sum, fault: EntropyChange | null): ModuleKernel {
  const changeTo = (result: 'y' | 'dx'): Partial<EntropyChange> => (fault?.result === result ? fault : {});
  return {
    declares: { dtypes: ['float64', 'float32', 'float16', 'bfloat16'], deterministic: true, strides: true },
    forward(inputs, { reduction }) {
      const rows = rowsOf(inputs);
      const losses = (changeTo('y').losses ?? rowLosses)(rows, sum);
      const { dtype } = inputs.x!;
      if (reduction === 'none') return tensorOf([rows.x.length], losses, dtype);
      const divisor = reduction === 'mean' ? rows.x.length : 1;
      return tensorOf([], [sum(losses, losses.length) / divisor], dtype);
    },
    backward(inputs, upstream, { reduction }) {
      const rows = rowsOf(inputs);
      const { slope = rightSlope, count = rowCount, ignoresUpstream } = changeTo('dx');
      const yBar = numbersOf(upstream);
      const divisor = reduction === 'mean' ? count(rows) : 1;
      const xBar = rows.x.flatMap((row, n) => {
        const weight = ignoresUpstream ? 1 : yBar[reduction === 'none' ? n : 0]!;
        const [shares, target] = [softmax(row, sum), rows.target[n]!];
        const targets = total(target, sum);
        return [...shares].map((share, k) => (slope(share, target[k]!, targets) * weight) / divisor);
      });
      return { x: tensorOf(inputs.x!.shape, xBar, inputs.x!.dtype) };
    },
  };
}

const rightSlope = (probability: number, target: number, targets: number): number =>
  probability * targets - target;

const rowCount = ({ x }: Rows): number => x.length;

/** Class indices become rows with a one. */
function rowsOf({ x, target }: WireTensors): Rows {
  const [N, K] = [x!.shape[0]!, x!.shape[1]!];
  const [xs, targets] = [numbersOf(x!), numbersOf(target!)];
  const split = (values: Float64Array) =>
    Array.from({ length: N }, (_, n) => values.subarray(n * K, (n + 1) * K));
  if (target!.shape.length === 2) return { x: split(xs), target: split(targets) };
  const rows = Array.from(targets, one => new Float64Array(K).map((_, k) => (k === one ? 1 : 0)));
  return { x: split(xs), target: rows };
}

/** The sum; the values stay as they are. */
export const total = (values: Float64Array, sum: Sum): number => sum(values.slice(), values.length);

export function softmax(row: Float64Array, sum: Sum): Float64Array {
  const top = Math.max(...row);
  const powers = row.map(one => Math.exp(one - top));
  const all = total(powers, sum);
  return powers.map(one => one / all);
}

function rowLosses({ x, target }: Rows, sum: Sum): Float64Array {
  return Float64Array.from(x, (row, n) => {
    const best = row.indexOf(Math.max(...row));
    const top = row[best]!;
    // Where the largest power stands apart, log1p keeps the digits of the others.
    const others = row.map((one, k) => (k === best ? 0 : Math.exp(one - top)));
    const rest = Math.log1p(total(others, sum));
    const terms = row.map((one, k) => target[n]![k]! * (top - one + rest));
    return total(terms, sum);
  });
}
