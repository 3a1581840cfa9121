/** Integers as probes draw them, moved to where a loss is defined: a kernel need not bear anything else. */
import type { Params } from '../../ops/index.js';
import type { WireTensor, WireTensors } from '../subject/subject.js';

/** Class indices for one-hot rows, probabilities for numbers; other operators take any number as it is. */
export function inDomain(op: string, inputs: WireTensors, params: Params): WireTensors {
  const { x, target } = inputs;
  if (!x || !target) return inputs;
  if (params.target_kind === 'indices') return { ...inputs, target: classesOf(target) };
  if (op === 'bce') return { ...inputs, x: mapped(x, probability), target: mapped(target, probability) };
  return op === 'bce_with_logits' || op === 'softmax_cross_entropy'
    ? { ...inputs, target: mapped(target, probability) }
    : inputs;
}

/** The largest of each row, the first of equal ones. */
function classesOf({ shape, data }: WireTensor): WireTensor {
  const classes = shape.at(-1)!;
  const rows = shape.slice(0, -1);
  const largest = (row: number): number => {
    const cells = Array.from(data.subarray(row * classes, (row + 1) * classes));
    return cells.indexOf(Math.max(...cells));
  };
  const count = rows.reduce((a, b) => a * b, 1);
  return { shape: rows, dtype: 'int32', data: Int32Array.from({ length: count }, (_, row) => largest(row)) };
}

/** Between 0 and 1, different for different integers, and close to 0 or 1 for large ones. */
const probability = (value: number): number => {
  const tail = 1 / (2 * (1 + value * value));
  return value < 0 ? tail : 1 - tail;
};

const mapped = (tensor: WireTensor, change: (value: number) => number): WireTensor => ({
  ...tensor,
  data: tensor.data.map(change),
});
