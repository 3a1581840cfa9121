import { describe, expect, test } from 'vitest';
import { apply, type Claim, COTANGENT, type Hole, operators, tensor } from '../../src/ops/index.js';
import { gradientTable, type TableOptions } from '../../src/teach/index.js';
import { conv2d, named } from './tables.js';

describe('closed forms', () => {
  const dO = '\\frac{\\partial L}{\\partial O}';
  const forms = (input: string, kernel: string, params: TableOptions['params'] = {}) => {
    const { closedForms } = conv2d(input, kernel, { params, of: ['forward'] });
    const rightSide = (latex: string) => latex.slice(latex.indexOf(' = ') + 3).replaceAll(dO, 'D');
    const { input: x, kernel: w, bias } = closedForms;
    return [x, w!, bias!].map(form => rightSide(form.latex));
  };
  const full = (a: string, b: string) => `${a} \\star_{full} ${b}`;
  const call = (name: string, args: string) =>
    args.includes('D') ? `\\operatorname{${name}}\\left(${args}\\right)` : `\\operatorname{${name}}(${args})`;

  test('stride 1, no padding', () => {
    expect(forms('X=3x3', 'F=2x2')).toEqual([
      full('D', '\\operatorname{rot180}(F)'),
      'X \\star D',
      '\\sum D',
    ]);
  });

  test('stride 2, with and without a remainder', () => {
    const stuffed = call('zero-stuff', 'D, \\text{step } 2');
    expect(forms('X=5x5', 'F=3x3', { stride: 2 }).slice(0, 2)).toEqual([
      full(stuffed, call('rot180', 'F')),
      `X \\star ${stuffed}`,
    ]);
    expect(forms('X=6x6', 'F=3x3', { stride: 2 }).slice(0, 2)).toEqual([
      call('crop', `${full(stuffed, call('rot180', 'F'))}, \\text{length } 6`),
      call('crop', `X \\star ${stuffed}, \\text{length } 3`),
    ]);
  });

  test('padding and dilation', () => {
    expect(forms('X=3x3', 'F=2x2', { padding: 1 }).slice(0, 2)).toEqual([
      call('crop', `${full('D', call('rot180', 'F'))}, \\text{offset } 1, \\text{length } 3`),
      `${call('pad', 'X, \\text{before } 1, \\text{after } 1')} \\star D`,
    ]);
    expect(forms('X=5x5', 'F=2x2', { dilation: 2 }).slice(0, 2)).toEqual([
      full('D', call('rot180', call('dilate', 'F, \\text{step } 2'))),
      call('correlate', 'X, D, \\text{step } 2'),
    ]);
    // the length is said although 1 is its default
    expect(forms('X=1x1', 'F=2x2', { padding: 1 })[0]).toMatch(/\\text\{length \} 1\\right\)$/u);
  });

  test('true convolution', () => {
    const [input, kernel] = forms('X=3x3', 'F=2x2', { convention: 'convolution' });
    expect([input, kernel]).toEqual([full('D', 'F'), call('rot180', 'X \\star D')]);
  });

  test('channels and groups', () => {
    expect(forms('X=2x4x3x3', 'F=6x2x2x2', { groups: 2 })[0]).toBe(
      call(
        'correlate',
        `D, ${call('rot180', call('transpose', call('regroup', 'F, \\text{groups } 2')))}, \\text{groups } 2, \\text{padding full}`,
      ),
    );
    expect(forms('X=1x2x3x3', 'F=1x2x2x2').slice(1)).toEqual([
      call('transpose', `${call('transpose', 'X')} \\star D`),
      '\\sum D',
    ]);
    expect(forms('X=3x3', 'F=2x2x2')[2]).toBe(call('channel-sum', 'D'));
  });
});

describe('claims that no record makes', () => {
  const D = tensor(COTANGENT);
  const record = operators.find(one => one.name === 'flip_spatial')!;
  const formOf = (claim: Claim | Hole) => {
    const other = { ...record, claims: () => ({ x: claim }) };
    return gradientTable(other, { input: named('X=2x2'), of: ['input'] }).closedForms.input;
  };
  const right = (claim: Claim) =>
    formOf(claim)
      .latex.split(' = ')[1]!
      .replaceAll(/\\frac\{[^}]*\}\{[^}]*\}/gu, 'D');

  test('products in products are parenthesised; a true convolution is never a bare *', () => {
    const inner = apply('correlate', { x: tensor('x'), w: D });
    expect(right(apply('correlate', { x: inner, w: D }))).toBe('\\left(X \\star D\\right) \\star D');
    expect(right(apply('convolve', { x: tensor('x'), w: D }))).toBe(
      '\\operatorname{convolve}\\left(X, D\\right)',
    );
    const full = { padding: 'full' };
    expect(right(apply('convolve', { x: tensor('x'), w: D }, {}, full))).toBe('X *_{full} D');
  });

  test('a hole says so', () => {
    const { latex, text } = formOf({ kind: 'hole', reason: 'nobody knows' });
    expect(text).toBe('dL/dX: no closed form, nobody knows');
    expect(latex).toBe('\\frac{\\partial L}{\\partial X}: \\text{no closed form}');
  });
});
