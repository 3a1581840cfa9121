/**
 * Update rules of optimisers, as PyTorch applies them: g' = g + decay x, then v' = momentum v + g', then
 * x' = x - rate v'. Each is one operator over x and g. Source of the gradients: proofs/updates.md.
 */
import { combinedKernel, scaledKernel } from '../kernels/index.js';
import { type Claim, COTANGENT, formula, tensor } from './claim.js';
import { defineOperator, type Mistake, type Operator, type Params } from './operator.js';

type Input = 'x' | 'g';

const UPSTREAM = tensor(COTANGENT);

/** yBar times a factor. */
const times = (wrt: Input, factor: string): Claim => formula(`d${wrt}[p@<L@] = ${factor}*yBar[p@]`);

interface UpdateRule {
  readonly name: string;
  readonly summary: string;
  readonly result: string;
  /** The real parameter with its default. */
  readonly parameter: readonly [name: string, value: number];
  /** Over x[p@], g[p@] and the parameter. */
  readonly cell: string;
  readonly claims: Readonly<Record<Input, Claim>>;
  /** What x and g are multiplied by. */
  readonly factors: (parameter: number) => Readonly<Record<Input, number>>;
  readonly mistakes: () => readonly (Omit<Mistake<Input>, 'claim'> & { readonly claim: Claim })[];
}

function updateRule(record: UpdateRule): Operator<Input> {
  const { name, summary, result, cell, claims } = record;
  const [parameter, value] = record.parameter;
  const factors = (params: Params) => record.factors(Number(params[parameter]));
  return defineOperator<Input>({
    name,
    summary,
    rank: null,
    inputs: { x: 'L@', g: 'L@' },
    optional: [],
    output: 'L@',
    result,
    params: { [parameter]: value },
    letters: {},
    modes: {},
    domain: () => [],
    definition: () => `y[p@<L@] = ${cell}`,
    sizes: () => ({}),
    claims: () => claims,
    kernel: {
      forward: ({ x, g }, { params }) => combinedKernel(name, x!, g!, factors(params).x, factors(params).g),
      vjp: {
        x: (yBar, _, { params }) => scaledKernel(yBar, factors(params).x),
        g: (yBar, _, { params }) => scaledKernel(yBar, factors(params).g),
      },
    },
    mistakes: () => record.mistakes().map(mistake => ({ ...mistake, claim: () => mistake.claim })),
    examples: () => [
      { shapes: { x: [3, 2], g: [3, 2] }, params: { [parameter]: 0.75 } },
      { shapes: { x: [4], g: [4] }, params: {} },
      { shapes: { x: [2, 3, 1, 2], g: [2, 3, 1, 2] }, params: { [parameter]: -3 } },
    ],
    badCalls: () => [
      { shapes: { x: [3], g: [4] }, params: {}, code: 'size-mismatch' },
      { shapes: { x: [3, 2], g: [3] }, params: {}, code: 'rank-mismatch' },
      { shapes: { x: [3] }, params: {}, code: 'missing-input' },
      { shapes: { x: [3], g: [3] }, params: { [parameter]: Number.NaN }, code: 'bad-parameter' },
      { shapes: { x: [3], g: [3] }, params: { [parameter]: 'small' }, code: 'bad-parameter' },
      { shapes: { x: [3], g: [3] }, params: { [parameter]: [1, 2] }, code: 'bad-parameter' },
      { shapes: { x: [3], g: [3] }, params: { epsilon: 1 }, code: 'unknown-parameter' },
    ],
  });
}

/** One step of gradient descent; with a velocity for g, one step with momentum. */
export const sgd = updateRule({
  name: 'sgd',
  summary: 'one step of gradient descent: the parameter x less rate times its gradient (or velocity) g',
  result: 'stepped',
  parameter: ['rate', 0.01],
  cell: 'x[p@] - rate[]*g[p@]',
  claims: { x: UPSTREAM, g: times('g', '-rate[]') },
  factors: rate => ({ x: 1, g: -rate }),
  mistakes: () => [
    { name: 'ascent', says: 'the sign of the step is lost', wrt: 'g', claim: times('g', 'rate[]') },
    { name: 'rate-lost', says: 'the step is not scaled by the rate', wrt: 'g', claim: times('g', '-1') },
    {
      name: 'parameter-scaled',
      says: 'the parameter is scaled by the rate, too',
      wrt: 'x',
      claim: times('x', 'rate[]'),
    },
  ],
});

/** The velocity of momentum without dampening; applied to its own result it is the Nesterov form of PyTorch. */
export const momentumVelocity = updateRule({
  name: 'momentum_velocity',
  summary: 'the next velocity of momentum: momentum times the velocity x, and the gradient g',
  result: 'velocity',
  parameter: ['momentum', 0.9],
  cell: 'momentum[]*x[p@] + g[p@]',
  claims: { x: times('x', 'momentum[]'), g: UPSTREAM },
  factors: momentum => ({ x: momentum, g: 1 }),
  mistakes: () => [
    {
      name: 'forgets-nothing',
      says: 'the velocity is not scaled by the momentum',
      wrt: 'x',
      claim: UPSTREAM,
    },
    {
      name: 'dampened',
      says: 'the gradient is scaled by 1 - momentum, as in an average',
      wrt: 'g',
      claim: formula('dg[p@<L@] = yBar[p@] - momentum[]*yBar[p@]'),
    },
  ],
});

/** The gradient of the loss with the penalty decay/2 times the sum of the squares of x. */
export const weightDecay = updateRule({
  name: 'weight_decay',
  summary: 'the gradient g of a loss at x, with that of the penalty decay/2 times the sum of squares of x',
  result: 'decayed',
  parameter: ['decay', 0.0001],
  cell: 'decay[]*x[p@] + g[p@]',
  claims: { x: times('x', 'decay[]'), g: UPSTREAM },
  factors: decay => ({ x: decay, g: 1 }),
  mistakes: () => [
    {
      name: 'whole-square',
      says: 'the penalty is taken without its half',
      wrt: 'x',
      claim: times('x', '2*decay[]'),
    },
    {
      name: 'shrinks',
      says: 'the sign of the penalty is that of the step, not that of the gradient',
      wrt: 'x',
      claim: times('x', '-decay[]'),
    },
    {
      name: 'gradient-decays',
      says: 'the gradient is scaled as the parameter is',
      wrt: 'g',
      claim: times('g', 'decay[]'),
    },
  ],
});
