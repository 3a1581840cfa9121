/** The text form of theorems. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../../src/error.js';
import { polynomial } from '../../../src/exact/index.js';
import { parseTheorems } from '../../../src/proof/statement/text/parse-theorems.js';
import type { Theorem } from '../../../src/proof/statement/theorem.js';
import { completed, type Environment, sideCells, valueAt } from './sums.js';

/** The input gradient as textbooks state it, with the start of the window left open. */
const textbook = (start: string) => `
theorem conv/dx
rank 1..2
tensor x[N, C, L@], w[O, C, K@]
assume s@ >= 1, d@ >= 1, a@ >= 0, b@ >= 0, K@ >= 1
y = conv@d(x, w, stride=s@, dilation=d@, padding=[a@, b@])   # as in libraries: no flip
dx = crop(correlate(zero_stuff(yBar, step=s@),
                    flip_spatial(dilate(transpose(w), step=d@)), padding=full),
          start=${start}, length=L@)
prove gradient of y by x is dx
prove adjoint of y by x is dx
`;

/** The same by sums: the stride's zeros, the dilated kernel, its rotation and the full correlation. */
const byStages = `
rank 1..2
tensor x[N, C, L@], w[O, C, K@]
assume s@ >= 1, d@ >= 1, a@ >= 0, b@ >= 0, P@ >= 0, K@ >= 1
assume 0 <= L@ + a@ + b@ - d@*(K@ - 1) - 1 - s@*(P@ - 1) < s@
y[n<N, o<O, p@<P@] = sum(c<C, q@<K@) [0 <= s@*p@ + d@*q@ - a@ < L@] x[n, c, s@*p@ + d@*q@ - a@] * w[o, c, q@]
stuffed[n<N, o<O, u@<s@*(P@ - 1) + 1] = sum(p@<P@) [u@ = s@*p@] yBar[n, o, p@]
rotated[o<O, c<C, v@<d@*(K@ - 1) + 1] = sum(q@<K@) [d@*(K@ - 1) - v@ = d@*q@] w[o, c, q@]
full[n<N, c<C, t@<s@*(P@ - 1) + d@*(K@ - 1) + 1] =
  sum(o<O, v@<d@*(K@ - 1) + 1) [0 <= t@ + v@ - d@*(K@ - 1) < s@*(P@ - 1) + 1]
  stuffed[n, o, t@ + v@ - d@*(K@ - 1)] * rotated[o, c, v@]
dx[n<N, c<C, i@<L@] = [0 <= i@ + a@ < s@*(P@ - 1) + d@*(K@ - 1) + 1] full[n, c, i@ + a@]
prove gradient of y by x is dx
`;

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

