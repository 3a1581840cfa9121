/** Where mathematics stands in Markdown, and where it only seems to. */

import { describe, expect, test } from 'vitest';
import { readDocument } from '../../../src/notes/document/read.js';

/** `kind: content` of each region; an open one names its delimiter. */
function regions(text: string): readonly string[] {
  const document = readDocument(text, 'markdown');
  for (const region of document.regions) {
    expect(region.text).toHaveLength(region.span.end - region.span.start);
  }
  return document.regions.map(
    r => `${r.kind}${r.unclosed === null ? '' : ` open ${r.unclosed}`}: ${r.text.trim()}`,
  );
}

const found: readonly (readonly [string, string, readonly string[]])[] = [
  ['display on one line', '$$a = b$$', ['display: a = b']],
  ['display that opens and closes on content lines', 'x $$a = b\n+ c$$ y', ['display: a = b\n+ c']],
  ['display with the signs alone, a label behind', '$$\na = b\n$$ (1)', ['display: a = b']],
  ['display with a blank line', '$$\na = b \\\\\n\nc = d\n$$', ['display: a = b \\\\\n\nc = d']],
  ['several inline formulas', '$a=b$ and $c = d$, $e$.', ['inline: a=b', 'inline: c = d', 'inline: e']],
  ['inline with blanks', 'so $ a = b $ and $c = d $', ['inline: a = b', 'inline: c = d']],
  ['inline over a line break', '$a =\nb$', ['inline: a =\nb']],
  ['the form of one large host', '$`a = b`$', ['inline: a = b']],
  [
    'brackets and parentheses',
    '\\[ a = b \\\\[2pt] c \\] and \\( d = e \\)',
    ['display: a = b \\\\[2pt] c', 'inline: d = e'],
  ],
  ['doubled backslashes', '\\\\[ a = b \\\\] and \\\\( c = d \\\\)', ['display: a = b', 'inline: c = d']],
  [
    'a bare environment',
    '\\begin{align}\na &= b\n\\end{align}',
    ['environment: \\begin{align}\na &= b\n\\end{align}'],
  ],
  ['fences', '```math\na = b\n```\n\n~~~ math\nc = d\n~~~', ['code-math: a = b', 'code-math: c = d']],
  ['a heading', '## The gradient $a = b$\n$c$', ['inline: a = b', 'inline: c']],
  ['a table', '| $a = b$ | $c = d$ |\n|---|---|', ['inline: a = b', 'inline: c = d']],
  ['a list', '- item $$x\n  = y$$\n1. $$\n   p = q\n   $$', ['display: x\n  = y', 'display: p = q']],
  ['Windows line ends', '$$\r\na = b\r\n$$\r\n', ['display: a = b']],
  [
    'lines of plain text with a derivative',
    'So\n∂L/∂w = x\n\ndL/dF11 = dL/dO11 * X11\n',
    ['plain: ∂L/∂w = x', 'plain: dL/dF11 = dL/dO11 * X11'],
  ],
];

test.each(found)('%s', (_, text, expected) => {
  expect(regions(text)).toEqual(expected);
});

const prose: readonly (readonly [string, string])[] = [
  ['money', 'It costs $5 and $6, or $7.'],
  ['money with equations between', 'It costs $ 5 and x = $ 6'],
  ['escaped dollars', 'It costs \\$5 = \\$6'],
  ['inline code', '`$a = b$` and ``$c`=d$``'],
  ['code fences', '```python\nx = "$a = b$"\n```\n~~~\n$$c = d$$\n~~~'],
  ['comments', '<!-- $a = b$ -->'],
  ['a sentence with a derivative', 'The value dL/dx = 3 is what we want.'],
];

test.each(prose)('not %s', (_, text) => {
  expect(regions(text)).toEqual([]);
});

test('money before a formula does not shift the pairs', () => {
  expect(regions('It costs $5, and $a = b$.')).toEqual(['inline: a = b']);
  expect(regions('It costs 5$, and $a = b$.')).toEqual(['inline: a = b']);
});

describe('a delimiter that is never closed gives up at its paragraph', () => {
  const open: readonly (readonly [string, readonly string[]])[] = [
    ['$$a = b\n\nText that goes on.\n\n$$c = d$$', ['display open $$: a = b', 'display: c = d']],
    ['$$a = b\n\n$$c = d$$', ['display open $$: a = b', 'display: c = d']],
    ['$$\na = b\n\n## Heading\n\n$$\nc = d\n$$', ['display open $$: a = b', 'display: c = d']],
    ['$$\na = b\n\ntext\n\n$$\nc = d\n$$', ['display open $$: a = b', 'display: c = d']],
    ['\\[ a = b\n\n\\[ c = d \\]', ['display open \\[: a = b', 'display: c = d']],
    ['\\( a = b\n$c = d$', ['inline open \\(: a = b', 'inline: c = d']],
    [
      '\\begin{align} a = b\n\n$c = d$',
      ['environment open \\begin{align}: \\begin{align} a = b', 'inline: c = d'],
    ],
    ['```math\na = b\n\n$c = d$', ['code-math open ```: a = b', 'inline: c = d']],
    ['```python\nx\n\n$$c = d$$', ['display: c = d']],
    ['<!-- a comment\n\n$c = d$', ['inline: c = d']],
    ['`code\n\n$c = d$', ['inline: c = d']],
  ];
  test.each(open)('%j', (text, expected) => {
    expect(regions(text)).toEqual(expected);
  });
});

describe('block quotes', () => {
  test('their signs are blanked out and the places stay', () => {
    const text = '> $$\n> a = b\n> + c > d\n> $$';
    const [region] = readDocument(text, 'markdown').regions;
    expect(region?.text).toBe('\n  a = b\n  + c > d\n  ');
    expect(text.slice(region?.span.start, region?.span.end)).toBe('\n> a = b\n> + c > d\n> ');
  });

  test('nested ones, and a line that forgets its sign', () => {
    expect(regions('> > $$a\n> > = b\n= c$$')).toEqual(['display: a\n    = b\n= c']);
  });

  test('outside of a quote the sign is a formula', () => {
    expect(regions('$$a = b\n> c$$')).toEqual(['display: a = b\n> c']);
  });
});

describe('marks', () => {
  test('comments that speak to backproof, with the place of what they say', () => {
    const text =
      '<!-- backproof: conv2d input=X[3,3]\n  kernel=F -->\n$a$ <!-- backproof-ignore-next -->\n<!-- other -->';
    const { marks } = readDocument(text, 'markdown');
    expect(marks.map(m => [m.name, m.body, m.closed])).toEqual([
      ['backproof', 'conv2d input=X[3,3]\n  kernel=F', true],
      ['backproof-ignore-next', '', true],
    ]);
    for (const mark of marks) {
      expect(text.slice(mark.bodySpan.start, mark.bodySpan.end)).toBe(mark.body);
      expect(text.slice(mark.span.start, mark.span.end)).toMatch(/^<!--.*-->$/s);
    }
  });

  test('not in code; an open one is reported as open', () => {
    const { marks } = readDocument('`<!-- backproof: end -->`\n\n<!-- backproof-off\n\n$a = b$', 'markdown');
    expect(marks.map(m => [m.name, m.closed])).toEqual([['backproof-off', false]]);
  });
});
