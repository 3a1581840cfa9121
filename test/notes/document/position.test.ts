/** Lines and columns. */

import { expect, test } from 'vitest';
import { lineIndex, positionAt } from '../../../src/notes/document/position.js';

const places = (text: string, character: string) => {
  const { line, column } = positionAt(lineIndex(text), text.indexOf(character));
  return [line, column];
};

test('LF, CRLF and a lone CR end a line', () => {
  expect(places('a\nb\n  x', 'x')).toEqual([3, 3]);
  expect(places('a\r\nb\r\n  x', 'x')).toEqual([3, 3]);
  expect(places('a\rb\r\r x', 'x')).toEqual([4, 2]);
});

test('a tab is one column, a character outside the first plane two, a byte order mark none', () => {
  expect(places('\tx', 'x')).toEqual([1, 2]);
  expect(places('𝜕x', 'x')).toEqual([1, 3]);
  expect(places('\uFEFFx', 'x')).toEqual([1, 1]);
  expect(places('\uFEFFa\n x', 'x')).toEqual([2, 2]);
});

test('the end of the text has a place too', () => {
  expect(positionAt(lineIndex(''), 0)).toEqual({ line: 1, column: 1 });
  expect(positionAt(lineIndex('a\n'), 2)).toEqual({ line: 2, column: 1 });
});
