/** mse, l1, bce and bce_with_logits: one loss per cell of x against a target of its shape, then reduced. */
import {
  bceLoss,
  bceWithLogitsLoss,
  type CellLoss,
  l1Loss,
  lossInputVjp,
  lossKernel,
  lossTargetVjp,
  mseLoss,
} from '../kernels/index.js';
import { type Claim, formula } from './claim.js';
import { defineOperator, type Mistake, type Operator, type Params } from './operator.js';
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

type LossInput = 'x' | 'target';

const LOSSES = { ranges: 'p@<L@', index: 'p@', count: 'prod(L@)' };

interface LossRecord {
  readonly name: string;
  readonly summary: string;
  readonly kernel: CellLoss;
  /** Stages, the last of which is l, the loss of a cell. */
  readonly loss: string;
  /** Stages that the derivatives read. */
  readonly stages?: string;
  /** The derivatives of one loss, as pointwise formulas. */
  readonly slopes: Readonly<Record<LossInput, string>>;
  /** The same, mistaken. */
  readonly mistakes: () => readonly (Omit<Mistake<LossInput>, 'claim'> & { readonly slope: string })[];
}

/** Source of the gradients: proofs/losses.md. */
function loss({
  name,
  summary,
  kernel,
  loss: text,
  stages,
  slopes,
  mistakes,
}: LossRecord): Operator<LossInput> {
  const claim = (wrt: LossInput, slope: string, params: Params, divides = isMean(params)): Claim =>
    formula(
      pulledBackStages(
        params,
        LOSSES,
        { name: `d${wrt}`, ranges: 'p@<L@', slope, ...(stages && { stages }) },
        divides,
      ),
    );
  return defineOperator<LossInput>({
    name,
    summary,
    rank: null,
    inputs: { x: 'L@', target: 'L@' },
    optional: [],
    output: reducedLayout('L@'),
    result: 'loss',
    params: { reduction: 'mean' },
    letters: {},
    modes: { reduction: REDUCTIONS },
    domain: params => (isMean(params) ? ['L@ >= 1'] : []),
    definition: params => lines(text, reducedStage(params, LOSSES, 'l[p@]')),
    sizes: (dims, params, rank) => {
      checkMean(name, params, axes('L', dims, rank));
      return {};
    },
    claims: params => ({ x: claim('x', slopes.x, params), target: claim('target', slopes.target, params) }),
    kernel: {
      forward: ({ x, target }, { params }) => lossKernel(kernel, x!, target!, reductionOf(params)),
      vjp: {
        x: (yBar, { x, target }, { params }) => lossInputVjp(kernel, yBar, x!, target!, reductionOf(params)),
        target: (yBar, { x, target }, { params }) =>
          lossTargetVjp(kernel, yBar, x!, target!, reductionOf(params)),
      },
    },
    mistakes: () => [
      { ...MEAN_OR_SUM, claim: params => claim('x', slopes.x, params, !isMean(params)) },
      ...mistakes().map(({ slope, ...mistake }) => ({
        ...mistake,
        claim: (params: Params) => claim(mistake.wrt, slope, params),
      })),
    ],
    examples: () => [
      { shapes: { x: [2, 3], target: [2, 3] }, params: {} },
      { shapes: { x: [5], target: [5] }, params: { reduction: 'sum' } },
      { shapes: { x: [3, 1, 4], target: [3, 1, 4] }, params: { reduction: 'none' } },
    ],
    badCalls: () => [
      { shapes: { x: [2, 3], target: [3, 2] }, params: {}, code: 'size-mismatch' },
      { shapes: { x: [2, 3], target: [2] }, params: {}, code: 'rank-mismatch' },
      { shapes: { x: [2, 3] }, params: {}, code: 'missing-input' },
      { shapes: { x: [2], target: [2], w: [2] }, params: {}, code: 'unknown-input' },
      { shapes: { x: [0, 3], target: [0, 3] }, params: {}, code: 'empty-mean' },
      { shapes: { x: [2], target: [2] }, params: { reduction: 'average' }, code: 'bad-parameter' },
      { shapes: { x: [2], target: [2] }, params: { weight: 1 }, code: 'unknown-parameter' },
    ],
  });
}

/** The squared error, without the factor 1/2 that some books put before it. */
export const mse = loss({
  name: 'mse',
  summary: 'squared error (x - target)^2, as mean, sum, or none (one per cell)',
  kernel: mseLoss,
  loss: 'l[p@<L@] = (x[p@] - target[p@])^2',
  slopes: { x: '2*(x[p@] - target[p@])', target: '2*(target[p@] - x[p@])' },
  mistakes: () => [
    { name: 'lost-two', says: 'the factor 2 of the square is lost', wrt: 'x', slope: '(x[p@] - target[p@])' },
    {
      name: 'wrong-sign',
      says: 'target - x stands for x - target',
      wrt: 'x',
      slope: '2*(target[p@] - x[p@])',
    },
    { name: 'target-sign', says: 'the target is added to x', wrt: 'x', slope: '2*(x[p@] + target[p@])' },
    {
      name: 'as-for-x',
      says: 'the target gets the gradient of x',
      wrt: 'target',
      slope: '2*(x[p@] - target[p@])',
    },
  ],
});

