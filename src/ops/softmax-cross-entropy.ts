import { crossEntropyInputVjp, crossEntropyKernel, crossEntropyTargetVjp } from '../kernels/index.js';
import { type Claim, formula } from './claim.js';
import { defineOperator, type Mistake, type Params } from './operator.js';
import { modeParameter } from './parameters.js';
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

type EntropyInput = 'x' | 'target';

const ROWS = { ranges: 'n<N', index: 'n', count: 'N' };

const SUM_OF_EXPONENTIALS = ['e[n<N, k<K] = exp(x[n, k])', 'z[n<N] = sum(k<K) e[n, k]'];
const SOFTMAX = [...SUM_OF_EXPONENTIALS, 'p[n<N, k<K] = e[n, k]/z[n]'];
const SUM_OF_TARGETS = 't[n<N] = sum(k<K) target[n, k]';

const SLOPE = '(p[n, k]*t[n] - target[n, k])';

const inputGradient = (params: Params, slope: string, rows = ROWS, divides = isMean(params)): Claim => {
  const stages = lines(...SOFTMAX, SUM_OF_TARGETS);
  return formula(pulledBackStages(params, rows, { name: 'dx', ranges: 'n<N, k<K', stages, slope }, divides));
};

const targetGradient = (params: Params, stages: readonly string[], slope: string): Claim =>
  formula(
    pulledBackStages(params, ROWS, {
      name: 'dtarget',
      ranges: 'n<N, k<K',
      stages: lines(...stages),
      slope,
    }),
  );

const inputMistake = (name: string, says: string, slope: string): Mistake<EntropyInput> => ({
  name,
  says,
  wrt: 'x',
  claim: params => inputGradient(params, slope),
});

/**
 * Cross entropy between the softmax of each row of logits and a target, of any sum. Class indices become one-hot rows
 * (`oneHot`) before they come here: target_kind only says which of the two the caller has. Source: proofs/losses.md.
 */
export const softmaxCrossEntropy = defineOperator<EntropyInput>({
  name: 'softmax_cross_entropy',
  summary: 'cross entropy of softmax(x) and target, row by row; mean over rows, sum, or none (one per row)',
  rank: 0,
  inputs: { x: 'N K', target: 'N K' },
  optional: [],
  output: reducedLayout('N'),
  result: 'loss',
  params: { reduction: 'mean', target_kind: 'probabilities' },
  letters: {},
  modes: { reduction: REDUCTIONS },
  domain: params => (isMean(params) ? ['N >= 1'] : []),
  definition: params =>
    lines(
      ...SUM_OF_EXPONENTIALS,
      'l[n<N, k<K] = log(z[n]) - x[n, k]',
      reducedStage(params, ROWS, 'target[n, k] * l[n, k]', 'k<K'),
    ),
  sizes: ({ N }, params) => {
    modeParameter(params, 'target_kind', ['probabilities', 'indices']);
    checkMean('softmax_cross_entropy', params, [N!]);
    return {};
  },
  claims: params => ({
    x: inputGradient(params, SLOPE),
    target: targetGradient(params, SUM_OF_EXPONENTIALS, '(log(z[n]) - x[n, k])'),
  }),
  kernel: {
    forward: ({ x, target }, { params }) => crossEntropyKernel(x!, target!, reductionOf(params)),
    vjp: {
      x: (yBar, { x, target }, { params }) => crossEntropyInputVjp(yBar, x!, target!, reductionOf(params)),
      target: (yBar, { x, target }, { params }) =>
        crossEntropyTargetVjp(yBar, x!, target!, reductionOf(params)),
    },
  },
  mistakes: () => [
    inputMistake(
      'sum-of-targets-lost',
      'softmax - target: right only where the targets of a row add up to 1',
      '(p[n, k] - target[n, k])',
    ),
    inputMistake(
      'wrong-sign',
      'target - softmax stands for softmax - target',
      '(target[n, k] - p[n, k]*t[n])',
    ),
    inputMistake('not-normalised', 'exp(x) stands for the softmax', '(e[n, k]*t[n] - target[n, k])'),
    inputMistake('target-lost', 'the target is not taken off', 'p[n, k]*t[n]'),
    inputMistake(
      'diagonal-only',
      'each logit is thought to change its own probability only',
      'target[n, k]*(p[n, k] - 1)',
    ),
    { ...MEAN_OR_SUM, claim: params => inputGradient(params, SLOPE, ROWS, !isMean(params)) },
    {
      name: 'mean-over-cells',
      says: 'the number of cells divides, not that of rows',
      wrt: 'x',
      claim: params => inputGradient(params, SLOPE, { ...ROWS, count: 'N*K' }, true),
    },
    {
      name: 'logarithm-lost',
      says: 'minus the softmax stands for minus its logarithm',
      wrt: 'target',
      claim: params => targetGradient(params, SOFTMAX, '(-p[n, k])'),
    },
  ],
  examples: () => [
    { shapes: { x: [2, 3], target: [2, 3] }, params: {} },
    { shapes: { x: [3, 2], target: [3, 2] }, params: { reduction: 'sum', target_kind: 'indices' } },
    { shapes: { x: [2, 4], target: [2, 4] }, params: { reduction: 'none' } },
  ],
  badCalls: () => [
    { shapes: { x: [2, 3], target: [2, 4] }, params: {}, code: 'size-mismatch' },
    { shapes: { x: [2, 3], target: [2] }, params: {}, code: 'rank-mismatch' },
    { shapes: { x: [3], target: [3] }, params: {}, code: 'rank-mismatch' },
    { shapes: { x: [2, 3] }, params: {}, code: 'missing-input' },
    { shapes: { x: [0, 3], target: [0, 3] }, params: {}, code: 'empty-mean' },
    { shapes: { x: [2, 3], target: [2, 3] }, params: { reduction: 'batchmean' }, code: 'bad-parameter' },
    { shapes: { x: [2, 3], target: [2, 3] }, params: { target_kind: 'labels' }, code: 'bad-parameter' },
    { shapes: { x: [2, 3], target: [2, 3] }, params: { axis: 1 }, code: 'unknown-parameter' },
  ],
});
