/** The words of a directive: its operator, then key=value pairs separated by blanks. */

import { closest } from '../../ops/index.js';
import type { Mark } from '../document/document.js';
import { didYouMean, directiveError, type Source } from './directive-source.js';
import type { Pair } from './directive-values.js';
import { KEYS } from './vocabulary.js';

interface Word {
  readonly text: string;
  readonly offset: number;
}

export interface Words {
  readonly operator: Word;
  readonly pairs: readonly Pair[];
}

/** @throws BackproofError `malformed-directive`. */
export function directiveWords(mark: Mark, source: Source): Words {
  const words = [...mark.body.matchAll(/\S+/g)].map(match => ({
    text: match[0],
    offset: mark.bodySpan.start + match.index,
  }));
  const [operator, ...rest] = words;
  if (operator === undefined || /[=[\],|]/.test(operator.text)) {
    throw directiveError(source, operator?.offset ?? mark.span.start, {
      code: 'malformed-directive',
      what: 'no operator stands behind backproof:',
      expected: 'an operator, then key=value pairs',
      got: operator?.text.slice(0, 60) ?? 'nothing',
      fix: 'Begin with the operator: backproof: conv2d input=X[3,3] kernel=F[2,2] output=O',
    });
  }
  const pairs = rest.map((word, k) => pairOf(source, word, rest[k - 1]));
  for (const [k, pair] of pairs.entries()) checkFirst(source, pair, pairs.slice(0, k));
  return { operator, pairs };
}

function pairOf(source: Source, word: Word, before: Word | undefined): Pair {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(word.text) ?? [];
  if (key !== undefined && value !== undefined && value !== '') return { key, value, offset: word.offset };
  const isKey = KEYS.includes(word.text.replace(/=.*$/s, ''));
  const splits = before !== undefined && !isKey && /[=[,|]/.test(before.text);
  const joined = splits ? `${before.text}${word.text}` : `${word.text.replace(/=$/, '')}=...`;
  throw directiveError(source, word.offset, {
    code: 'malformed-directive',
    what:
      value === '' ? `${key} has no value` : `${JSON.stringify(word.text.slice(0, 60))} is no key=value pair`,
    expected: 'key=value without blanks',
    got: word.text.slice(0, 60),
    fix: `Write it without blanks: ${joined.slice(0, 80)}`,
    data: { word: word.text },
  });
}

function checkFirst(source: Source, { key, offset }: Pair, before: readonly Pair[]): void {
  if (!before.some(pair => pair.key === key)) return;
  throw directiveError(source, offset, {
    code: 'malformed-directive',
    what: `${key} is given twice`,
    expected: 'each key once',
    got: key,
    fix: 'Keep one of them; alternatives of a name are joined by |, as in input=X|x.',
    data: { key },
  });
}

/** @throws BackproofError `unknown-directive-key`. */
export function checkKey(
  source: Source,
  { key, offset }: Pair,
  known: readonly string[],
  operator: string,
): void {
  if (known.includes(key)) return;
  const reserved = KEYS.includes(key);
  throw directiveError(source, offset, {
    code: 'unknown-directive-key',
    what: reserved ? `${operator} has no ${key}` : 'there is no such key',
    expected: known.join(', '),
    got: key.slice(0, 60),
    fix: didYouMean(reserved ? null : closest(key, known), 'Leave it out.'),
    data: { key, operator },
  });
}
