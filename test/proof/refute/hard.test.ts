import { describe, expect, test } from 'vitest';
import { refute } from '../../../src/proof/refute/refute.js';
import { meets, naiveDifference } from './naive.js';
import { expectSmallest, sizesFromOne } from './smallest.js';
import { convolution, statementOf } from './statements.js';

describe('refute', () => {
  test('goes on at random where small sizes do not differ, and makes the find small', () => {
    const far = '[0 <= s1 + s2 - 6 < 9] [0 <= K1 - 3 < 9] [0 <= P2 - 3 < 9] [0 <= M - 2 < 9]';
    const wrong = (text: string) => text.replace('] = [0 <= l@', `] = ${far} 7*full[n, c, l@] + [0 <= l@`);
    const statement = convolution(2, 'x', wrong);
    const { sizes } = expectSmallest(statement, sizesFromOne);
    const { N, G, I, M, s1, s2, K1, K2, P1, P2, d1, d2, a1, L1, b1 } = sizes;
    expect({ N, G, I, M, K1, K2, P1, P2, d1, d2, a1 }).toEqual({
      ...{ N: 1, G: 1, I: 1, M: 2, K1: 3, K2: 1, P1: 1, P2: 3, d1: 1, d2: 1, a1: 0 },
    });
    expect([s1! + s2!, L1! + b1!]).toEqual([6, 3]);
  });

  test('zeros and negative offsets come last', () => {
    const text = `left[p<P] = [0 <= p - a < L] x[p - a]
      right[p<P] = [0 <= p - a < L] x[p - a] + [0 <= -a - 2 < 9] [p = 0] x[0]`;
    const statement = statementOf(text, 0, ['P', 'L', 'a'], ['P', 'L']);
    expect(refute(statement)).toEqual({
      sizes: { P: 1, L: 1, a: -2 },
      index: [0],
      left: '0',
      right: 'x[0]',
      monomial: 'x[0]',
      leftCoefficient: '0',
      rightCoefficient: '1',
    });
  });

  test('an empty sum shows at size 0 alone', () => {
    const text = 'left[] = sum(k<K) x[k]; right[] = sum(k<K) x[k] + [K = 0] 3';
    expect(refute(statementOf(text, 0, ['K'], ['K']))).toMatchObject({
      sizes: { K: 0 },
      right: '3',
      monomial: '1',
    });
    expect(refute(statementOf(text, 0, ['K'], ['K-1']))).toBeNull();
  });

  test('a chain of two layers in the wrong order', () => {
    const layer = (
      name: string,
      kernel: string,
      K: string,
      s: string,
      from: string,
      L: string,
      size: string,
    ) => `${name}[p<${size}] = sum(q<${K}) [0 <= ${s}*p + q < ${L}] ${from}[${s}*p + q] * ${kernel}[q]\n`;
    const forward = layer('h', 'u', 'A', 's', 'x', 'L', 'P') + layer('y', 'v', 'B', 't', 'h', 'P', 'Q');
    const other = layer('k', 'v', 'B', 't', 'x', 'L', 'Q') + layer('z', 'u', 'A', 's', 'k', 'P', 'Q');
    const sides = 'left[p<Q] = y[p]\nright[p<Q] = z[p]';
    const sizes = ['L', 'A', 'B', 'P', 'Q', 's-1', 't-1'];
    const assume = [...sizes, 'L-A-s*P+s', 's-1-L+A+s*P-s', 'P-B-t*Q+t', 't-1-P+B+t*Q-t'];
    const statement = statementOf(forward + other + sides, 0, ['L', 'A', 'B', 'P', 'Q', 's', 't'], assume);
    const found = refute(statement);
    expect(found).not.toBeNull();
    const values = new Map(Object.entries(found!.sizes));
    expect(meets(statement, values)).toBe(true);
    expect(naiveDifference(statement, values)?.index).toEqual(found!.index);
  });

  test('a factor forgotten in the derivative of a square; repeated cells', () => {
    const text = 'left[] = sum(m<N) u[m]*x[m]*x[m]; right[n<N] = u[n]*x[n]';
    const found = refute(statementOf(text, 0, ['N'], ['N'], 'x'));
    expect(found).toMatchObject({
      sizes: { N: 1 },
      left: '2*u[0]*x[0]',
      right: 'u[0]*x[0]',
      leftCoefficient: '2',
    });
    const right = 'left[] = sum(m<N) u[m]*x[m]*x[m]; right[n<N] = 2*u[n]*x[n]';
    expect(refute(statementOf(right, 0, ['N'], ['N'], 'x'))).toBeNull();
  });

  test('long values are cut, coefficients are exact', () => {
    const text = `left[] = sum(k<N) [0 <= N - 40 < 9] x[k] + 12345678901234567890123*y[];
      right[] = sum(k<N) [0 <= N - 40 < 9] 2*x[k] + 12345678901234567890123*y[]`;
    const found = refute(statementOf(text, 0, ['N'], ['N']));
    expect(found).toMatchObject({
      sizes: { N: 40 },
      monomial: 'x[0]',
      leftCoefficient: '1',
      rightCoefficient: '2',
    });
    expect(found!.left).toHaveLength(240);
    expect(found!.left).toMatch(/ \.\.\.$/);
    expect(found!.left).toMatch(/^x\[0\] \+ x\[1\]/);
    const other = text.replace('123*y[]', '124*y[]').replace(/\[0 <= N - 40 < 9\]/g, '');
    const exact = refute(statementOf(other.replace('2*x[k]', 'x[k]'), 0, ['N'], ['N']));
    expect(exact).toMatchObject({ monomial: 'y', leftCoefficient: '12345678901234567890124' });
  });

  test('absurd extents end the search, not the process', () => {
    const text = 'left[] = sum(k<1000000000000*N*N*N*N) x[k]; right[] = sum(k<1000000000000*N) sum(j<N) x[k]';
    const flat = text.replace('sum(k<1000000000000*N) sum(j<N) x[k]', 'sum(k<1000000000000*N, j<N) x[k]');
    expect(refute(statementOf(flat, 0, ['N'], ['N']))).toBeNull();
  });

  test('the same answer every time, and none without a budget', () => {
    const statement = convolution(1, 'w', text => text.replace('d@*k@ + p@', 'k@ + p@'));
    expect(refute(statement)).toEqual(refute(statement));
    expect(refute(statement, 10)).toBeNull();
  });
});
