/** relu and leaky_relu: linear on both sides of a kink at 0, where the derivative is that of the side below. */
import { leakyReluActivation, reluActivation } from '../kernels/index.js';
import { activation } from './activation.js';

/** Source of the gradient: proofs/activations.md. */
export const relu = activation({
  name: 'relu',
  summary: 'max(0, x) in each cell',
  result: 'rectified',
  cell: 'max(0, x[p@])',
  slope: 'select(0 - x[p@], 0, 1)',
  kernel: () => reluActivation,
  mistakes: () => [
    { name: 'passed-through', says: 'yBar passes also where x is negative', slope: '1' },
    { name: 'kink-above', says: 'at x = 0 the slope is taken to be 1', slope: 'select(x[p@], 1, 0)' },
    { name: 'value-for-slope', says: 'yBar is multiplied by y, not by the slope', slope: 'y[p@]' },
    { name: 'sides-exchanged', says: 'yBar passes where x is negative', slope: 'select(0 - x[p@], 1, 0)' },
  ],
});

/** Source of the gradient: proofs/activations.md. */
export const leakyRelu = activation({
  name: 'leaky_relu',
  summary: 'x where it is positive, negative_slope times x elsewhere',
  result: 'rectified',
  params: { negative_slope: 0.01 },
  cell: 'select(0 - x[p@], negative_slope[]*x[p@], x[p@])',
  slope: 'select(0 - x[p@], negative_slope[], 1)',
  kernel: ({ negative_slope }) => leakyReluActivation(Number(negative_slope)),
  mistakes: () => [
    {
      name: 'slope-lost',
      says: 'the slope below 0 is taken to be 0, as for relu',
      slope: 'select(0 - x[p@], 0, 1)',
    },
    {
      name: 'kink-above',
      says: 'at x = 0 the slope is taken to be 1',
      slope: 'select(x[p@], 1, negative_slope[])',
    },
    {
      name: 'value-for-slope',
      says: 'below 0 the value is taken for the slope',
      slope: 'select(0 - x[p@], negative_slope[]*x[p@], 1)',
    },
  ],
});
