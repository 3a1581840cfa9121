/** How a block falls into equations. */

import { expect, test } from 'vitest';
import { displayed, equationsOf, lineOf, linesOf } from './read.js';

const blocks: readonly (readonly [string, string, readonly string[]])[] = [
  ['rows', '\\begin{aligned} a &= b \\\\[2pt] c &= d \\\\ \\end{aligned}', ['a = b', 'c = d']],
  ['bare rows', 'a = b \\\\ c = d', ['a = b', 'c = d']],
  ['eqnarray', '\\begin{eqnarray} a &=& b \\\\ c &=& d \\nonumber \\end{eqnarray}', ['a = b', 'c = d']],
  ['array as eqnarray', '\\begin{array}{rcl} a &=& b \\\\ c &=& d \\end{array}', ['a = b', 'c = d']],
  ['gather, multline', '\\begin{gather} a = b \\\\ c = d \\end{gather}', ['a = b', 'c = d']],
  [
    'split in equation',
    '\\begin{equation}\\begin{split} a &= b \\\\ &\\quad + c \\end{split}\\end{equation}',
    ['a = (b +c)'],
  ],
  [
    'two columns',
    '\\begin{align} a &= b & c &= d \\\\ e &= f & g &= h \\end{align}',
    ['a = b', 'c = d', 'e = f', 'g = h'],
  ],
  ['wide spaces', 'a = b \\quad c = d \\qquad e = f', ['a = b', 'c = d', 'e = f']],
  ['semicolons and commas', 'a = b; c = d, \\quad e = f, g = h', ['a = b', 'c = d', 'e = f', 'g = h']],
  ['words', 'a = b \\text{ and } c = d \\text{ where } e = f', ['a = b', 'c = d', 'e = f']],
  ['arrows', 'a = b \\Rightarrow c = d \\implies e = f', ['a = b', 'c = d', 'e = f']],
  ['line breaks alone', 'a = b\nc = d\n  + e\nf\n= g', ['a = b', 'c = (d +e)', 'f = g']],
  ['a chain', 'a = b = c', ['a = b', 'b = c {chain}']],
  [
    'rows that begin with the sign',
    '\\begin{aligned} a &= b \\\\ &= c \\\\ &= d = e \\end{aligned}',
    ['a = b', 'a = c {inherited}', 'a = d {inherited}', 'd = e {chain}'],
  ],
  ['a row carried on', '\\begin{aligned} a = & b \\\\ & + c \\\\ & - d \\end{aligned}', ['a = (b +c -d)']],
  [
    'a bracket over two rows',
    '\\begin{aligned} a &= \\left( b \\right. \\\\ &\\left. + c \\right) \\end{aligned}',
    ['a = (b +c)'],
  ],
  ['a range', 'Y_i = X_j * K_{ij}, \\quad j=1,...,d', ['Y_i = (X_j ast K_glued:i.j) | j=1..d']],
  ['ranges of two names', 'a = b, i, j = 1, \\dots, n', ['a = b | i=1..n | j=1..n']],
  ['a range for two equations', 'a = b, c = d, \\quad j = 1, 2, 3', ['a = b | j=1..3', 'c = d | j=1..3']],
  ['a range in words', 'a = b \\quad \\text{for } 1 \\le j \\le d', ['a = b | j=1..d']],
  ['a range over a set', 'a = b \\quad \\forall i \\in \\{1, \\dots, n\\}', ['a = b | i=1..n']],
  ['a condition', 'a = b \\text{ if } x > 0', ['a = b | condition: if x > 0']],
  ['a claim', 'W = V \\in S', ['W = V | condition: in S']],
  ['equation numbers', 'a = b \\quad (2a) \\\\ c = d \\qquad (1.2)', ['a = b | tag: 2a', 'c = d | tag: 1.2']],
  [
    'label columns',
    '\\begin{align} a &= b && \\text{(mean)} \\\\ c &= d \\tag{2} \\\\ e &= f \\quad (3) \\end{align}',
    ['a = b | label: (mean)', 'c = d | tag: 2', 'e = f | tag: 3'],
  ],
  ['two spaces before a new left side', 'a = b \\;\\; c = d', ['a = b', 'c = d']],
  ['an arrow between formulas', 'x \\mapsto y = z', ['unread: syntax']],
  [
    'a column of words or numbers',
    '\\begin{aligned} \\text{Step 1} & a = b \\\\ (2) & c = d \\end{aligned}',
    ['a = b', 'c = d'],
  ],
  ['a box around an equation', '\\boxed{a = b}', ['a = b']],
  ['a box around rows', '\\boxed{\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}}', ['a = b', 'c = d']],
  ['a system', '\\left\\{ \\begin{aligned} a &= b \\\\ c &= d \\end{aligned} \\right.', ['a = b', 'c = d']],
  ['words before', '\\text{Therefore, } a = b', ['a = b']],
  [
    'relations',
    'a := b \\equiv c \\approx d \\leftarrow e',
    ['a define b', 'b identical c {chain}', 'c approximate d {chain}', 'd assign e {chain}'],
  ],
  ['a range alone', 'i = 1, \\dots, n', ['i = none-list{1, dots, n}']],
  ['no relation', 'X \\in \\mathbb{R}^{8 \\times 12}', []],
  ['a remark on the sign', 'a \\overset{!}{=} b', ['a = b']],
];

test.each(blocks)('%s', (_, latex, expected) => {
  expect(displayed(latex).map(lineOf)).toEqual(expected);
});

test('the sources of the links of a chain overlap; a row that inherits begins with its sign', () => {
  const text = '$$\\begin{aligned} a &= b = c \\\\ &= d \\end{aligned}$$';
  const sources = equationsOf(text).map(e => text.slice(e.span.start, e.span.end));
  expect(sources).toEqual(['a &= b', 'b = c', '= d']);
});

test('a block that begins with the sign inherits from the block before', () => {
  const [, second] = equationsOf('$$a = b$$\n\n$$= c$$');
  expect(second === undefined ? '' : lineOf(second)).toBe('a = c {inherited}');
  expect(linesOf('$$= c$$')).toEqual(['unread: syntax']);
});

test('numbers go through the document, unread equations included', () => {
  const equations = equationsOf('$a = b$ and $x$\n\n$$c = \\foo \\\\ d = e$$\n\n$f = g = h$');
  expect(equations.map(e => [e.n, e.kind])).toEqual([
    [1, 'read'],
    [2, 'unread'],
    [3, 'read'],
    [4, 'read'],
    [5, 'read'],
  ]);
});