describe('a text that is wrong is refused with its line', () => {
  const good = 'y[n<N] = x[n]\ndx[n<N] = yBar[n]\n';
  const goal = 'prove gradient of y by x is dx';
  test.each([
    ['missing-goal', '', 'here'],
    ['missing-goal', good, 'here, line 1'],
    ['missing-goal', `theorem one\n${good}theorem two\n${good}${goal}`, 'here, line 1'],
    ['unreadable-claim', `  y[n<N] = x[n]\n${goal}`, 'here, line 1'],
    ['unreadable-claim', `${good}prove that dx is right`, 'here, line 3'],
    ['unreadable-claim', `${good}let n be 1\n${goal}`, 'here, line 3'],
    ['unreadable-claim', `y[n<N] = x[n\n${goal}`, 'here, line 1'],
    ['unreadable-claim', `theorem two words\n${good}${goal}`, 'here, line 1'],
    ['unreadable-claim', `tensor x N\n${good}${goal}`, 'here, line 1'],
    ['unreadable-claim', `assume nothing\n${good}${goal}`, 'here, line 1'],
    ['unreadable-claim', `tensor x[prod((K@))]\n${good}${goal}`, 'here, line 1'],
    ['unreadable-claim', 'tensor x[N, C, L@]\ny = x\nprove y = x', 'here, line 2'],
    ['unreadable-claim', 'tensor x[N, C, L@]\ny = x + 1\nprove y = x', 'here, line 2'],
    ['wrong-rank', `rank 99\n${good}${goal}`, 'here, line 1'],
    ['wrong-rank', `rank 2..1\n${good}${goal}`, 'here, line 1'],
    [
      'wrong-rank',
      'rank 1..2\ntensor x[N, C, L@], w[O, C, K@]\ny = conv2d(x, w)\nprove y = y',
      'here, line 3',
    ],
    ['unknown-operator', 'tensor x[N]\ny = blur(x)\nprove y = x', 'here, line 2'],
    ['unknown-parameter', 'tensor x[N, C, L@]\ny = pad(x, front=1)\nprove y = x', 'here, line 2'],
    [
      'unknown-mode',
      'tensor x[N, C, L@], w[O, C, K@]\ny = conv1d(x, w, convention=flipped)\nprove y = x',
      'here, line 2',
    ],
    [
      'not-a-polynomial',
      'tensor x[N, C, L@], w[O, C, K@]\ny = conv1d(x, w, padding=same)\nprove y = x',
      'here, line 2',
    ],
    ['wrong-inputs', 'tensor x[N, C, L@]\ny = correlate(x)\nprove y = x', 'here, line 2'],
    ['wrong-axis-count', 'tensor x[N, C, L@]\ny = pad(x, before=[1, 2])\nprove y = x', 'here, line 2'],
    [
      'wrong-axis-count',
      'tensor x[N, C, L@], w[O, C, K@]\ny = conv1d(x, w, padding=[1, 2, 3])\nprove y = x',
      'here, line 2',
    ],
    ['outside-domain', 'tensor x[N, C, L@]\ny = zero_stuff(x, step=s@)\nprove y = x', 'here, line 2'],
    ['rank-mismatch', 'tensor x[N]\ny = transpose(x)\nprove y = x', 'here, line 2'],
    ['ill-formed-definition', `y[n<N] = x[n]*x[n, n]\n${goal}`, 'here, line 1'],
    ['rank-mismatch', `y[n<N] = x[n]\ndx[n<N] = yBar[n, n]\n${goal}`, 'here, line 2'],
    ['unknown-name', `${good}prove gradient of z by x is dx`, 'here, line 3'],
    ['unknown-name', `${good}prove gradient of y by w is dx`, 'here, line 3'],
    ['unknown-name', `${good}prove gradient of y by dx is dx`, 'here, line 3'],
    [
      'unknown-name',
      'tensor x[N, C, L@]\nz = pad(yBar)\ny = pad(x)\nprove gradient of y by x is z',
      'here, line 2',
    ],
    ['missing-extents', `${good}z = pad(x)\n${goal}`, 'here, line 3'],
    ['duplicate-name', `${good}y[n<N] = x[n]\n${goal}`, 'here, line 3'],
    ['duplicate-name', `z[n<N] = y[n]\n${good}${goal}`, 'here, line 2'],
    ['duplicate-name', 'tensor x[N], x[M]\nprove x = x', 'here, line 1'],
    ['duplicate-name', `rank 1\nrank 2\n${good}${goal}`, 'here, line 2'],
    ['duplicate-name', `theorem t\n${good}${goal}\ntheorem t\n${good}${goal}`, 'here, line 5'],
    ['duplicate-name', `${good}${goal}\n${goal}`, 'here'],
    ['duplicate-name', 'tensor x[N, C, L@]\ny = pad(x, before=1, before=2)\nprove y = x', 'here, line 2'],
    ['duplicate-name', `${good}z[n<N] = x[n]\n${goal}\nprove gradient of z by x is dx`, 'here, line 5'],
    ['not-a-product-sum', `y[n<N] = exp(x[n])\n${goal}`, 'here, line 1'],
    ['not-a-product-sum', `y[n<N] = max(k<K) x[n, k]\n${goal}`, 'here, line 1'],
    ['not-linear', 'y[n<N] = x[n]*x[n]\ndx[n<N] = yBar[n]\nprove adjoint of y by x is dx', 'here, line 3'],
    ['claim-shape-mismatch', `tensor x[M]\n${good}${goal}`, 'here, line 4'],
    ['ill-formed-definition', `y[n<N, n<N] = x[n]\n${goal}`, 'here, line 1'],
  ])('%s: %j', (code, text, where) => {
    let error: unknown;
    try {
      parseTheorems(text, 'here');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(BackproofError);
    expect(error).toMatchObject({ code, where: expect.stringMatching(new RegExp(`^${where}(?!\\d)`)) });
  });

  test.each([
    ['100000 characters', `# ${'x'.repeat(100_000)}`],
    ['1000 nested parentheses', `y[n<N] = x[${'('.repeat(1000)}n${')'.repeat(1000)}]\nprove y = y`],
    [
      '1000 nested operators',
      `tensor x[N, C, L@]\ny = ${'pad('.repeat(1000)}x${')'.repeat(1000)}\nprove y = y`,
    ],
    [
      'a product of 60 sums',
      `y[n<N] = x[${Array.from({ length: 60 }, (_, k) => `(a${k} + b${k})`).join('*')}]\nprove y = y`,
    ],
    [
      'sums in sums',
      `assume ${'(a + b)*(c + '.repeat(30)}d${')'.repeat(30)} >= 0\ny[n<N] = x[n]\nprove y = y`,
    ],
    ['a monomial of degree 1000', `y[n<N] = x[${'n*'.repeat(1000)}n]\nprove y = y`],
    ['a number of 1000 digits', `y[n<N] = x[${'9'.repeat(1000)}]\nprove y = y`],
    [
      'a chain that doubles',
      `y0[n<N] = x[n]\n${Array.from({ length: 40 }, (_, k) => `y${k + 1}[n<N] = y${k}[n]*y${k}[n]\n`).join('')}prove y40 = y40`,
    ],
    ['many terms', `y[n<N] = ${'x[n] + '.repeat(2000)}x[n]\nprove y = y`],
  ])('%s', (_, text) => {
    expect(() => parseTheorems(text, 'here')).toThrow(BackproofError);
  });

  test('any cut or changed text gives theorems or an error of ours', () => {
    const text = textbook('a@').replace('1..2', '1') + byStages.replace('1..2', '2');
    const change = fc.record({
      at: fc.nat(text.length),
      length: fc.nat(30),
      sign: fc.constantFrom('', '[', ')', '@', ',', '=', '<', '#', '\n', ' ', 'q1', '*', '0'),
    });
    const law = ({ at, length, sign }: { at: number; length: number; sign: string }) => {
      try {
        for (const { statement } of parseTheorems(text.slice(0, at) + sign + text.slice(at + length), 'here'))
          expect(
            statement.assume.every(fact =>
              Number.isInteger(
                valueAt(fact, Object.fromEntries(statement.parameters.map(name => [name, 1]))),
              ),
            ),
          ).toBe(true);
      } catch (error) {
        if (!(error instanceof BackproofError)) throw error;
      }
    };
    fc.assert(fc.property(change, law), { seed: 20261204, numRuns: 300 });
  });
});
