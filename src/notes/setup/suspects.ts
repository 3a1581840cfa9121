/** Comments that were meant to speak to backproof and do not: misspelt, misplaced or without effect. */
import { closest, editDistance, operators } from '../../ops/index.js';
import type { Mark } from '../document/document.js';
import { didYouMean, directiveError, type Source } from './directive-source.js';
import { END, KEYS, MARK_NAMES, NOT_COVERED } from './vocabulary.js';

/** @throws BackproofError `unknown-mark`, `unclosed-directive`. */
export function checkMark(mark: Mark, source: Source): void {
  if (!mark.closed) {
    throw directiveError(source, mark.span.start, {
      code: 'unclosed-directive',
      what: 'the comment never ends',
      expected: '--> behind the directive',
      got: 'the end of the file',
      fix: `Close it: <!-- ${mark.name}${mark.body === '' ? '' : `: ${mark.body.slice(0, 60)}`} -->`,
      data: { mark: mark.name },
    });
  }
  if (!MARK_NAMES.some(name => name === mark.name)) throw unknownMark(mark.name, mark.span.start, source);
  const wordy = mark.name !== 'backproof' && mark.body.includes('=');
  if (wordy) throw unknownMark(`${mark.name}: ${mark.body.slice(0, 40)}`, mark.span.start, source);
}

function unknownMark(name: string, offset: number, source: Source): Error {
  const near = closest(name, MARK_NAMES);
  return directiveError(source, offset, {
    code: 'unknown-mark',
    what: 'a comment begins almost like a directive',
    expected: 'backproof:, backproof-ignore-next, backproof-off or backproof-on',
    got: name.slice(0, 60),
    fix: didYouMean(near === 'backproof' ? 'backproof:' : near, 'Write backproof: and an operator.'),
    data: { mark: name },
  });
}

/** Only the beginning of a line, or an HTML comment. */
const COMMENT = /(?:<!--|^[ \t]*[%#]+)[ \t]*([A-Za-z][A-Za-z-]{5,30})[ \t]*(:?)([^\n]*)/gm;

/**
 * A comment whose first word is within two slips of a mark's name and whose rest reads like a directive. Prose that
 * begins with "backprop:" does not.
 * @throws BackproofError `unknown-mark`.
 */
export function checkSuspects(text: string, marks: readonly Mark[], source: Source): void {
  for (const match of text.matchAll(COMMENT)) {
    const [whole, name = '', , rest = ''] = match;
    const start = match.index + whole.search(/\S/);
    const isMark = marks.some(({ span }) => span.start <= start && start < span.end);
    if (!isMark && isSuspect(name, rest)) throw unknownMark(name, start, source);
  }
}

function isSuspect(name: string, rest: string): boolean {
  const lower = name.toLowerCase();
  if (MARK_NAMES.some(mark => mark === name)) return false;
  if (lower.includes('-'))
    return MARK_NAMES.some(mark => mark !== 'backproof' && editDistance(lower, mark) <= 2);
  if (editDistance(lower, 'backproof') > 2) return false;
  const [operator = '', ...words] = rest
    .replace(/-->.*$/, '')
    .trim()
    .split(/\s+/);
  if (operator === END && words.length === 0) return true;
  const isOperator = NOT_COVERED.includes(operator) || operators.some(one => one.name === operator);
  const hasKey = words.some(word => KEYS.includes(word.replace(/=.*$/s, '')) && word.includes('='));
  return hasKey || (isOperator && words.length === 0);
}

/** A mark that does nothing where it stands. */
export function unusedMark(mark: Mark, source: Source, why: string, fix: string): Error {
  return directiveError(source, mark.span.start, {
    code: 'unused-directive',
    what: `${mark.name}${mark.body === END ? `: ${END}` : ''} has no effect here`,
    expected: why,
    got: 'none',
    fix,
    data: { mark: mark.name },
  });
}
