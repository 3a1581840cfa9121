import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../src/error.js';
import {
  parsePolynomial,
  parseProgram,
  polynomialText,
  programLatex,
  programText,
} from '../../src/index-sum/index.js';

const correlation = 'y[p@<P@] = sum(q@<K@) [0 <= s@*p@ + q@ - a@ < L@] x[s@*p@ + q@ - a@] * w[q@]';

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof BackproofError) return error.code;
    throw error;
  }
  return 'no error';
}

describe('reading', () => {
  test('an item with @ stands for one copy per axis', () => {
    expect(programText(parseProgram(correlation, 2))).toBe(
      'y[p1<P1, p2<P2] = sum(q1<K1, q2<K2) [0 <= p1*s1 + q1 - a1 < L1] [0 <= p2*s2 + q2 - a2 < L2] ' +
        'x[p1*s1 + q1 - a1, p2*s2 + q2 - a2]*w[q1, q2]',
    );
  });

  test('inputs, parameters and stages are told apart', () => {
    const program = parseProgram('m[] = max(i<N) x[i]; y[i<N] = x[i] - m[]', 0);
    expect([...program.inputs]).toEqual([['x', 1]]);
    expect([...program.parameters]).toEqual(['N']);
    expect(program.stages.map(stage => stage.kind)).toEqual(['max', 'sum']);
  });

  test('1/(parameters) is a reciprocal, 1/(cells) a pointwise formula', () => {
    const kinds = (text: string) => parseProgram(text, 1).stages.map(stage => stage.kind);
    expect(kinds('r[] = 1/(2*prod(K@) + 1)')).toEqual(['reciprocal']);
    expect(kinds('y[i<N] = 1/(1 + x[i])')).toEqual(['pointwise']);
  });

  test('polynomials multiply out', () => {
    expect(polynomialText(parsePolynomial('(d - 1)*(K - 1) - d*K'))).toBe('-d - K + 1');
    expect(polynomialText(parsePolynomial('s@*(L@ - 1) + 1', 2))).toBe('L2*s2 - s2 + 1');
    expect(polynomialText(parsePolynomial('a - a'))).toBe('0');
    expect(polynomialText(parsePolynomial('9007199254740993*a'))).toBe('9007199254740993*a');
  });

  test('prod and flat range over all axes, wherever they stand', () => {
    const read = (text: string, rank: number) => polynomialText(parsePolynomial(text, null, rank));
    const same = (text: string, rank: number, other: string) =>
      expect(read(text, rank)).toBe(polynomialText(parsePolynomial(other)));
    same('flat(c<C, p@<L@)', 3, '((c*L1 + p1)*L2 + p2)*L3 + p3');
    same('flat(p@<L@, c<C)', 2, '(p1*L2 + p2)*C + c');
    same('flat(p@<L@, q@<K@)', 2, '((p1*L2 + p2)*K1 + q1)*K2 + q2');
    same('flat(c<C, p@<L@)', 0, 'c');
    same('flat(p@<L@)', 0, '0');
    same('flat(h - 1<H, s@*p@ - a@ < L@)', 1, '(h - 1)*L1 + s1*p1 - a1');
    same('flat(a<A, flat(b<B, c<C) < B*C)', 0, '(a*B + b)*C + c');
    same('2*C*prod(L@ + 1) - prod(K@)', 2, '2*C*(L1 + 1)*(L2 + 1) - K1*K2');
    same('C*prod(L@)', 0, 'C');
    // Beside names of one axis.
    const scaled = parseProgram('y[p@<P@, f<prod(P@)] = x[p@*prod(K@), flat(p@<P@)]', 2);
    expect(programText(scaled)).toBe('y[p1<P1, p2<P2, f<P1*P2] = x[K1*K2*p1, K1*K2*p2, P2*p1 + p2]');
    const flat = 'y[f<C*prod(L@)] = sum(c<C, p@<L@) [f = flat(c<C, p@<L@)] x[c, p@]';
    expect(programText(parseProgram(flat, 2))).toBe(
      'y[f<C*L1*L2] = sum(c<C, p1<L1, p2<L2) [f - L1*L2*c - L2*p1 - p2 = 0] x[c, p1, p2]',
    );
    expect(programText(parseProgram(flat, 0))).toBe('y[f<C] = sum(c<C) [f - c = 0] x[c]');
  });

  test('without a number of axes nothing ranges over all of them', () => {
    for (const text of ['prod(K@)', 'flat(c<C, p@<L@)']) {
      expect(codeOf(() => parsePolynomial(text))).toBe('unreadable-definition');
      expect(codeOf(() => parsePolynomial(text, 1))).toBe('unreadable-definition');
    }
    expect(polynomialText(parsePolynomial('flat(a<A, b<B)'))).toBe('B*a + b');
  });

  test('at rank 0 an item per axis is passed over with its parentheses', () => {
    expect(programText(parseProgram('y[n<N] = x[n, (p@ + 1)*(q@ - 1)]', 0))).toBe('y[n<N] = x[n]');
  });

  test('LaTeX names the axis by a subscript', () => {
    expect(programLatex(parseProgram(correlation, 1))).toBe(
      'y_{p_{1}} = \\sum_{\\substack{0 \\le q_{1} < K_{1}}} [0 \\le p_{1} s_{1} + q_{1} - a_{1} < L_{1}]\\, ' +
        'x_{p_{1} s_{1} + q_{1} - a_{1}} \\, w_{q_{1}}',
    );
  });
});

describe('bad definitions are refused with their place', () => {
  const bad: readonly (readonly [string, string, string])[] = [
    ['', 'unreadable-definition', 'nothing'],
    ['y[i<N] =', 'unreadable-definition', 'no right side'],
    ['y[i<N] = x[i', 'unreadable-definition', 'an open bracket'],
    ['y[i<N] = x[i] + ', 'unreadable-definition', 'a dangling plus'],
    ['y[i<N] = x[i] $ 2', 'unreadable-definition', 'a strange sign'],
    ['y[i<N] = [1 <= i < N] x[i]', 'unreadable-definition', 'a guard that does not start at 0'],
    ['y[i<N] = sinh(x[i])', 'unreadable-definition', 'an unknown function'],
    ['y[i<N] = x[flat()]', 'unreadable-definition', 'a flat index of nothing'],
    ['y[i<N] = x[flat(i)]', 'unreadable-definition', 'a digit without its extent'],
    ['y[i<N] = x[flat(i<N]', 'unreadable-definition', 'an open flat index'],
    ['y[i<N] = x[flat(i<N,)]', 'unreadable-definition', 'a comma too many'],
    ['y[i<N] = x[flat(i<=N)]', 'unreadable-definition', 'a digit up to its extent'],
    ['y@[i<N] = x[i]', 'unreadable-definition', '@ where nothing is repeated'],
    ['y[i<N, i<N] = x[i]', 'ill-formed-definition', 'an index declared twice'],
    ['y[i<N] = sum(i<N) x[i]', 'ill-formed-definition', 'a shadowed index'],
    ['y[i<N] = sum(j<i) x[j]', 'ill-formed-definition', 'an extent that depends on an index'],
    ['y[i<N] = x[i] + x[i, i]', 'ill-formed-definition', 'two ranks of one tensor'],
    ['y[i<N] = y[i]', 'ill-formed-definition', 'a stage that reads itself'],
    ['y[i<N] = z[i]; z[i<N] = x[i]', 'ill-formed-definition', 'a stage read before it is defined'],
  ];
  test.each(bad)('%s', (text, code) => {
    expect(codeOf(() => parseProgram(text, 0))).toBe(code);
  });
});
