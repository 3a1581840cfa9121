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
