import { describe, expect, test } from 'vitest';
import { walkSetups } from '../../../src/notes/setup/index.js';
import { thrown } from '../../tensor/thrown.js';
import { readText } from './document-of.js';

const walk = (text: string) => {
  const { document, equations } = readText(text);
  return walkSetups(document, equations, 'notes.md');
};

/** Per equation: places of setups, `-` ignored, `none`, and names of what is not covered. */
const brief = (text: string) =>
  walk(text).standings.map(one => {
    if (one.kind !== 'in-force') return one.kind === 'ignored' ? '-' : 'none';
    return [...one.setups, ...one.notCovered].join(' ');
  });

const CONV = '<!-- backproof: conv2d input=X[3,3] kernel=F[2,2] output=O -->';
const SECOND = '<!-- backproof: conv2d input=O[2,2] kernel=G[2,2] output=Z -->';
const REPLACED = '<!-- backproof: conv2d input=X[4,4] kernel=F[2,2] output=O -->';
const SIGMOID = '<!-- backproof: sigmoid input=Z output=A -->';
const BLOCK = '$$O_{11} = X_{11}$$';

test.each<[string, string[], string[]]>([
  ['a directive holds from where it stands', [BLOCK, CONV, BLOCK, BLOCK], ['none', '0', '0']],
  ['directives accumulate', [CONV, BLOCK, SECOND, BLOCK, SIGMOID, BLOCK], ['0', '0 1', '0 1 sigmoid']],
  ['the same output replaces', [CONV, SECOND, BLOCK, REPLACED, BLOCK], ['0 1', '1 2']],
  ['end clears', [CONV, BLOCK, '<!-- backproof: end -->', BLOCK, SECOND, BLOCK], ['0', 'none', '1']],
  ['uncovered ones alone', ['<!-- backproof: output-size -->', BLOCK], ['output-size']],
  ['an uncovered one does not pile up', [SIGMOID, SIGMOID, BLOCK], ['sigmoid']],
  ['ignore-next', [CONV, '<!-- backproof-ignore-next -->', BLOCK, BLOCK], ['-', '0']],
  [
    'ignore-next of a block',
    [CONV, '<!-- backproof-ignore-next -->', '$$a = b \\quad c = d$$', BLOCK],
    ['-', '-', '0'],
  ],
  [
    'off and on',
    [CONV, '<!-- backproof-off -->', BLOCK, BLOCK, '<!-- backproof-on -->', BLOCK],
    ['-', '-', '0'],
  ],
  ['off to the end', [CONV, BLOCK, '<!-- backproof-off -->', BLOCK], ['0', '-']],
  [
    'a directive counts although equations are off',
    ['<!-- backproof-off -->', CONV, '<!-- backproof-on -->', BLOCK],
    ['0'],
  ],
])('%s', (_, parts, expected) => {
  expect(brief(parts.join('\n\n'))).toEqual(expected);
});

const FORWARD = ['$$O_1 = X_1 F_1 + X_2 F_2$$', '$$O_2 = X_2 F_1 + X_3 F_2$$', '$$O_3 = X_3 F_1 + X_4 F_2$$'];

test('without any directive the setup is inferred', () => {
  const { setups, standings, inference } = walk(FORWARD.join('\n'));
  expect(inference?.kind).toBe('inferred');
  expect(setups.map(({ operator, inferredFrom }) => [operator.name, inferredFrom])).toEqual([
    ['conv1d', [1, 2, 3]],
  ]);
  expect(standings.every(one => one.kind === 'in-force')).toBe(true);
});

test('ignored equations are no evidence', () => {
  const { inference } = walk(['<!-- backproof-off -->', ...FORWARD].join('\n'));
  expect(inference).toMatchObject({ kind: 'not-inferred', code: 'no-forward-equations' });
});

test('a document with a directive is never inferred, not even before it', () => {
  const { inference, standings } = walk([...FORWARD, CONV, BLOCK].join('\n'));
  expect(inference).toBeNull();
  expect(standings[0]).toEqual({ kind: 'none', reason: 'no directive is in force here' });
});

describe('comments that do nothing', () => {
  test.each<[string, string, string, string]>([
    [
      'misspelt',
      '<!-- backprof: conv2d input=X[3,3] kernel=F[2,2] output=O -->',
      'unknown-mark',
      'backproof:',
    ],
    [
      'capital',
      '<!-- Backproof: conv2d input=X[3,3] kernel=F[2,2] output=O -->',
      'unknown-mark',
      'backproof:',
    ],
    ['misspelt end', '<!-- bakproof: end -->', 'unknown-mark', 'backproof:'],
    ['misspelt in LaTeX', '% backprof: conv2d input=X[3,3]', 'unknown-mark', 'backproof:'],
    ['misspelt in text', '# backprroof: conv2d input=X[3,3]', 'unknown-mark', 'backproof:'],
    ['plural', '<!-- backproofs: conv2d input=X[3,3] -->', 'unknown-mark', 'backproof:'],
    ['unknown mark', '<!-- backproof-ignore -->', 'unknown-mark', 'backproof'],
    ['misspelt mark', '<!-- backproof-ignore-nxt -->', 'unknown-mark', 'backproof-ignore-next'],
    ['misspelt off', '<!-- bakproof-off -->', 'unknown-mark', 'backproof-off'],
    ['unclosed', '<!-- backproof: conv2d input=X[3,3] kernel=F[2,2] output=O', 'unclosed-directive', '-->'],
    ['ignore-next at the end', `${BLOCK}\n<!-- backproof-ignore-next -->`, 'unused-directive', ''],
    ['on without off', `<!-- backproof-on -->\n${BLOCK}`, 'unused-directive', ''],
    ['off twice', `<!-- backproof-off -->\n<!-- backproof-off -->\n${BLOCK}`, 'unused-directive', ''],
    ['end of nothing', `<!-- backproof: end -->\n${BLOCK}`, 'unused-directive', ''],
    [
      'end of nothing left',
      `${CONV}\n<!-- backproof: end -->\n<!-- backproof: end -->`,
      'unused-directive',
      '',
    ],
    ['a mistake behind the last equation', `${BLOCK}\n<!-- backproof: conv9d -->`, 'unknown-operator', ''],
  ])('%s', (_, text, code, hint) => {
    const error = thrown(() => walk(text));
    expect(error.code).toBe(code);
    expect(error.fix).toContain(hint);
    expect(error.where).toMatch(/^notes\.md line \d+, directive$/);
  });

  test.each([
    '# Backprop: the chain rule',
    '<!-- backprop: see chapter 2 -->',
    '<!-- back to the proof -->',
    '# Backproof is a tool',
    '<!-- TODO: input=X -->',
  ])('prose is left alone: %s', text => {
    expect(walk(`${text}\n\n${CONV}\n${BLOCK}`).setups).toHaveLength(1);
  });
});
