/** Pages of theorems: which blocks are read, and what is refused, with its line. */
import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../../src/error.js';
import { pageTheorems } from '../../../src/proof/statement/page.js';

const block = (...lines: string[]) => ['```theorem', ...lines, '```'].join('\n');

const SUM = ['y[n<N] = sum(k<K) x[n, k]', 'dx[n<N, k<K] = yBar[n]', 'prove gradient of y by x is dx'];

const faultOf = (markdown: string): BackproofError => {
  try {
    pageTheorems(markdown, 'page.md');
  } catch (error) {
    if (error instanceof BackproofError) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

describe('a page', () => {
  test('holds theorems in blocks, and other blocks that are not read', () => {
    const page = pageTheorems(
      [
        ...['# Sums', 'theorem of the text', '```', 'theorem shown', '```theorem', '```', ''],
        ...['~~~~theorem', 'theorem sum', ...SUM, '~~~~', block('theorem again', ...SUM)],
      ].join('\n'),
      'page.md',
    );
    expect(page.theorems.map(theorem => theorem.id)).toEqual(['sum', 'again']);
    expect(page).toMatchObject({ covers: [], holes: [] });
  });

  test('may hold the claims of records, and holes', () => {
    const page = pageTheorems(block('claims of pad, transpose', 'hole crop: a reason: this'), 'page.md');
    expect(page.covers).toEqual(['pad', 'transpose']);
    expect(page.holes).toEqual([{ operator: 'crop', reason: 'a reason: this' }]);
    const ids = page.theorems.map(theorem => theorem.id);
    expect(ids.slice(0, 2)).toEqual(['pad/x/1d', 'pad/x/1d/adjoint']);
    expect(ids).toContain('transpose/x/3d');
  });

  test('without blocks has no theorems', () => {
    expect(pageTheorems('', 'page.md')).toEqual({ theorems: [], covers: [], holes: [] });
  });
});

describe('refused with the line of the page', () => {
  test.each([
    ['an unknown operator', block('claims of pad', '', 'claims of crop, padd'), 'unknown-operator', 'line 6'],
    ['a hole without reason', block('hole crop'), 'unreadable-claim', 'line 4'],
    ['another line among claims', block('claims of pad', 'theorem sum'), 'unreadable-claim', 'line 5'],
    ['a block without a name', block(...SUM), 'missing-name', 'line 3'],
    ['an empty block', block(), 'missing-name', 'line 3'],
    ['a goal that does not read', block('theorem a', ...SUM, 'prove it'), 'unreadable-claim', 'line 8'],
    ['a wrong line', block('theorem a', 'y = padd(x)', SUM[2]!), 'unknown-operator', 'line 5'],
    ['an open block', '```theorem\ntheorem a', 'unclosed-block', 'line 3'],
  ])('%s', (_, text, code, line) => {
    const fault = faultOf(`first\nsecond\n${text}`);
    expect(fault.code).toBe(code);
    expect(fault.where).toMatch(new RegExp(`^page\\.md, ${line}\\b`));
  });

  test('names that occur twice', () => {
    const twice = [block('theorem sum', ...SUM), block('theorem sum', ...SUM)].join('\n');
    expect(faultOf(twice)).toMatchObject({ code: 'duplicate-name', got: 'sum' });
    expect(faultOf(block('claims of pad', 'hole pad: none'))).toMatchObject({
      code: 'duplicate-name',
      got: 'pad',
    });
  });
});
