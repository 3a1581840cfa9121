/** Statements that offer a search very much to try: it ends, and where it finds a proof the proof is one. */
import { describe, expect, test } from 'vitest';
import { findProof } from '../../../src/proof/search/find-proof.js';
import { normalised } from '../../../src/proof/search/normalise.js';
import { parseTheorems } from '../../../src/proof/statement/text/parse-theorems.js';
import { check } from '../../../src/proof/trusted/check.js';
import { key, NODES, replayed, startOf } from './setting.js';

interface Case {
  readonly name: string;
  readonly found: boolean;
  readonly text: string;
}

const range = (count: number) => Array.from({ length: count }, (_, k) => k);
const names = (letter: string, count: number) => range(count).map(k => letter + k);
const bound = (letter: string, count: number, extent: string) =>
  names(letter, count)
    .map(name => `${name}<${extent}`)
    .join(', ');

/** x at neighbouring indices in a circle. */
const circle = (letter: string, count: number, tensor = 'x') =>
  range(count)
    .map(k => `${tensor}[${letter}${k}, ${letter}${(k + 1) % count}]`)
    .join(' * ');

const cases: readonly Case[] = [
  {
    name: 'products of many extents: a flat index read backwards on every axis',
    found: false,
    text: `rank 3
y[n<N, c<C, p@<P@] = x[n, ((c*P1 + p1)*P2 + p2)*P3 + p3]
dx[n<N, k<C*P1*P2*P3] = sum(c<C, p@<P@) [k = ((c*P1 + p1)*P2 + p2)*P3 + p3] yBar[n, c, P1 - 1 - p1, P2 - 1 - p2, P3 - 1 - p3]
prove gradient of y by x is dx`,
  },
  {
    name: 'three axes that share one size, strides and dilations of one name',
    found: true,
    text: `rank 3
assume s >= 1, d >= 1, K >= 1
y[p@<P] = sum(q@<K) [0 <= s*p@ + d*q@ - a < L] x[s*p@ + d*q@ - a] * w[q@]
dx[l@<L] = sum(p@<P, q@<K) [l@ + a = s*p@ + d*q@] yBar[p@] * w[q@]
prove gradient of y by x is dx`,
  },
  {
    name: 'the same with the axes exchanged in the claim',
    found: false,
    text: `rank 3
assume s >= 1, d >= 1, K >= 1
y[p@<P] = sum(q@<K) [0 <= s*p@ + d*q@ - a < L] x[s*p@ + d*q@ - a] * w[q@]
dx[l@<L] = sum(p@<P, q@<K) [l@ + a = s*p@ + d*q@] yBar[p2, p3, p1] * w[q@]
prove gradient of y by x is dx`,
  },
  {
    name: 'a trace of eight factors, begun elsewhere',
    found: true,
    text: `y[] = sum(${bound('i', 8, 'N')}) ${circle('i', 8)}
z[] = sum(${bound('k', 8, 'N')}) ${names('k', 8)
      .map((name, k) => `x[${name}, k${(k + 1) % 8}]`)
      .reverse()
      .join(' * ')}
prove y = z`,
  },
  {
    name: 'a trace of eight factors against two of four',
    found: false,
    text: `y[] = sum(${bound('i', 8, 'N')}) ${circle('i', 8)}
z[] = sum(${bound('k', 4, 'N')}, ${bound('m', 4, 'N')}) ${circle('k', 4)} * ${circle('m', 4)}
prove y = z`,
  },
  {
    name: 'digits of a product of five sizes',
    found: true,
    text: `y[a<A, b<B, c<C, d<D, e<E] = sum(f<A, g<B, h<C, i<D, j<E)
  [a*B*C*D*E + b*C*D*E + c*D*E + d*E + e = f*B*C*D*E + g*C*D*E + h*D*E + i*E + j] x[f, g, h, i, j]
z[a<A, b<B, c<C, d<D, e<E] = x[a, b, c, d, e]
prove y = z`,
  },
  {
    name: 'a sum over a product of three sizes, in another order',
    found: true,
    text: `y[] = sum(v<N*M*K) x[v]
z[] = sum(k<K, n<N, m<M) x[N*M*k + M*n + m]
prove y = z`,
  },
  {
    name: 'twelve equations in a row',
    found: true,
    text: `y[n<N] = sum(${bound('i', 12, 'N')}) [n = i0] ${range(11)
      .map(k => `[i${k} = i${k + 1}]`)
      .join(' ')} x[i11]
z[n<N] = x[n]
prove y = z`,
  },
  {
    name: 'twelve equations that leave no index alone',
    found: false,
    text: `assume s >= 1, t >= 1
y[n<N] = sum(${bound('i', 12, 'N')}) ${range(12)
      .map(k => `[s*i${k} + t*i${(k + 1) % 12} - s*n - t*i${(k + 5) % 12} = 0]`)
      .join(' ')} x[i0]
z[n<N] = x[n]
prove y = z`,
  },
  {
    name: 'eight indices that may be counted backwards',
    found: false,
    text: `y[] = sum(${bound('i', 8, 'N')}) x[${names('i', 8)
      .map(name => `N - 1 - ${name}`)
      .join(', ')}] * w[${names('i', 8).join(', ')}]
z[] = sum(${bound('i', 8, 'N')}) x[${names('i', 8).join(', ')}] * w[${names('i', 8).join(', ')}]
prove y = z`,
  },
  {
    name: 'half a dozen guards that say too little',
    found: false,
    text: `y[p<P] = sum(q<K) ${range(6)
      .map(k => `[0 <= s${k}*p + q - a${k} < L${k}]`)
      .join(' ')} x[p + q]
z[p<P] = sum(q<K) x[p + q]
prove y = z`,
  },
];

describe('findProof ends', () => {
  test.each(cases)('$name', ({ name, found, text }) => {
    const [theorem] = parseTheorems(text, name);
    const { statement } = theorem!;
    const search = findProof(statement);
    expect(search.kind).toBe(found ? 'found' : 'open');
    if (search.kind === 'open') return;
    const witness = new Map(statement.parameters.map(one => [one, 2]));
    const { factors, left, right } = search;
    expect(() => check(statement, { factors, left, right, witness })).not.toThrow();
  });
});

describe('normalised keeps to its budget', () => {
  test.each([10, 100, 1000, NODES])('of %d nodes', nodes => {
    const equations = range(12).map(k => `[s*i${k} + t*i${(k + 1) % 12} = s*n + t*i${(k + 5) % 12}]`);
    const text = `sum(${bound('i', 12, 'N')}) ${equations.join(' ')} x[i0]`;
    const { line, setting } = startOf(text, 's - 1, t - 1', 'n<N');
    const budget = { nodes };
    const end = normalised(line, { ...setting, budget });
    expect(budget.nodes).toBeGreaterThanOrEqual(0);
    expect(budget.nodes).toBeLessThan(nodes);
    expect(key(replayed(line, end, setting))).toBe(key(end.term));
  });
});
