/** batch_norm and layer_norm, with the statistics of the call itself (training). */
import {
  batchGroups,
  emptyMean,
  layerGroups,
  type NormalGroups,
  normaliseInputVjp,
  normaliseKernel,
  normaliseScaleVjp,
  normaliseShiftVjp,
} from '../kernels/index.js';
import type { Shape } from '../tensor/index.js';
import {
  type NormalInput,
  type NormalLayout,
  normalClaims,
  normalDefinition,
  normalMistakes,
} from './normalised.js';
import { defineOperator, type Operator, type Params, type Resolved, type Written } from './operator.js';
import { axes, wrongValue } from './parameters.js';

interface Normalisation
  extends Pick<Written<NormalInput>, 'name' | 'summary' | 'inputs' | 'domain' | 'examples' | 'badCalls'> {
  readonly layout: NormalLayout;
  readonly groups: (shape: Shape) => NormalGroups;
  /** The axes that a mean is over, by their letters; every L@ goes without saying. */
  readonly meanOver: readonly string[];
}

/** Source of the gradients: proofs/normalisation.md. */
function normalisation({ layout, groups, meanOver, ...record }: Normalisation): Operator<NormalInput> {
  const at = ({ inputs, params }: Resolved) => [Number(params.eps), groups(inputs.x!)] as const;
  return defineOperator<NormalInput>({
    ...record,
    rank: null,
    optional: ['b'],
    output: record.inputs.x,
    result: 'normalised',
    params: { eps: 1e-5 },
    letters: {},
    modes: {},
    definition: () => normalDefinition(layout),
    sizes: (dims, params, rank) => {
      const extents = [...meanOver.map(letter => dims[letter]!), ...axes('L', dims, rank)];
      if (extents.includes(0)) throw emptyMean(record.name, extents);
      checkEps(params);
      return {};
    },
    claims: () => normalClaims(layout),
    kernel: {
      forward: ({ x, w, b }, call) => normaliseKernel({ x: x!, w: w!, ...(b && { b }) }, ...at(call)),
      vjp: {
        x: (yBar, { x, w }, call) => normaliseInputVjp(yBar, { x: x!, w: w! }, ...at(call)),
        w: (yBar, { x, w }, call) => normaliseScaleVjp(yBar, { x: x!, w: w! }, ...at(call)),
        b: (yBar, _, { inputs }) => normaliseShiftVjp(yBar, groups(inputs.x!)),
      },
    },
    mistakes: () => normalMistakes(layout),
  });
}

/** That it is a finite number is checked with all real parameters. @throws BackproofError `bad-parameter`. */
function checkEps({ eps }: Params): void {
  if (typeof eps === 'number' && eps < 0) throw wrongValue('eps', 'a number of at least 0', eps!);
}

const channelCells = { ranges: 'n<N, c<C, p@<L@', index: 'n, c, p@' };
const channels = { ranges: 'c<C', index: 'c' };

export const batchNorm = normalisation({
  name: 'batch_norm',
  summary:
    'brings each channel to mean 0 and variance 1 over batch and positions (training), then scales by w, adds b',
  inputs: { x: 'N C L@', w: 'C', b: 'C' },
  layout: {
    cells: channelCells,
    group: channels,
    within: 'n<N, p@<L@',
    count: 'N*prod(L@)',
    scale: channels,
    across: 'n<N, p@<L@',
  },
  groups: batchGroups,
  meanOver: ['N'],
  domain: () => ['N >= 1', 'L@ >= 1'],
  examples: () => [
    { shapes: { x: [1, 3, 2], w: [3], b: [3] }, params: {} },
    { shapes: { x: [3, 2], w: [2] }, params: { eps: 0.5 } },
  ],
  badCalls: () => [
    { shapes: { x: [2, 3, 4], w: [4] }, params: {}, code: 'size-mismatch' },
    { shapes: { x: [2, 3, 4], w: [3], b: [2] }, params: {}, code: 'size-mismatch' },
    { shapes: { x: [2, 3, 4], w: [3, 4] }, params: {}, code: 'rank-mismatch' },
    { shapes: { x: [2, 3, 4] }, params: {}, code: 'missing-input' },
    { shapes: { x: [0, 3, 4], w: [3] }, params: {}, code: 'empty-mean' },
    { shapes: { x: [2, 3, 0], w: [3] }, params: {}, code: 'empty-mean' },
    { shapes: { x: [2, 3], w: [3] }, params: { eps: -1e-5 }, code: 'bad-parameter' },
    { shapes: { x: [2, 3], w: [3] }, params: { eps: Number.NaN }, code: 'bad-parameter' },
    { shapes: { x: [2, 3], w: [3] }, params: { momentum: 0.1 }, code: 'unknown-parameter' },
  ],
});

const positions = { ranges: 'p@<L@', index: 'p@' };

export const layerNorm = normalisation({
  name: 'layer_norm',
  summary:
    'brings each sample to mean 0 and variance 1 over all its axes, then scales by w, adds b, cell by cell',
  inputs: { x: 'N L@', w: 'L@', b: 'L@' },
  layout: {
    cells: { ranges: 'n<N, p@<L@', index: 'n, p@' },
    group: { ranges: 'n<N', index: 'n' },
    within: 'p@<L@',
    count: 'prod(L@)',
    scale: positions,
    across: 'n<N',
  },
  groups: layerGroups,
  meanOver: [],
  domain: () => ['L@ >= 1'],
  examples: () => [
    { shapes: { x: [2, 3], w: [3], b: [3] }, params: {} },
    { shapes: { x: [3, 1, 2], w: [1, 2] }, params: { eps: 0.5 } },
  ],
  badCalls: () => [
    { shapes: { x: [2, 3, 4], w: [3, 5] }, params: {}, code: 'size-mismatch' },
    { shapes: { x: [2, 3], w: [3], b: [2] }, params: {}, code: 'size-mismatch' },
    { shapes: { x: [2, 3, 4], w: [4] }, params: {}, code: 'rank-mismatch' },
    { shapes: { x: [2, 3], b: [3] }, params: {}, code: 'missing-input' },
    { shapes: { x: [2, 0], w: [0] }, params: {}, code: 'empty-mean' },
    { shapes: { x: [2, 3], w: [3] }, params: { eps: -1 }, code: 'bad-parameter' },
    { shapes: { x: [2, 3], w: [3] }, params: { eps: Number.POSITIVE_INFINITY }, code: 'bad-parameter' },
    { shapes: { x: [2, 3], w: [3] }, params: { axis: 1 }, code: 'unknown-parameter' },
  ],
});
