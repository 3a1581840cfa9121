import { checkFactor, upsampleForward, upsampleVjp } from '../kernels/index.js';
import { formula } from './claim.js';
import { defineOperator } from './operator.js';
import { axes, named, offsets } from './parameters.js';

const copies = (cell: string) => `yBar[n, c, ${cell}]`;

/** Every cell repeated along each axis; the gradient is the sum over the copies. Source: proofs/upsampling.md. */
export const upsample = defineOperator<'x'>({
  name: 'upsample',
  summary: 'repeats every cell along each spatial axis, as often as the factor says (nearest neighbour)',
  rank: null,
  inputs: { x: 'N C L@' },
  optional: [],
  output: 'N C P@',
  result: 'upsampled',
  params: { factor: 2 },
  letters: { factor: 'f@' },
  modes: {},
  domain: () => ['f@ >= 1', 'P@ = f@*L@'],
  definition: () => 'y[n<N, c<C, p@<P@] = sum(i@<L@, r@<f@) [p@ = f@*i@ + r@] x[n, c, i@]',
  sizes: (dims, params, rank) => {
    const factor = offsets(params, 'factor', rank).map(one => checkFactor(one, 'upsample'));
    return {
      ...named('f', factor),
      ...named(
        'P',
        axes('L', dims, rank).map((extent, k) => extent * factor[k]!),
      ),
    };
  },
  claims: () => ({ x: formula(`dx[n<N, c<C, i@<L@] = sum(r@<f@) ${copies('f@*i@ + r@')}`) }),
  kernel: {
    forward: ({ x }, { sizes, rank }) => upsampleForward(x!, axes('f', sizes, rank)),
    vjp: {
      x: (yBar, _, { inputs, sizes, rank }) => upsampleVjp(yBar, inputs.x!, axes('f', sizes, rank)),
    },
  },
  mistakes: () => [
    {
      name: 'first-copy',
      says: 'only the first copy of each cell is read',
      wrt: 'x',
      claim: () => formula(`dx[n<N, c<C, i@<L@] = ${copies('f@*i@')}`),
    },
    {
      name: 'neighbours',
      says: 'neighbouring cells of yBar are summed, not the copies',
      wrt: 'x',
      claim: () => formula(`dx[n<N, c<C, i@<L@] = sum(r@<f@) [0 <= i@ + r@ < P@] ${copies('i@ + r@')}`),
    },
    {
      name: 'interleaved',
      says: 'the copies are looked for one length of x apart, not side by side',
      wrt: 'x',
      claim: () => formula(`dx[n<N, c<C, i@<L@] = sum(r@<f@) ${copies('L@*r@ + i@')}`),
    },
  ],
  examples: () => [
    { shapes: { x: [2, 3, 4] }, params: { factor: 3 } },
    { shapes: { x: [1, 2, 3, 2] }, params: { factor: [2, 3] } },
    { shapes: { x: [2, 1, 2, 3, 1] }, params: { factor: [1, 2, 3] } },
  ],
  badCalls: () => [
    { shapes: { x: [1, 1, 4] }, params: { factor: 0 }, code: 'factor-not-positive' },
    { shapes: { x: [1, 1, 4] }, params: { factor: 1.5 }, code: 'not-an-integer-parameter' },
    { shapes: { x: [1, 1, 4] }, params: { factor: [2, 2] }, code: 'bad-parameter' },
    { shapes: { x: [1, 1, 4] }, params: { factor: 'nearest' }, code: 'bad-parameter' },
  ],
});
