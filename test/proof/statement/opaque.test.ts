/** Definitions beyond sums of products: differentiated stage by stage over opaque tensors. Records made for this test. */
import { describe, expect, test } from 'vitest';
import { formula } from '../../../src/ops/claim.js';
import { defineOperator, type Operator, type Params } from '../../../src/ops/operator.js';
import { resolve } from '../../../src/ops/resolve.js';
import { proveGradients, symbolic } from '../../../src/proof/index.js';
import { judge } from '../../../src/proof/judge.js';
import { operatorTheorems } from '../../../src/proof/statement/from-operator.js';

const rest = {
  summary: '',
  optional: [],
  letters: {},
  modes: {},
  result: 'y',
  domain: () => [],
  sizes: () => ({}),
  kernel: {
    forward: () => {
      throw new Error('no kernel');
    },
    vjp: {},
  },
  mistakes: () => [],
  examples: () => [],
  badCalls: () => [],
};

/** y = of x, cell by cell. */
const pointwise = (of: string, claim: string, params: Params = {}): Operator =>
  defineOperator<'x'>({
    ...rest,
    name: 'trial',
    rank: null,
    inputs: { x: 'L@' },
    output: 'L@',
    params,
    definition: () => `y[p@<L@] = ${of}`,
    claims: () => ({ x: formula(`dx[p@<L@] = ${claim}`) }),
  });

const table = (definition: string, claim: string): Operator =>
  defineOperator<'x'>({
    ...rest,
    name: 'trial',
    rank: 0,
    inputs: { x: 'N K' },
    output: 'N K',
    params: {},
    definition: () => definition,
    claims: () => ({ x: formula(claim) }),
  });

/** The verdicts for all shapes at one axis or none, and at one shape. */
function verdicts(operator: Operator): string[] {
  const theorems = operatorTheorems(operator, operator.rank === null ? { rank: 1 } : {});
  const call = resolve(operator, { x: [2, 3] });
  return [...theorems.map(judge), ...proveGradients(operator, call, ['x'])].map(report => report.verdict);
}

const SOFTMAX = `e[n<N, k<K] = exp(x[n, k])
  z[n<N] = sum(k<K) e[n, k]
  y[n<N, k<K] = e[n, k]/z[n]`;

const proved: readonly (readonly [string, Operator])[] = [
  ['the logistic function, by its value', pointwise('sigmoid(x[p@])', 'yBar[p@]*y[p@]*(1 - y[p@])')],
  ['log(1 + exp), by the logistic function', pointwise('log(1 + exp(x[p@]))', 'yBar[p@]*sigmoid(x[p@])')],
  ['tanh', pointwise('tanh(x[p@])', 'yBar[p@]*(1 - y[p@]^2)')],
  ['sqrt', pointwise('sqrt(x[p@])', 'yBar[p@]/(2*y[p@])')],
  ['a reciprocal', pointwise('1/x[p@]', '0 - yBar[p@]*y[p@]*y[p@]')],
  ['a multiple of a reciprocal', pointwise('2/x[p@]', '0 - 2*yBar[p@]/(x[p@]*x[p@])')],
  ['a power of a reciprocal', pointwise('1/x[p@]^2', '0 - 2*yBar[p@]/x[p@]^3')],
  ['a function of a function', pointwise('exp(tanh(x[p@]))', 'yBar[p@]*y[p@]*(1 - tanh(x[p@])^2)')],
  ['max(0, x), 0 at the kink', pointwise('max(0, x[p@])', 'yBar[p@]*select(0 - x[p@], 0, 1)')],
  ['max(x, 0), 1 at the kink', pointwise('max(x[p@], 0)', 'yBar[p@]*select(x[p@], 1, 0)')],
  ['a real parameter', pointwise('rate[]*exp(x[p@])', 'yBar[p@]*rate[]*exp(x[p@])', { rate: 0.5 })],
  ['a fraction', pointwise('exp(x[p@])/2', 'yBar[p@]*exp(x[p@])/2')],
  [
    'softmax',
    table(SOFTMAX, 't[n<N] = sum(k<K) yBar[n, k]*y[n, k]\n dx[n<N, k<K] = y[n, k]*(yBar[n, k] - t[n])'),
  ],
];

const refuted: readonly (readonly [string, Operator])[] = [
  ['the logistic function at x, not at y', pointwise('sigmoid(x[p@])', 'yBar[p@]*x[p@]*(1 - x[p@])')],
  ['max(0, x) with 1 at the kink', pointwise('max(0, x[p@])', 'yBar[p@]*select(x[p@], 1, 0)')],
  ['exp of another cell', pointwise('exp(x[p@])', 'yBar[p@]*exp(2*x[p@])')],
  ['a half lost', pointwise('sqrt(x[p@])', 'yBar[p@]/y[p@]')],
  ['the diagonal of softmax alone', table(SOFTMAX, 'dx[n<N, k<K] = y[n, k]*yBar[n, k]*(1 - y[n, k])')],
  [
    'softmax, summed over the batch',
    table(SOFTMAX, 't[k<K] = sum(n<N) yBar[n, k]*y[n, k]\n dx[n<N, k<K] = y[n, k]*(yBar[n, k] - t[k])'),
  ],
];

describe('is proved', () => {
  test.each(proved)('%s', (_, operator) => {
    expect(verdicts(operator)).toEqual(['PROVED', 'PROVED', 'PROVED']);
  });
});

describe('is refuted', () => {
  test.each(refuted)('%s', (_, operator) => {
    expect(verdicts(operator)).toEqual(['REFUTED', 'REFUTED', 'REFUTED']);
  });
});

test('a stage that is more than one function does not lend it its name', () => {
  const twice = pointwise('2/x[p@]', '0 - yBar[p@]*y[p@]/x[p@]');
  const { output, gradients } = symbolic(twice, { x: [1] });
  expect(output.texts()).toEqual(['2/x[0]']);
  expect(gradients.x!.texts()).toEqual(['-yBar[0]*y[0]*1/x[0]']);
});

test('the report says what the opaque tensors are and how they are differentiated', () => {
  const [report] = operatorTheorems(proved.at(-1)![1]).map(judge);
  expect(report!.assumptions).toContain('e[n, k] = exp(x[n, k])');
  expect(report!.assumptions).toContain('reciprocal[n] = 1/(z[n])');
  expect(report!.assumptions).toContain("differentiated by exp' = exp, (1/u)' = -1/u^2");
});
