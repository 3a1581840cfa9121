/** Texts of theorems that are refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../../src/error.js';
import { parseTheorems } from '../../../src/proof/statement/text/parse-theorems.js';
import { byStages, textbook } from './pages.js';
import { valueAt } from './sums.js';

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
