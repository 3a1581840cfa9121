/** add and multiply: two tensors of one shape, cell by cell; nothing is broadcast. */
import { addKernel, multiplyKernel } from '../kernels/index.js';
import { apply, type Claim, COTANGENT, tensor } from './claim.js';
import { defineOperator, type FloatTensor, type Mistake, type Operator } from './operator.js';

type Pair = 'x' | 'w';

const [X, W, UPSTREAM] = [tensor('x'), tensor('w'), tensor(COTANGENT)];
const times = (other: Claim): Claim => apply('multiply', { x: UPSTREAM, w: other });

interface Cellwise {
  readonly name: string;
  readonly summary: string;
  readonly result: string;
  /** Over x[n, c, p@] and w[n, c, p@]. */
  readonly cell: string;
  readonly claims: Readonly<Record<Pair, Claim>>;
  readonly kernel: (x: FloatTensor, w: FloatTensor) => FloatTensor;
  readonly mistakes: () => readonly (Omit<Mistake<Pair>, 'claim'> & { readonly claim: Claim })[];
}

function cellwise(record: Cellwise): Operator<Pair> {
  const { name, summary, result, cell, claims, kernel } = record;
  return defineOperator<Pair>({
    name,
    summary,
    rank: null,
    inputs: { x: 'N C L@', w: 'N C L@' },
    optional: [],
    output: 'N C L@',
    result,
    params: {},
    letters: {},
    modes: {},
    domain: () => [],
    definition: () => `y[n<N, c<C, p@<L@] = ${cell}`,
    sizes: () => ({}),
    claims: () => claims,
    kernel: { forward: ({ x, w }) => kernel(x!, w!), vjp: {} },
    mistakes: () => record.mistakes().map(mistake => ({ ...mistake, claim: () => mistake.claim })),
    examples: () => [
      { shapes: { x: [2, 3, 4, 5], w: [2, 3, 4, 5] }, params: {} },
      { shapes: { x: [2, 3], w: [2, 3] }, params: {} },
    ],
    badCalls: () => [
      { shapes: { x: [2, 3, 4], w: [2, 3, 5] }, params: {}, code: 'size-mismatch' },
      { shapes: { x: [2, 3, 4], w: [2, 3] }, params: {}, code: 'rank-mismatch' },
      { shapes: { x: [2, 3, 4] }, params: {}, code: 'missing-input' },
      { shapes: { x: [2, 3], w: [2, 3] }, params: { scale: 2 }, code: 'unknown-parameter' },
    ],
  });
}

/** Source of the gradients: proofs/pointwise.md. */
export const add = cellwise({
  name: 'add',
  summary: 'adds two tensors of one shape, cell by cell',
  result: 'sum',
  cell: 'x[n, c, p@] + w[n, c, p@]',
  claims: { x: UPSTREAM, w: UPSTREAM },
  kernel: addKernel,
  mistakes: () => [
    {
      name: 'product-rule',
      says: 'the rule of products is used: yBar times the other operand',
      wrt: 'x',
      claim: times(W),
    },
    {
      name: 'counted-twice',
      says: 'yBar is counted once for each operand',
      wrt: 'x',
      claim: apply('add', { x: UPSTREAM, w: UPSTREAM }),
    },
    {
      name: 'product-rule-other',
      says: 'the rule of products is used: yBar times the other operand',
      wrt: 'w',
      claim: times(X),
    },
  ],
});

/** Source of the gradients: proofs/pointwise.md. */
export const multiply = cellwise({
  name: 'multiply',
  summary: 'multiplies two tensors of one shape, cell by cell',
  result: 'scaled',
  cell: 'x[n, c, p@] * w[n, c, p@]',
  claims: { x: times(W), w: times(X) },
  kernel: multiplyKernel,
  mistakes: () => [
    {
      name: 'factors-exchanged',
      says: 'yBar is multiplied by the operand itself, not by the other one',
      wrt: 'x',
      claim: times(X),
    },
    {
      name: 'factors-exchanged-other',
      says: 'yBar is multiplied by the operand itself, not by the other one',
      wrt: 'w',
      claim: times(W),
    },
    { name: 'factor-lost', says: 'yBar passes as through a sum', wrt: 'x', claim: UPSTREAM },
    {
      name: 'both-factors',
      says: 'yBar is multiplied by the product, not by the other operand',
      wrt: 'w',
      claim: times(apply('multiply', { x: X, w: W })),
    },
  ],
});
