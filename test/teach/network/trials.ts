/** Small records of one purpose each, so that networks of every kind can be tried. */
import { type Claim, formula } from '../../../src/ops/claim.js';
import type { Hole, Operator, Params, Sizes } from '../../../src/ops/index.js';

interface Trial {
  readonly name: string;
  readonly rank?: number;
  readonly inputs: Readonly<Record<string, string>>;
  readonly output: string;
  readonly params?: Params;
  readonly definition: string;
  readonly claims: Readonly<Record<string, Claim | Hole>>;
  readonly sizes?: (dims: Sizes, rank: number) => Sizes;
}

function trial({ name, rank, inputs, output, params = {}, definition, claims, sizes }: Trial): Operator {
  return {
    name,
    summary: name,
    rank: rank ?? null,
    inputs,
    optional: [],
    output,
    result: name,
    params,
    letters: {},
    modes: {},
    domain: () => [],
    definition: () => definition,
    sizes: (dims, _, spatial) => sizes?.(dims, spatial) ?? {},
    claims: () => claims,
    kernel: {
      forward: () => {
        throw new Error('no network runs a kernel');
      },
      vjp: {},
    },
    mistakes: [],
    examples: [{ shapes: { x: [2, 3] }, params: {} }],
    badCalls: [],
  };
}

const pointwise = (name: string, value: string, slope: string, params: Params = {}): Operator =>
  trial({
    name,
    inputs: { x: 'L@' },
    output: 'L@',
    params,
    definition: `y[p@<L@] = ${value}`,
    claims: { x: formula(`dx[p@<L@] = yBar[p@]*${slope}`) },
  });

export const step = pointwise('step', 'max(0, x[p@])', 'select(0 - x[p@], 0, 1)');
export const leaky = pointwise('leaky', 'select(x[p@], x[p@], slope[]*x[p@])', 'select(x[p@], 1, slope[])', {
  slope: 0.25,
});
export const logistic = pointwise('logistic', 'sigmoid(x[p@])', 'y[p@]*(1 - y[p@])');
/** Its claim forgets the factor y. */
export const wrongLogistic = pointwise('wrong_logistic', 'sigmoid(x[p@])', '(1 - y[p@])');

export const rows = trial({
  name: 'rows',
  rank: 0,
  inputs: { x: 'N K' },
  output: 'N K',
  definition: `e[n<N, k<K] = exp(x[n, k])
    z[n<N] = sum(k<K) e[n, k]
    y[n<N, k<K] = e[n, k] / z[n]`,
  claims: {
    x: formula(`m[n<N] = sum(k<K) yBar[n, k]*y[n, k]
      dx[n<N, k<K] = y[n, k]*(yBar[n, k] - m[n])`),
  },
});

const squareClaim = (difference: string): Claim =>
  formula(`r[] = 1/(prod(L@))
    dx[p@<L@] = 2*yBar[]*r[]*(${difference})`);

export const squares = trial({
  name: 'squares',
  inputs: { x: 'L@', target: 'L@' },
  output: '',
  definition: `r[] = 1/(prod(L@))
    d[p@<L@] = x[p@] - target[p@]
    y[] = sum(p@<L@) r[]*d[p@]*d[p@]`,
  claims: { x: squareClaim('x[p@] - target[p@]'), target: squareClaim('target[p@] - x[p@]') },
});

/** Its claims forget that the mean is over all cells and that squares have a factor 2. */
export const wrongSquares: Operator = {
  ...squares,
  name: 'wrong_squares',
  claims: () => ({
    x: formula('dx[p@<L@] = yBar[]*(x[p@] - target[p@])'),
    target: formula('dx[p@<L@] = yBar[]*(target[p@] - x[p@])'),
  }),
};

/** The sum of squares, whose gradient by the target is left open. */
export const halfSquares = trial({
  name: 'half_squares',
  inputs: { x: 'L@', target: 'L@' },
  output: '',
  definition: `d[p@<L@] = x[p@] - target[p@]
    y[] = sum(p@<L@) d[p@]*d[p@]`,
  claims: {
    x: formula('dx[p@<L@] = 2*yBar[]*(x[p@] - target[p@])'),
    target: { kind: 'hole', reason: 'nobody asked' },
  },
});

/** Windows of two cells along each axis, side by side. */
export const halves = trial({
  name: 'halves',
  inputs: { x: 'N C L@' },
  output: 'N C P@',
  definition: 'y[n<N, c<C, p@<P@] = max(q@<K@) x[n, c, 2*p@ + q@]',
  sizes: (dims, rank) =>
    Object.fromEntries(
      Array.from({ length: rank }, (_, k) => k + 1).flatMap(axis => [
        [`P${axis}`, Math.floor(dims[`L${axis}`]! / 2)],
        [`K${axis}`, 2],
      ]),
    ),
  claims: {
    x: formula(
      'dx[n<N, c<C, i@<L@] = sum(p@<P@, q@<K@) [i@ = 2*p@ + q@] selection[n, c, p@, q@]*yBar[n, c, p@]',
    ),
  },
});
