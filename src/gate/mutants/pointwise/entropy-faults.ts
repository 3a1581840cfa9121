/** Ways to get the softmax cross entropy wrong. */
import type { Sum } from '../sums.js';
import { type EntropyChange, type Rows, softmax, total } from './cross-entropy.js';

/** One line of the fault list. */
export interface EntropyFault {
  readonly id: string;
  readonly says: string;
  readonly where: string;
  readonly change: EntropyChange;
}

const SHIFT = 'forward pass: the shift of the exponents';
const SLOPE = 'dX: the slope';
const MEAN = 'dX: the divisor of the mean';

/** Losses with a shift for each logit, and a sum of powers for each. */
function losses(
  { x, target }: Rows,
  sum: Sum,
  shift: (n: number, k: number) => number,
  powersOf: (power: (n: number, k: number) => number, n: number, k: number) => Float64Array,
): Float64Array {
  const power = (n: number, k: number) => Math.exp(x[n]![k]! - shift(n, k));
  return Float64Array.from(x, (row, n) =>
    total(
      row.map((one, k) => target[n]![k]! * (Math.log(total(powersOf(power, n, k), sum)) - one + shift(n, k))),
      sum,
    ),
  );
}

const alongRow = (classes: number) => (power: (n: number, k: number) => number, n: number) =>
  new Float64Array(classes).map((_, k) => power(n, k));

export const entropyFaults: readonly EntropyFault[] = [
  {
    ...{ id: 'S3', says: 'The exponents are not shifted by their maximum, and overflow.', where: SHIFT },
    change: {
      result: 'y',
      losses: (rows, sum) => losses(rows, sum, () => 0, alongRow(rows.x[0]?.length ?? 0)),
    },
  },
  {
    ...{ id: 'S3-batch', says: 'The maximum is taken over the batch instead of the row.', where: SHIFT },
    change: {
      result: 'y',
      losses: (rows, sum) => {
        const top = (_: number, k: number) => Math.max(...rows.x.map(row => row[k]!));
        return losses(rows, sum, top, alongRow(rows.x[0]?.length ?? 0));
      },
    },
  },
  {
    ...{ id: 'S4', says: 'Only the diagonal of the Jacobian of the softmax is used.', where: SLOPE },
    change: { result: 'dx', slope: (probability, target) => target * (probability - 1) },
  },
  {
    ...{
      id: 'S5',
      says: 'The softmax is taken over the batch instead of the classes.',
      where: 'forward pass: the axis',
    },
    change: {
      result: 'y',
      losses: (rows, sum) =>
        losses(
          rows,
          sum,
          (_, k) => Math.max(...rows.x.map(row => row[k]!)),
          (power, _, k) => Float64Array.from(rows.x, (_row, n) => power(n, k)),
        ),
    },
  },
  {
    ...{ id: 'E1', says: 'The gradient of a mean is not divided by the number of rows.', where: MEAN },
    change: { result: 'dx', count: () => 1 },
  },
  {
    ...{ id: 'E1-classes', says: 'The gradient of a mean is divided by the number of cells.', where: MEAN },
    change: { result: 'dx', count: ({ x }) => x.length * (x[0]?.length ?? 0) },
  },
  {
    // The operator knows no ignored labels and no class weights: what can weigh a row is its targets.
    ...{ id: 'E2', says: 'The weights of the targets are left in the divisor of the mean.', where: MEAN },
    change: {
      result: 'dx',
      count: ({ target }) => target.reduce((all, row) => all + row.reduce((a, b) => a + b, 0), 0),
    },
  },
  {
    ...{ id: 'E3', says: 'The upstream gradient is ignored.', where: 'dX: reading yBar' },
    change: { result: 'dx', ignoresUpstream: true },
  },
  {
    ...{
      id: 'E4',
      says: 'The logarithm of the softmax is taken in two steps, and is infinite at large margins.',
      where: 'forward pass: the formula',
    },
    change: {
      result: 'y',
      losses: ({ x, target }, sum) =>
        Float64Array.from(x, (row, n) =>
          total(
            softmax(row, sum).map((share, k) => -target[n]![k]! * Math.log(share)),
            sum,
          ),
        ),
    },
  },
];
