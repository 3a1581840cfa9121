/** Small records with a maximum, functions, a mean and a real parameter, as they should be. */
import { formula } from '../../../src/ops/claim.js';
import type { FloatTensor, Operator } from '../../../src/ops/index.js';
import { defineOperator } from '../../../src/ops/operator.js';
import { wrongValue } from '../../../src/ops/parameters.js';
import { fromArray, type Shape } from '../../../src/tensor/index.js';

const filled = (like: FloatTensor, shape: Shape, value: (cell: number) => number): FloatTensor =>
  fromArray(
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, cell) => value(cell)),
    like.dtype,
  );

type Parts = Pick<Operator<'x'>, 'name' | 'inputs' | 'output' | 'kernel' | 'examples'> & {
  readonly definition: string;
  readonly claim: string;
  readonly params?: Operator['params'];
  readonly domain?: readonly string[];
  readonly sizes?: Operator['sizes'];
};

function own(parts: Parts): Operator<'x'> {
  const { definition, claim, domain = [], params = {}, sizes = () => ({}), examples, ...rest } = parts;
  return defineOperator<'x'>({
    ...rest,
    summary: '',
    rank: parts.inputs.x.includes('@') ? null : 0,
    optional: [],
    result: 'y',
    params,
    letters: {},
    modes: {},
    domain: () => domain,
    definition: () => definition,
    sizes,
    claims: () => ({ x: formula(claim) }),
    examples: () => examples,
    mistakes: () => [],
    badCalls: () => [],
  });
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

export const squash = own({
  name: 'squash',
  inputs: { x: 'L@' },
  output: 'L@',
  definition: 'y[p@<L@] = sigmoid(x[p@])',
  claim: 'dx[p@<L@] = yBar[p@]*y[p@]*(1 - y[p@])',
  kernel: {
    forward: ({ x }) => filled(x!, x!.shape, k => sigmoid(x!.data[k]!)),
    vjp: {
      x: (yBar, { x }) =>
        filled(x!, x!.shape, k => yBar.data[k]! * sigmoid(x!.data[k]!) * (1 - sigmoid(x!.data[k]!))),
    },
  },
  examples: [{ shapes: { x: [3] }, params: {} }],
});

export const leaky = own({
  name: 'leaky',
  inputs: { x: 'L@' },
  output: 'L@',
  params: { slope: 0.1 },
  definition: 'y[p@<L@] = select(x[p@], x[p@], slope[]*x[p@])',
  claim: 'dx[p@<L@] = yBar[p@]*select(x[p@], 1, slope[])',
  kernel: {
    forward: ({ x }, { params }) =>
      filled(x!, x!.shape, k => x!.data[k]! * (x!.data[k]! >= 0 ? 1 : Number(params.slope))),
    vjp: {
      x: (yBar, { x }, { params }) =>
        filled(x!, x!.shape, k => yBar.data[k]! * (x!.data[k]! >= 0 ? 1 : Number(params.slope))),
    },
  },
  examples: [{ shapes: { x: [3] }, params: { slope: -0.3 } }],
});

/** Each row less its largest entry first, as a kernel should. */
function shares(x: FloatTensor): number[] {
  const width = x.shape[1]!;
  return Array.from({ length: x.shape[0]! }, (_, n) => {
    const row = [...x.data.slice(n * width, (n + 1) * width)];
    const largest = Math.max(...row);
    const powers = row.map(one => Math.exp(one - largest));
    const total = powers.reduce((a, b) => a + b, 0);
    return powers.map(one => one / total);
  }).flat();
}

export const rowShares = own({
  name: 'row_shares',
  inputs: { x: 'N K' },
  output: 'N K',
  definition: 'e[n<N, k<K] = exp(x[n, k]); z[n<N] = sum(k<K) e[n, k]; y[n<N, k<K] = e[n, k] / z[n]',
  claim: 's[n<N] = sum(k<K) yBar[n, k]*y[n, k]; dx[n<N, k<K] = y[n, k]*(yBar[n, k] - s[n])',
  kernel: {
    forward: ({ x }) => {
      const y = shares(x!);
      return filled(x!, x!.shape, k => y[k]!);
    },
    vjp: {
      x: (yBar, { x }) => {
        const [y, width] = [shares(x!), x!.shape[1]!];
        const mean = (row: number) =>
          y
            .slice(row * width, (row + 1) * width)
            .reduce((sum, p, k) => sum + p * yBar.data[row * width + k]!, 0);
        return filled(x!, x!.shape, k => y[k]! * (yBar.data[k]! - mean(Math.floor(k / width))));
      },
    },
  },
  examples: [{ shapes: { x: [2, 3] }, params: {} }],
});

const rows = (x: FloatTensor) => ({
  width: x.shape[1]!,
  /** The cell of the largest entry of each row. */
  largest: Array.from({ length: x.shape[0]! }, (_, n) => {
    const row = [...x.data.slice(n * x.shape[1]!, (n + 1) * x.shape[1]!)];
    return n * x.shape[1]! + row.indexOf(Math.max(...row));
  }),
});

export const rowMaximum = own({
  name: 'row_maximum',
  inputs: { x: 'N K' },
  output: 'N',
  domain: ['K >= 1'],
  definition: 'y[n<N] = max(k<K) x[n, k]',
  claim: 'dx[n<N, k<K] = yBar[n]*selection[n, k]',
  kernel: {
    forward: ({ x }) => filled(x!, [x!.shape[0]!], n => x!.data[rows(x!).largest[n]!]!),
    vjp: {
      x: (yBar, { x }) => {
        const { width, largest } = rows(x!);
        return filled(x!, x!.shape, k => (largest.includes(k) ? yBar.data[Math.floor(k / width)]! : 0));
      },
    },
  },
  sizes: ({ K }) => {
    if (K === 0) throw wrongValue('x', 'at least one entry in a row', 0);
    return {};
  },
  examples: [{ shapes: { x: [2, 3] }, params: {} }],
});

export const meanOfAll = own({
  name: 'mean_of_all',
  inputs: { x: 'N L@' },
  output: '',
  domain: ['N >= 1', 'L@ >= 1'],
  definition: 'r[] = 1/(N*prod(L@)); y[] = sum(n<N, p@<L@) r[]*x[n, p@]',
  claim: 'r[] = 1/(N*prod(L@)); dx[n<N, p@<L@] = r[]*yBar[]',
  sizes: dims => {
    if (Object.values(dims).includes(0)) throw wrongValue('x', 'at least one cell', 0);
    return {};
  },
  kernel: {
    forward: ({ x }) => filled(x!, [], () => [...x!.data].reduce((a, b) => a + b, 0) / x!.data.length),
    vjp: { x: (yBar, { x }) => filled(x!, x!.shape, () => yBar.data[0]! / x!.data.length) },
  },
  examples: [{ shapes: { x: [2, 3] }, params: {} }],
});

export const ownRecords = [squash, leaky, rowShares, rowMaximum, meanOfAll];
