/** What the sides end in must be the same terms, with the same coefficients, each of them. */
import type { Forged } from './case.js';

const free = { parameters: 'N, M', free: 'e<N, f<N' };

const differ = (what: string, left: string, right: string, twin: string, more = {}): Forged => ({
  name: `compare: ${what}`,
  code: 'sides-differ',
  forged: { ...free, left: left.split(' & '), right: right.split(' & '), ...more },
  twin: { right: twin.split(' & ') },
});

export const compareCases: readonly Forged[] = [
  differ('another coefficient', '2 x[e]', 'x[e]', 'x[e] & x[e]'),
  differ('another sign', 'x[e]', '-1 x[e]', 'x[e]'),
  differ('a term is missing on the right', 'x[e] & y[e]', 'x[e]', 'y[e] & x[e]'),
  differ('a term is missing on the left', 'x[e]', 'x[e] & y[e]', 'x[e] & 0 y[e]'),
  differ('another tensor', 'x[e]', 'y[e]', 'x[e]'),
  differ('another index', 'x[e]', 'x[f]', 'x[e]'),
  differ('another constant in an index', 'x[e]', 'x[e + 1]', 'x[e]'),
  differ('the indices trade places', 'w[e, f]', 'w[f, e]', 'w[e, f]', { tensors: { w: 2 } }),
  differ('the atoms trade indices', 'x[e] y[f]', 'x[f] y[e]', 'y[f] x[e]'),
  differ('an atom is missing', 'x[e] x[e]', 'x[e]', 'x[e] x[e]'),
  differ('an equation is missing', '[e = f] x[e]', 'x[e]', '[f = e] x[e]'),
  differ('another equation', '[e = f] x[e]', '[e = f + 1] x[e]', '[e = f] x[e]'),
  differ('an equation with another sign', '[e = f - 1] x[e]', '[e = f + 1] x[e]', '[f = e + 1] x[e]'),
  differ('a range for an equation', '[e = 0] x[e]', '[0 <= e < N] x[e]', '[-e = 0] x[e]'),
  differ('a range is missing', '[0 <= e < M] x[e]', 'x[e]', '[0 <= e < M] x[e]'),
  differ('a range of another extent', '[0 <= e < M] x[e]', '[0 <= e < M - 1] x[e]', '[0 <= e < M] x[e]'),
  differ('a range of another value', '[0 <= e < M] x[e]', '[0 <= f < M] x[e]', '[0 <= e < M] x[e]'),
  differ(
    'a range of the negated value',
    '[0 <= e - 1 < M] x[e]',
    '[0 <= 1 - e < M] x[e]',
    '[0 <= e - 1 < M] x[e]',
  ),
  differ('value and extent trade places', '[0 <= e < f] x[e]', '[0 <= f < e] x[e]', '[0 <= e < f] x[e]'),
  differ('a sum is missing', 'sum(v<M) x[e]', 'x[e]', 'sum(v<M) x[e]'),
  differ('a sum of another extent', 'sum(v<M) x[v]', 'sum(v<N) x[v]', 'sum(v<M) x[v]'),
  differ(
    'the extents trade places',
    'sum(v<M, w<N) x[v] y[w]',
    'sum(v<N, w<M) x[v] y[w]',
    'sum(w<N, v<M) y[w] x[v]',
  ),
];
