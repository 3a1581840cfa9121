/** What is printed reads back as the same tree. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Equation } from '../../../src/notes/formula/equation.js';
import { latexOf } from '../../../src/notes/formula/print.js';
import { displayed, lineOf } from './read.js';

const print = (equation: Equation | undefined) =>
  equation?.kind === 'read' ? `${latexOf(equation.left)} = ${latexOf(equation.right)}` : 'unread';

/** The plus signs that an ellipsis lost are printed. */
const withoutLostSigns = (equation: Equation | undefined) =>
  equation === undefined ? '' : lineOf(equation).replace(/ \+?dots \+?/g, ' dots ');

const printed: readonly (readonly [string, string])[] = [
  ['\\dfrac{dL}{dX_{11}} = \\boxed{X_{12}} \\cdot F_1', '\\frac{dL}{dX_{11}} = X_{12} \\cdot F_{1}'],
  ['\\partial L/\\partial O = a * b - c', '\\partial L/\\partial O = a * b - c'],
  ['a = -b(c + d)', 'a = -b\\left( c + d \\right)'],
  ['a = (b + c)^2', 'a = \\left( b + c \\right)^{2}'],
  ['a = B *_{full} \\alpha', 'a = B *_{\\text{full}} \\alpha'],
  ['Y_i = \\sum\\limits_{j=1}^d X_j \\star K_{ij}', 'Y_{i} = \\sum_{j=1}^{d} X_{j} \\star K_{ij}'],
  ['w_1^* = \\hat{y}^{[l]T}', 'w_{1}^{*} = \\hat{y}^{[l]T}'],
];

test.each(printed)('%s', (latex, expected) => {
  expect(print(displayed(latex)[0])).toBe(expected);
});

const sources: readonly string[] = [
  ...['notes-a', 'notes-b'].flatMap(name => {
    const listed: readonly { latex: string }[] = JSON.parse(
      readFileSync(new URL(`data/${name}.json`, import.meta.url), 'utf8'),
    );
    return listed.map(equation => equation.latex);
  }),
  '\\frac{\\partial^2 L}{\\partial x \\partial y} = \\nabla_W L \\cdot dW^{[1]}',
  '\\frac{\\partial}{\\partial x}\\left( a + b \\right) = \\partial_x a',
  "I[i,j] = W[1,:,2:3] + Y(i,j) + K_{i+1,j-1} + \\sigma'(z)",
  'a_{prev} = n_{in} + x_{\\text{out}} + \\text{Full Convolution}(a, b)',
  'a = \\max(0, x) + \\max_{0 \\le m < 2} X_m + \\operatorname{argmax}_k p_k',
  'f = \\begin{cases} 1 & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}',
  'O = \\left\\lfloor \\frac{W}{S} \\right\\rfloor + |a| + \\sqrt{b} + \\sqrt[3]{c}',
  'a = (b - c) - (d - e) - (-f) + g \\cdot (-h)',
  'a = b / c / d + (a + b) / (c d)',
  'a = \\sum_i (b_i + c_i) + \\left( \\sum_j d_j \\right) e',
  'a = e^{-x} + 2^{n} + (x^2)^T + (X * F)_{11} + (a b)^{n}',
  'A = \\begin{bmatrix} a & \\cdots \\\\ \\vdots & \\ddots \\end{bmatrix} + \\begin{matrix} 1 \\end{matrix}',
  'a = \\mathbf{W}\\mathcal{L} + \\mathrm{loss} + conv\\_out + \\boldsymbol{\\theta}_1',
  'a = [1, 2] + (3, 4) + \\{5, \\dots, 6\\} + 35 K + 1{,}820',
  'a = b + c \\dots d',
  'K = 180^\\circ \\text{ rotated Filter } F + \\text{rot}_{180^\\circ}\\{w\\}',
  '\\mathbf{1}^T x = \\mathbb{1}_{x > 0}',
];

test.each(sources)('round trip: %s', latex => {
  const [first] = displayed(latex);
  const again = displayed(print(first));
  expect(first?.kind).toBe('read');
  expect(again.map(print)).toEqual([print(first)]);
  expect(again.map(withoutLostSigns)).toEqual([first].map(withoutLostSigns));
});
