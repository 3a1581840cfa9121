/** The text form of theorems. */
import { describe, expect, test } from 'vitest';
import { polynomial } from '../../../src/exact/index.js';
import { parseTheorems } from '../../../src/proof/statement/text/parse-theorems.js';
import type { Theorem } from '../../../src/proof/statement/theorem.js';
import { byStages, textbook } from './pages.js';
import { completed, type Environment, sideCells } from './sums.js';

const sizes: Environment = { N: 1, C: 2, O: 2, L1: 6, K1: 2, s1: 3, d1: 2, a1: 2, b1: 0 };
const sizes2: Environment = { ...sizes, O: 1, L2: 2, K2: 2, s2: 2, d2: 1, a2: 0, b2: 1 };

const byId = (theorems: readonly Theorem[], id: string) => theorems.find(one => one.id === id)!.statement;

describe('the textbook gradient of a convolution', () => {
  const right = parseTheorems(textbook('a@'), 'page');

  test('makes one theorem for each goal and rank', () => {
    expect(right.map(one => one.id)).toEqual([
      'conv/dx/x/1d',
      'conv/dx/x/adjoint/1d',
      'conv/dx/x/2d',
      'conv/dx/x/adjoint/2d',
    ]);
    expect(right[2]).toMatchObject({
      operator: 'conv2d',
      wrt: 'x',
      claim:
        'dx = crop(correlate(zero_stuff(yBar, step=s@), flip_spatial(dilate(transpose(w), step=d@)), padding=full), start=a@, length=L@)',
    });
    expect(right[0]!.statement.definitions.map(one => one.name)).toEqual([
      ...['y', 'stuffed', 'transposed', 'dilated', 'rotated', 'slid', 'dx'],
    ]);
  });

  test('assumes sizes, what is written, and what defines the number of windows', () => {
    expect(byId(right, 'conv/dx/x/1d').assume.map(polynomial.text)).toEqual([
      ...['N', 'C', 'L1', 'O', 'K1', 's1-1', 'd1-1', 'a1', 'b1', 'K1-1'],
      'P1',
      'K1*d1-L1+P1*s1-a1-b1-d1',
      '-K1*P1*d1+L1*P1-P1-P1*P1*s1+P1*a1+P1*b1+P1*d1+P1*s1',
    ]);
  });

  test('what has no parameters per axis has the rank of its input: a matrix is transposed at rank 2', () => {
    const [theorem] = parseTheorems(
      'rank 2\ntensor x[N, C, L@]\ny = transpose(transpose(flatten(x)))\nz = flatten(x)\nprove y = z',
      'page',
    );
    expect(theorem!.statement.definitions.map(({ name, free }) => [name, free.length])).toEqual([
      ['flattened', 2],
      ['transposed', 2],
      ['y', 2],
      ['z', 2],
    ]);
  });

  test('equal windows have one count, other windows have another', () => {
    const text = (padding: string) =>
      `tensor x[N, C, L], w[O, C, K]\nassume s >= 1, a >= 0, K >= 1, d >= 1\n` +
      `y = conv1d(x, w, stride=s, padding=[a, 0])\nz = conv1d(x, w, stride=s, padding=${padding})\nprove y = z`;
    const [same] = parseTheorems(text('[0, a]'), 'page');
    const counts = same!.statement.assume.map(polynomial.text).filter(one => /^[PW]\d?$/.test(one));
    expect(counts).toEqual(['P1']);
    expect(() => parseTheorems(text('[a, a]'), 'page')).toThrow(/claim-shape-mismatch/);
  });

  test.each([
    ['1d', sizes],
    ['2d', sizes2],
  ])('holds in %s at small sizes', (rank, at) => {
    for (const id of [`conv/dx/x/${rank}`, `conv/dx/x/adjoint/${rank}`]) {
      const statement = byId(right, id);
      const { left, right: claimed } = sideCells(statement, completed(statement, at));
      expect(left.some(cell => cell.size > 0)).toBe(true);
      expect(claimed).toEqual(left);
    }
  });

  test.each(['0', 'b@', 'a@ - (d@ - 1)*(K@ - 1)', 'K@ - 1'])('fails with the window at %s', start => {
    const statement = byId(parseTheorems(textbook(start), 'page'), 'conv/dx/x/1d');
    const { left, right: claimed } = sideCells(statement, completed(statement, sizes));
    expect(claimed).not.toEqual(left);
  });

  test.each([
    ['1d', sizes],
    ['2d', sizes2],
  ])('by operators and by sums is the same in %s', (rank, at) => {
    const sums = byId(parseTheorems(byStages, 'stages'), `stages/${rank}`);
    const operators = byId(right, `conv/dx/x/${rank}`);
    expect(sideCells(sums, completed(sums, at))).toEqual(sideCells(operators, completed(operators, at)));
  });
});

