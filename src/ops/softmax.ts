/** softmax and log_softmax along one axis, over x with any number of axes from 1. */
import { logSoftmaxKernel, logSoftmaxVjp, softmaxKernel, softmaxVjp } from '../kernels/index.js';
import { type Axis, axisNumber, normalised } from './along-axis.js';
import { apply, type Claim, formula, tensor } from './claim.js';

const gradient = ({ row, rows, along }: Axis['other'], { cell, cells }: Axis, summed: string, of: string) =>
  `s[${rows}] = ${along === '' ? '' : `sum(${along}) `}${summed.replaceAll('CELL', cell)}
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
  mistakes: () => [
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
  mistakes: () => [
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
