/** Which lines of plain text are formulas. */

import { expect, test } from 'vitest';
import { readDocument } from '../../../src/notes/document/read.js';

const formulas = (text: string) => readDocument(text, 'text').regions.map(r => `${r.syntax}: ${r.text}`);

const taken: readonly (readonly [string, string])[] = [
  ['dL/dF11 = dL/dO11 * X11', 'plain: dL/dF11 = dL/dO11 * X11'],
  ['  - O11 = X11*F11 + X12*F12.', 'plain: O11 = X11*F11 + X12*F12'],
  ['1. O = W*X', 'plain: O = W*X'],
  ['=> O = W*X', 'plain: O = W*X'],
  ['Forward pass: O = W*X', 'plain: O = W*X'],
  ['O = W*X   (matrix product)', 'plain: O = W*X'],
  ['O = W*X   # first', 'plain: O = W*X'],
  ['y = max(0, x) for i = 1..n', 'plain: y = max(0, x) for i = 1..n'],
  ['∂L/∂w1 = (∂L/∂z)·x1', 'plain: ∂L/∂w1 = (∂L/∂z)·x1'],
  ['dL/dX = Full Convolution(rot180 F, dL/dO)', 'plain: dL/dX = Full Convolution(rot180 F, dL/dO)'],
  ['\\frac{dL}{dX} = F \\\\', 'latex: \\frac{dL}{dX} = F \\\\'],
  ['$$a_1 = b$$', 'latex: a_1 = b'],
];

test.each(taken)('%s', (line, expected) => {
  expect(formulas(line)).toEqual([expected]);
});

const left: readonly string[] = [
  'The stride is s = 2',
  'We know that x = 3.',
  'Is x = 3 right?',
  'if a == b:',
  'for i in range(3):',
  'return x = 3',
  '# O = W*X',
  'no sign at all',
  'a <= b',
  'see http://a.example/b?c=d e',
];

test.each(left)('not %s', line => {
  expect(formulas(line)).toEqual([]);
});

test('comment lines are marks if they speak to backproof', () => {
  const text = '# backproof: conv2d input=X[3,3]\n# other\n  # backproof-ignore-next\nx = 1\n';
  const { marks } = readDocument(text, 'text');
  expect(marks.map(m => [m.name, m.body])).toEqual([
    ['backproof', 'conv2d input=X[3,3]'],
    ['backproof-ignore-next', ''],
  ]);
  expect(marks.map(m => text.slice(m.bodySpan.start, m.bodySpan.end))).toEqual(marks.map(m => m.body));
});
