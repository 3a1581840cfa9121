/** No input stops the reader: nothing is thrown, every place lies in the text, time grows with the length. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Format } from '../../../src/notes/document/document.js';
import type { Equation } from '../../../src/notes/formula/equation.js';
import { latexOf } from '../../../src/notes/formula/print.js';
import type { Formula } from '../../../src/notes/formula/tree.js';
import { equationsOf, lineOf } from './read.js';

const PIECES = [
  ...[
    '$',
    '$$',
    '\\[',
    '\\]',
    '\\(',
    '\\)',
    '\n',
    '\n\n',
    '> ',
    '- ',
    '# ',
    '```',
    '```math\n',
    '`',
    '<!--',
    '-->',
    '\\$',
  ],
  ...['{', '}', '(', ')', '[', ']', '\\left(', '\\right)', '\\left.', '\\right|', '|', '\\|', '\\{', '\\}'],
  ...[
    '\\begin{aligned}',
    '\\end{aligned}',
    '\\begin{bmatrix}',
    '\\end{bmatrix}',
    '\\begin{cases}',
    '\\end{cases}',
  ],
  ...[
    '\\begin',
    '\\end{',
    '\\\\',
    '&',
    '\\quad',
    '\\text{if}',
    '\\text{',
    '\\boxed{',
    '\\color{red}',
    '\\overset{a}{=}',
  ],
  ...[
    '=',
    ':=',
    '\\approx',
    '+',
    '-',
    '*',
    '\\cdot',
    '/',
    '\\star',
    '*_{full}',
    ',',
    ';',
    '.',
    '\\dots',
    '\\forall',
    '\\in',
  ],
  ...[
    '\\frac',
    '\\frac{\\partial L}{\\partial x}',
    '\\partial',
    'd',
    '\\nabla',
    '\\sqrt',
    '\\hat',
    '\\mathbf',
    '\\underbrace',
  ],
  ...[
    '_',
    '^',
    "'",
    '^T',
    '_{11}',
    '^{(l)}',
    '\\sum_{k=1}^n',
    '\\max',
    '\\log',
    '\\Rightarrow',
    '\\tag{1}',
    '\\foo',
    '%',
  ],
  ...[
    'x',
    'X_{11}',
    'loss',
    '12',
    '1,820',
    '180^\\circ',
    '∂',
    'ŷ',
    '₁',
    '𝑥',
    '\ud835',
    '\0',
    '\u0302',
    ' ',
    '\t',
    '°',
    ':',
  ],
];

const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map(parts => parts.join(''));

function inside({ start, end }: { start: number; end: number }, text: string): boolean {
  return start >= 0 && start <= end && end <= text.length;
}

function isSound(equation: Equation, text: string): boolean {
  if (!inside(equation.span, text)) return false;
  if (equation.kind === 'unread')
    return equation.failure.reason !== '' && inside(equation.failure.span, text);
  return [equation.left, equation.right].every(side => inside(side.span, text) && latexOf(side) !== '');
}

describe('token soups', () => {
  const check = (text: string, format: Format) => {
    const equations = equationsOf(text, format);
    expect(equations.map(e => e.n)).toEqual(equations.map((_, k) => k + 1));
    expect(equations.filter(e => !isSound(e, text))).toEqual([]);
  };

  test('in Markdown', () =>
    fc.assert(
      fc.property(soup, text => check(text, 'markdown')),
      { numRuns: 2000 },
    ));
  test('in one display', () =>
    fc.assert(
      fc.property(soup, text => check(`$$a = ${text}$$`, 'markdown')),
      { numRuns: 2000 },
    ));
  test('in plain text', () =>
    fc.assert(
      fc.property(soup, text => check(`a = ${text}`, 'text')),
      { numRuns: 1000 },
    ));
  test('any characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), text => check(`$$${text}$$`, 'markdown')),
    );
  });
});

test('what is read from a soup prints and reads back as itself', () => {
  const withoutSource = (side: Formula) => latexOf(side);
  fc.assert(
    fc.property(soup, text => {
      for (const equation of equationsOf(`$$a = ${text}$$`)) {
        if (equation.kind !== 'read' || equation.right.kind === 'list') continue;
        const again = equationsOf(`$$a = (${latexOf(equation.right)})$$`); // where words end no statement
        const [only] = again;
        expect(again).toHaveLength(1);
        expect(only?.kind === 'read' && withoutSource(only.right)).toBe(withoutSource(equation.right));
      }
    }),
    { numRuns: 3000 },
  );
});

describe('time grows with the length', () => {
  const open =
    (before: string, piece: string, after = '') =>
    (n: number) =>
      before + piece.repeat(n) + after;
  const texts: readonly (readonly [string, (n: number) => string])[] = [
    ['dollars', open('', '$')],
    ['braces', open('$$a = ', '{', '$$')],
    ['closing braces', open('$$a = ', '}', '$$')],
    ['brackets behind names', open('$$a = ', 'x(', '$$')],
    ['fractions', open('$$a = ', '\\frac{', '$$')],
    ['scripts', open('$$a = ', 'x^{(', '$$')],
    ['texts', open('$$a = ', '\\text{', '$$')],
    ['environments', open('$$a = ', '\\begin{bmatrix}', '$$')],
    ['fences', open('', '```math\n')],
    ['comments', open('', '<!-- backproof ')],
    [
      'backticks',
      n => Array.from({ length: Math.floor(Math.sqrt(2 * n)) }, (_, k) => '`'.repeat(k)).join(' '),
    ],
    ['quotes', open('', '> ', '$$a = b$$')],
    ['minus signs', open('$$a = ', '-', 'b$$')],
    ['NUL', open('$$a = ', '\0', '$$')],
    ['lone surrogates', open('$$a = ', '\ud800', '$$')],
  ];

  const many: typeof texts = [
    ['terms', open('$$a = ', 'b + ', 'c$$')],
    ['rows', open('$$', 'a = b \\\\ ', '$$')],
    ['rows carried on', open('$$a = b', ' \\\\ + c', '$$')],
    ['ranges', open('$$', 'a = b, i = 1, \\dots, n, ', '$$')],
    ['displays', open('', '$$ a = b\n\n')],
    ['bracket displays', open('', '\\[ a = b\n\n')],
    ['bare environments', open('', '\\begin{align} a = b\n\n')],
  ];

  // A quadratic step over so many pieces takes minutes and runs into the test's own limit.
  const isRead = (text: string, format: Format = 'markdown') => {
    const equations = equationsOf(text, format);
    expect(equations.every(equation => lineOf(equation) !== '')).toBe(true);
  };
  test.each(texts)('%s', (_, text) => isRead(text(100_000)), 60_000);
  test.each(many)('%s', (_, text) => isRead(text(20_000)), 60_000);

  test.each([
    ['spaces', `a =${' '.repeat(100_000)}b`],
    ['letters', `a = ${'x'.repeat(100_000)}`],
    ['full stops', `a = b${'.'.repeat(100_000)}c`],
    ['dollars', `\\frac{a}{b} = c${'$'.repeat(100_000)}x`],
    ['bullets', `${'- '.repeat(100_000)}a = b`],
  ])('a line of plain text with many %s', (_, text) => isRead(text, 'text'), 60_000);

  test('ten megabytes of text and equations', () => {
    const block =
      '$$\\frac{\\partial L}{\\partial F_{11}} = \\frac{\\partial L}{\\partial O_{11}} \\times X_{11} + b$$\n\n';
    const page = `${'The words between the equations are many more. '.repeat(10)}\n\n${block}`;
    const count = Math.ceil(1e7 / page.length);
    expect(equationsOf(page.repeat(count))).toHaveLength(count);
  }, 60_000);
});
