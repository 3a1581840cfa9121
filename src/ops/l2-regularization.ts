import { l2InputVjp, l2Kernel } from '../kernels/index.js';
import { type Claim, formula } from './claim.js';
import { defineOperator, type Params } from './operator.js';
import { axes } from './parameters.js';
import {
  checkMean,
  isMean,
  lines,
  MEAN_OR_SUM,
  pulledBackStages,
  REDUCTIONS,
  reducedLayout,
  reducedStage,
  reductionOf,
} from './reduction.js';

const LOSSES = { ranges: 'p@<L@', index: 'p@', count: 'prod(L@)' };

const gradient = (params: Params, slope: string, divides = isMean(params)): Claim =>
  formula(pulledBackStages(params, LOSSES, { name: 'dx', ranges: 'p@<L@', slope }, divides));

/** The factor 1/2 makes the gradient strength times x. Source: proofs/losses.md. */
export const l2Regularization = defineOperator<'x'>({
  name: 'l2_regularization',
  summary: 'weight penalty strength/2 times the sum of squares (or their mean, or each: none)',
  rank: null,
  inputs: { x: 'L@' },
  optional: [],
  output: reducedLayout('L@'),
  result: 'penalty',
  params: { strength: 0.01, reduction: 'sum' },
  letters: {},
  modes: { reduction: ['sum', ...REDUCTIONS.filter(one => one !== 'sum')] },
  domain: params => (isMean(params) ? ['L@ >= 1'] : []),
  definition: params => lines('l[p@<L@] = strength[]*x[p@]^2/2', reducedStage(params, LOSSES, 'l[p@]')),
  sizes: (dims, params, rank) => {
    checkMean('l2_regularization', params, axes('L', dims, rank));
    return {};
  },
  claims: params => ({ x: gradient(params, 'strength[]*x[p@]') }),
  kernel: {
    forward: ({ x }, { params }) => l2Kernel(x!, Number(params.strength), reductionOf(params)),
    vjp: {
      x: (yBar, { x }, { params }) => l2InputVjp(yBar, x!, Number(params.strength), reductionOf(params)),
    },
  },
  mistakes: () => [
    {
      name: 'extra-two',
      says: 'the factor 2 of the square is kept, although 1/2 takes it away',
      wrt: 'x',
      claim: params => gradient(params, '2*strength[]*x[p@]'),
    },
    {
      name: 'extra-half',
      says: 'the factor 1/2 is kept, although the square takes it away',
      wrt: 'x',
      claim: params => gradient(params, 'strength[]*x[p@]/2'),
    },
    { name: 'lost-strength', says: 'strength is lost', wrt: 'x', claim: params => gradient(params, 'x[p@]') },
    { ...MEAN_OR_SUM, claim: params => gradient(params, 'strength[]*x[p@]', !isMean(params)) },
  ],
  examples: () => [
    { shapes: { x: [2, 3] }, params: {} },
    { shapes: { x: [2, 1, 5] }, params: { strength: 0.75, reduction: 'mean' } },
    { shapes: { x: [4] }, params: { strength: 2, reduction: 'none' } },
  ],
  badCalls: () => [
    { shapes: { x: [0] }, params: { reduction: 'mean' }, code: 'empty-mean' },
    { shapes: { x: [2] }, params: { strength: Number.NaN }, code: 'bad-parameter' },
    { shapes: { x: [2] }, params: { strength: '0.1' }, code: 'bad-parameter' },
    { shapes: { x: [2] }, params: { reduction: 'norm' }, code: 'bad-parameter' },
    { shapes: { x: [2] }, params: { weight_decay: 1 }, code: 'unknown-parameter' },
    { shapes: { x: [2], target: [2] }, params: {}, code: 'unknown-input' },
    { shapes: {}, params: {}, code: 'missing-input' },
  ],
});