describe('a text', () => {
  test('may state that two tensors agree: im2col and GEMM', () => {
    const [theorem] = parseTheorems(
      `rank 2
       `.trim() +
        `
columns[n<N, r<C*prod(K@), p@<P@] = sum(c<C, q@<K@) [r = c*prod(K@) + q1*K2 + q2] x[n, c, p@ + q@]
y[n<N, o<O, p@<P@] = sum(c<C, q@<K@) x[n, c, p@ + q@] * w[o, c*prod(K@) + q1*K2 + q2]
z[n<N, o<O, p@<P@] = sum(r<C*prod(K@)) columns[n, r, p@] * w[o, r]
prove y = z`,
      'im2col',
    );
    expect(theorem).toMatchObject({ id: 'im2col', operator: null, wrt: null, claim: 'y = z' });
    const { left, right } = sideCells(theorem!.statement, { N: 2, C: 2, O: 2, K1: 2, K2: 3, P1: 2, P2: 1 });
    expect(left.every(cell => cell.size === 12)).toBe(true);
    expect(right).toEqual(left);
  });

  test('may hold several theorems, with goals of several kinds', () => {
    const theorems = parseTheorems(
      `theorem matrix/product
y[n<N, m<M] = sum(k<K) x[n, k] * w[k, m] + b[m]
dx[n<N, k<K] = sum(m<M) yBar[n, m] * w[k, m]
db[m<M] = sum(n<N) yBar[n, m]
prove gradient of y by x is dx
prove adjoint of y by b is db
theorem square
rank 0
y[n<N] = x[n]*x[n]
dx[n<N] = 2*g[n]*x[n]
prove gradient of y by x is dx upstream g`,
      'page',
    );
    expect(theorems.map(({ id }) => id)).toEqual(['matrix/product/x', 'matrix/product/b/adjoint', 'square']);
    for (const { statement } of theorems) {
      const { left, right } = sideCells(statement, { N: 2, M: 3, K: 2 });
      expect(left.every(cell => cell.size > 0)).toBe(true);
      expect(right).toEqual(left);
    }
    expect(theorems.map(({ statement }) => [...statement.tensors.keys()].sort())).toEqual([
      ['b', 'w', 'x', 'yBar'],
      ['b', 'yBar'],
      ['g', 'x'],
    ]);
  });

  test('may read a tensor through several affine sums: the adjoint form takes their linear parts', () => {
    const lines = `z[n<N] = x[n] + b[n]
y[m<M] = sum(n<N) w[m, n] * z[n] - b[m]
dx[n<N] = sum(m<M) yBar[m] * w[m, n]
prove adjoint of y by x is dx`;
    const [{ statement }] = parseTheorems(lines, 'here') as [Theorem];
    expect(statement.definitions.map(one => one.name)).toEqual(['zOfX', 'yOfX', 'dx']);
    const { left, right } = sideCells(statement, { N: 2, M: 3 });
    expect(left[0]!.size).toBe(6);
    expect(right).toEqual(left);
    expect(() => parseTheorems(lines.replace('* z[n]', '* z[n] * z[n]'), 'here')).toThrow(/not-linear/);
    const through = lines.replace('x[n] + b', 'x[n]*x[n] + b');
    expect(() => parseTheorems(through, 'here')).toThrow(/not-linear/);
  });

  test('may claim an operator in the goal itself', () => {
    const [theorem] = parseTheorems(
      'tensor x[N, C, L@]\ny = transpose(x)\nprove gradient of y by x is transpose(yBar)',
      'here',
    );
    expect(theorem).toMatchObject({
      id: 'here',
      operator: 'transpose',
      wrt: 'x',
      claim: 'dx = transpose(yBar)',
    });
  });

  test('may use any letters: indices of operators give way', () => {
    const [theorem] = parseTheorems(
      'tensor x[n, c, p1]\nassume q1 >= 1\ny = zero_stuff(x, step=q1)\nz = subsample(y, step=q1)\nprove z = x',
      'here',
    );
    const { left, right } = sideCells(theorem!.statement, { n: 2, c: 1, p1: 3, q1: 2 });
    expect(right).toEqual(left);
    expect(left.map(cell => [...cell.keys()])).toEqual(
      [0, 1].flatMap(n => [0, 1, 2].map(p => [`x[${n},0,${p}]`])),
    );
  });

  test('takes paddings as a mode, one value, a pair, or a pair per axis', () => {
    const extent = (padding: string) => {
      const text = `rank 2\ntensor x[1, 1, L@], w[1, 1, K@]\nassume a@ >= 0\ny = conv2d(x, w, padding=${padding})\nprove y = y`;
      return polynomial.text(parseTheorems(text, 'here')[0]!.statement.free[3]!.extent);
    };
    expect(['valid', 'full', '2', '[a@, 1]', '[[0, 1], [3, 0]]'].map(extent)).toEqual([
      '-K2+L2+1',
      'K2+L2-1',
      '-K2+L2+5',
      '-K2+L2+a2+2',
      '-K2+L2+4',
    ]);
  });

  test('may assume an equation that makes sizes fit', () => {
    const text = (assume: string) =>
      `tensor x[N, C, L@], w[G*M, I, K@]\nassume G >= 1${assume}\ny = conv1d(x, w, groups=G)\nprove y = y`;
    expect(() => parseTheorems(text(''), 'here')).toThrow(/sizes-do-not-fit/);
    expect(parseTheorems(text(', C = G*I'), 'here')).toHaveLength(1);
  });
});
