/** What is not read: the code, the reason and the place; the equations around it are. */

import { describe, expect, test } from 'vitest';
import { displayed, equationsOf, linesOf } from './read.js';

const refusals: readonly (readonly [string, string, RegExp, string])[] = [
  ['F_11 = 2', 'ambiguous', /no sign stands before the number 1; put the index into braces/, '1'],
  ['a = x 2', 'ambiguous', /no sign stands before the number 2/, '2'],
  ['a = \\log x y', 'ambiguous', /how far log reaches/, 'x'],
  [
    '\\frac{\\partial}{\\partial x} a x = 1',
    'ambiguous',
    /how far the derivative operator reaches/,
    '\\frac{\\partial}{\\partial x}',
  ],
  ['a = b \\quad c', 'ambiguous', /behind the wide space/, 'c'],
  ['a = (b \\quad c)', 'ambiguous', /wide space stands between factors/, 'c'],
  [
    '\\begin{aligned} a & b = c \\end{aligned}',
    'ambiguous',
    /behind the wide space or alignment mark/,
    'b = c',
  ],
  ['a = \\foo{b}', 'unknown-command', /\\foo is not known/, '\\foo'],
  ['a \\pm b = c', 'unsupported', /plus-minus/, '\\pm'],
  ['a = \\int f', 'unsupported', /integral/, '\\int'],
  ['a = \\lim_{x \\to 0} f', 'unsupported', /limit/, '\\lim'],
  ['a = \\binom{n}{k}', 'unsupported', /binomial/, '\\binom'],
  ['a = \\hat{b + c}', 'unsupported', /hat over a formula/, '\\hat'],
  ['a = \\left. b \\right|_{x=0}', 'unsupported', /evaluation bar/, '\\right|'],
  ['a = \\begin{bmatrix} 1 & \\end{bmatrix}', 'unsupported', /empty cell/, '\\end{bmatrix}'],
  [
    'a = \\begin{bmatrix} 1 & 2 \\\\ 3 \\end{bmatrix}',
    'syntax',
    /2 and 1 cells/,
    '\\begin{bmatrix} 1 & 2 \\\\ 3 \\end{bmatrix}',
  ],
  ['dA += b', 'unsupported', /assignment with an operator/, '+'],
  ['a = dZ^{[l](i)}', 'unsupported', /superscript of two parts/, '('],
  ['a = \\frac{b}{c}^{pad}', 'unsupported', /word as a superscript/, '^'],
  ['a = b\\Big|_{z=0}', 'unsupported', /single bar/, '\\Big|'],
  ['a = \\dots', 'syntax', /nothing but an ellipsis/, '\\dots'],
  ['a = x_1_2', 'syntax', /two subscripts/, '_'],
  ['a = b +', 'syntax', /ends where/, ''],
  ['a = = b', 'syntax', /nothing stands behind/, '='],
  ['a = b) + c', 'syntax', /bracket \)/, ')'],
  ['a = \\left( b + c', 'unclosed', /bracket \( is not closed/, '\\left('],
  ['a = \\frac{b}{c', 'unclosed', /brace \{ without its other half/, '{'],
  ['a = \\begin{bmatrix} b', 'unclosed', /\\begin\{bmatrix\}/, '\\begin{bmatrix}'],
  [`a = ${'('.repeat(200)}b${')'.repeat(200)}`, 'too-deep', /nested more than/, '('],
  [`a = ${'b/'.repeat(20)}c`, 'too-deep', /slashes in a row/, '/'],
];

test.each(refusals)('%s', (latex, code, reason, place) => {
  const [equation] = displayed(latex);
  expect(equation?.kind).toBe('unread');
  if (equation?.kind !== 'unread') return;
  expect(equation.failure.code).toBe(code);
  expect(equation.failure.reason).toMatch(reason);
  const { start, end } = equation.failure.span;
  expect(`$$${latex}$$`.slice(start, end)).toBe(place);
});

describe('one bad equation does not stop the others', () => {
  test('an open brace in a row', () => {
    expect(linesOf('$$\\begin{aligned} a &= {b \\\\ c &= d \\\\ e &= \\frac{f}{ \\end{aligned}$$')).toEqual([
      'unread: unclosed',
      'c = d',
      'unread: unclosed',
    ]);
  });

  test('an environment without its end', () => {
    expect(linesOf('$$a = \\begin{bmatrix} 1 \\\\ b = c$$ and $d = e$')).toEqual([
      'unread: unclosed',
      'b = c',
      'd = e',
    ]);
  });

  test('a display that is never closed', () => {
    const [open, next] = equationsOf('$$ a = b\n\nText goes on here.\n\n$$c = d$$');
    expect(open?.kind === 'unread' && open.failure.reason).toBe('$$ is never closed');
    expect(next?.kind).toBe('read');
  });
});
