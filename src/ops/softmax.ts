/** softmax and log_softmax along one axis, over x with any number of axes from 1. */
import {
  axisFromFront,
  logSoftmaxKernel,
  logSoftmaxVjp,
  softmaxKernel,
  softmaxVjp,
} from '../kernels/index.js';
import { apply, type Claim, formula, tensor } from './claim.js';
import { defineOperator, type Kernel, type Operator, type Params } from './operator.js';
import { axes } from './parameters.js';

/** Parts of a text form: the places and ranges of all axes, of all but one, and of the one. */
interface Axis {
  /** p1, p2 */
  readonly cell: string;
  /** p1<L1, p2<L2 */
  readonly cells: string;
  readonly row: string;
  readonly rows: string;
  readonly along: string;
  /** The same for an axis that is not meant: the next one, if there is another. */
  readonly other: { readonly row: string; readonly rows: string; readonly along: string };
  /** As records name modes: from the end. */
  readonly mode: string;
}

/** A number, or the text of one, as modes have it. */
function axisNumber({ axis }: Params): number {
  return typeof axis === 'number' || typeof axis === 'string' ? Number(axis) : Number.NaN;
}

function axisParts(params: Params, rank: number): Axis {
  const at = axisNumber(params);
  const front = at < 0 ? at + rank : at;
  const names = Array.from({ length: rank }, (_, k) => `p${k + 1}`);
  const ranges = names.map((name, k) => `${name}<L${k + 1}`);
  const without = (texts: readonly string[], axis: number) => texts.filter((_, k) => k !== axis).join(', ');
  const partsOf = (axis: number) => ({
    row: without(names, axis),
    rows: without(ranges, axis),
    along: ranges[axis] ?? '',
  });
  return {
    cell: names.join(', '),
    cells: ranges.join(', '),
    ...partsOf(front),
    other: partsOf((front + 1) % rank),
    mode: String(front - rank),
  };
}

interface Normalised {
  readonly name: string;
  readonly summary: string;
  readonly definition: (axis: Axis) => readonly string[];
  readonly claim: (axis: Axis) => Claim;
  readonly mistakes: readonly {
    readonly name: string;
    readonly says: string;
    readonly claim: (axis: Axis) => Claim;
  }[];
  readonly kernel: Kernel<'x'>;
}

function normalised({ name, summary, definition, claim, mistakes, kernel }: Normalised): Operator<'x'> {
  const lines = (params: Params, rank: number) => definition(axisParts(params, rank)).join('\n');
  return defineOperator<'x'>({
    name,
    summary,
    rank: null,
    inputs: { x: 'L@' },
    optional: [],
    output: 'L@',
    result: 'normalised',
    params: { axis: -1 },
    letters: {},
    modes: rank => ({ axis: Array.from({ length: rank }, (_, k) => String(-1 - k)) }),
    domain: () => [],
    definition: lines,
    sizes: (dims, params, rank) => {
      axisFromFront(name, axisNumber(params), axes('L', dims, rank));
      return {};
    },
    claims: (params, rank) => ({ x: claim(axisParts(params, rank)) }),
    kernel,
    mistakes: mistakes.map(mistake => ({
      ...mistake,
      wrt: 'x',
      claim: (params, rank) => mistake.claim(axisParts(params, rank)),
    })),
    examples: [
      { shapes: { x: [2, 3] }, params: {} },
      { shapes: { x: [3, 2] }, params: { axis: 0 } },
      { shapes: { x: [4] }, params: { axis: -1 } },
      { shapes: { x: [2, 3, 2] }, params: { axis: -2 } },
    ],
    badCalls: [
      { shapes: { x: [2, 3] }, params: { axis: 2 }, code: 'axis-out-of-range' },
      { shapes: { x: [2, 3] }, params: { axis: -3 }, code: 'axis-out-of-range' },
      { shapes: { x: [2, 3] }, params: { axis: 0.5 }, code: 'axis-out-of-range' },
      { shapes: { x: [2, 3] }, params: { axis: [1] }, code: 'axis-out-of-range' },
      { shapes: { x: [] }, params: {}, code: 'axis-out-of-range' },
      { shapes: { x: [2, 3] }, params: { dim: 1 }, code: 'unknown-parameter' },
      { shapes: { x: [2, 3], w: [2, 3] }, params: {}, code: 'unknown-input' },
      { shapes: {}, params: {}, code: 'missing-input' },
    ],
  });
}

const gradient = ({ row, rows, along }: Axis['other'], { cell, cells }: Axis, summed: string, of: string) =>
  `s[${rows}] = sum(${along}) ${summed.replaceAll('CELL', cell)}
   dx[${cells}] = ${of.replaceAll('CELL', cell).replaceAll('ROW', row)}`;