/** x - target, by name: a step is known by what it is a step of. */
const ERROR = 'u[p@<L@] = x[p@] - target[p@]';

/** u where u >= 0, less u where -u >= 0: the absolute value, with the derivative 0 at a tie. */
export const l1 = loss({
  name: 'l1',
  summary: 'absolute error of x against target, gradient 0 at a tie, as mean, sum, or none',
  kernel: l1Loss,
  loss: lines(ERROR, 'l[p@<L@] = u[p@]*select(u[p@], 1, 0) - u[p@]*select(0 - u[p@], 1, 0)'),
  stages: ERROR,
  slopes: {
    x: '(select(u[p@], 1, 0) - select(0 - u[p@], 1, 0))',
    target: '(select(0 - u[p@], 1, 0) - select(u[p@], 1, 0))',
  },
  mistakes: () => [
    {
      name: 'one-at-a-tie',
      says: 'the gradient at a tie is 1, not 0',
      wrt: 'x',
      slope: '(2*select(u[p@], 1, 0) - 1)',
    },
    {
      name: 'wrong-sign',
      says: 'the sign of target - x stands for that of x - target',
      wrt: 'x',
      slope: '(select(0 - u[p@], 1, 0) - select(u[p@], 1, 0))',
    },
    {
      name: 'not-the-sign',
      says: 'the error stands for its sign, as in the squared error',
      wrt: 'x',
      slope: 'u[p@]',
    },
    {
      name: 'as-for-x',
      says: 'the target gets the gradient of x',
      wrt: 'target',
      slope: '(select(u[p@], 1, 0) - select(0 - u[p@], 1, 0))',
    },
  ],
});

export const bce = loss({
  name: 'bce',
  summary: 'binary cross entropy of probabilities 0 < x < 1, as mean, sum, or none',
  kernel: bceLoss,
  loss: 'l[p@<L@] = -target[p@]*log(x[p@]) - (1 - target[p@])*log(1 - x[p@])',
  slopes: {
    x: '((1 - target[p@])/(1 - x[p@]) - target[p@]/x[p@])',
    target: '(log(1 - x[p@]) - log(x[p@]))',
  },
  mistakes: () => [
    {
      name: 'wrong-sign',
      says: 'the minus before the logarithms is lost',
      wrt: 'x',
      slope: '(target[p@]/x[p@] - (1 - target[p@])/(1 - x[p@]))',
    },
    {
      name: 'inner-sign',
      says: 'the minus within log(1 - x) is lost',
      wrt: 'x',
      slope: '(-target[p@]/x[p@] - (1 - target[p@])/(1 - x[p@]))',
    },
    {
      name: 'positives-only',
      says: 'the term of 1 - target is lost',
      wrt: 'x',
      slope: '(-target[p@]/x[p@])',
    },
    {
      name: 'as-for-logits',
      says: 'this is the gradient by the logits, before the sigmoid',
      wrt: 'x',
      slope: '(x[p@] - target[p@])',
    },
    {
      name: 'first-logarithm-only',
      says: 'the logarithm of 1 - x is lost',
      wrt: 'target',
      slope: '(-log(x[p@]))',
    },
  ],
});

export const bceWithLogits = loss({
  name: 'bce_with_logits',
  summary: 'binary cross entropy of logits x, stable, as mean, sum, or none',
  kernel: bceWithLogitsLoss,
  loss: 'l[p@<L@] = log(1 + exp(x[p@])) - x[p@]*target[p@]',
  slopes: { x: '(sigmoid(x[p@]) - target[p@])', target: '(-x[p@])' },
  mistakes: () => [
    {
      name: 'target-sign',
      says: 'the target is added to the sigmoid',
      wrt: 'x',
      slope: '(sigmoid(x[p@]) + target[p@])',
    },
    {
      name: 'wrong-sign',
      says: 'target - sigmoid stands for sigmoid - target',
      wrt: 'x',
      slope: '(target[p@] - sigmoid(x[p@]))',
    },
    {
      name: 'lost-sigmoid',
      says: 'the logits stand for their sigmoid',
      wrt: 'x',
      slope: '(x[p@] - target[p@])',
    },
    {
      name: 'sigmoid-twice',
      says: 'the derivative of the sigmoid is a factor once more',
      wrt: 'x',
      slope: '(sigmoid(x[p@]) - target[p@])*sigmoid(x[p@])*(1 - sigmoid(x[p@]))',
    },
    { name: 'sign', says: 'the minus before x target is lost', wrt: 'target', slope: 'x[p@]' },
  ],
});