/** Source of the gradient: proofs/softmax.md. */
export const softmax = normalised({
  name: 'softmax',
  summary: 'exp(x) divided by its sum along one axis',
  definition: ({ cell, cells, row, rows, along }) => [
    `e[${cells}] = exp(x[${cell}])`,
    `z[${rows}] = sum(${along}) e[${cell}]`,
    `y[${cells}] = e[${cell}]/z[${row}]`,
  ],
  claim: axis => formula(gradient(axis, axis, 'yBar[CELL]*y[CELL]', 'y[CELL]*(yBar[CELL] - s[ROW])')),
  mistakes: [
    {
      name: 'diagonal-only',
      says: 'each probability is differentiated by its own x alone',
      claim: ({ cell, cells }) => formula(`dx[${cells}] = yBar[${cell}]*y[${cell}]*(1 - y[${cell}])`),
    },
    {
      name: 'sum-lost',
      says: 'the sum is taken to be constant: yBar times y',
      claim: ({ cell, cells }) => formula(`dx[${cells}] = yBar[${cell}]*y[${cell}]`),
    },
    {
      name: 'sum-unweighted',
      says: 'yBar is summed without the factor y',
      claim: axis => formula(gradient(axis, axis, 'yBar[CELL]', 'y[CELL]*(yBar[CELL] - s[ROW])')),
    },
    {
      name: 'wrong-axis',
      says: 'the sum runs along another axis',
      claim: axis =>
        formula(gradient(axis.other, axis, 'yBar[CELL]*y[CELL]', 'y[CELL]*(yBar[CELL] - s[ROW])')),
    },
    {
      name: 'factor-lost',
      says: 'the factor y before the bracket is missing',
      claim: axis => formula(gradient(axis, axis, 'yBar[CELL]*y[CELL]', 'yBar[CELL] - s[ROW]')),
    },
  ],
  kernel: {
    forward: ({ x }, { params }) => softmaxKernel(x!, axisNumber(params)),
    vjp: { x: (yBar, { x }, { params }) => softmaxVjp(yBar, x!, axisNumber(params)) },
  },
});

const probabilities = ({ mode }: Axis) => ({
  probability: apply('softmax', tensor('x'), {}, { axis: mode }),
});

const logGradient = (sumAxis: Axis['other'], axis: Axis, summed: string, of: string): Claim =>
  formula(gradient(sumAxis, axis, summed, of), probabilities(axis));

/** Source of the gradient: proofs/softmax.md. */
export const logSoftmax = normalised({
  name: 'log_softmax',
  summary: 'x minus the logarithm of the sum of exp(x) along one axis',
  definition: ({ cell, cells, row, rows, along }) => [
    `e[${cells}] = exp(x[${cell}])`,
    `z[${rows}] = sum(${along}) e[${cell}]`,
    `y[${cells}] = x[${cell}] - log(z[${row}])`,
  ],
  claim: axis => logGradient(axis, axis, 'yBar[CELL]', 'yBar[CELL] - probability[CELL]*s[ROW]'),
  mistakes: [
    {
      name: 'sum-lost',
      says: 'the sum of yBar is taken to be yBar itself',
      claim: axis =>
        formula(
          `dx[${axis.cells}] = yBar[${axis.cell}]*(1 - probability[${axis.cell}])`,
          probabilities(axis),
        ),
    },
    {
      name: 'probability-lost',
      says: 'the sum of yBar is not weighted with the probabilities',
      claim: axis => formula(gradient(axis, axis, 'yBar[CELL]', 'yBar[CELL] - s[ROW]')),
    },
    {
      name: 'logarithm-for-probability',
      says: 'y, the logarithm, stands where the probability belongs',
      claim: axis => formula(gradient(axis, axis, 'yBar[CELL]', 'yBar[CELL] - y[CELL]*s[ROW]')),
    },
    {
      name: 'wrong-axis',
      says: 'the sum runs along another axis',
      claim: axis => logGradient(axis.other, axis, 'yBar[CELL]', 'yBar[CELL] - probability[CELL]*s[ROW]'),
    },
    {
      name: 'softmax-rule',
      says: 'the rule of softmax is used',
      claim: axis =>
        logGradient(axis, axis, 'yBar[CELL]*probability[CELL]', 'probability[CELL]*(yBar[CELL] - s[ROW])'),
    },
  ],
  kernel: {
    forward: ({ x }, { params }) => logSoftmaxKernel(x!, axisNumber(params)),
    vjp: { x: (yBar, { x }, { params }) => logSoftmaxVjp(yBar, x!, axisNumber(params)) },
  },
});
