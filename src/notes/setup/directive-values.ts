/** The values of a directive, key by key. */

import { closest } from '../../ops/index.js';
import { type PerAxis, parsePadding, parsePerAxis, parseShape, type Shape } from '../../tensor/index.js';
import { atDirective, didYouMean, directiveError, type Source } from './directive-source.js';
import { isWrittenKey, writtenKey } from './name-key.js';
import { CHOICES, INTEGER_KEYS } from './vocabulary.js';

/** One `key=value` with its place in the document. */
export interface Pair {
  readonly key: string;
  readonly value: string;
  readonly offset: number;
}

/** A role as written: names as keys, dims or none. */
export interface WrittenTensor {
  readonly names: readonly string[];
  readonly shape: Shape | undefined;
}

/** The range of a loop index in `index=channel` notes; ends are numbers or letters: `i:1..d`. */
export interface WrittenRange {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const BAD = 'bad-directive-value';

/** `X`, `X|x`, `X[3,3]`, `X|x=3x3`. */
export function tensorValue(source: Source, pair: Pair): WrittenTensor {
  const dims = /(?:=|(?=\[)).*$/s.exec(pair.value);
  const names = nameList(source, { ...pair, value: pair.value.slice(0, dims?.index ?? pair.value.length) });
  if (!dims) return { names, shape: undefined };
  const text = dims[0].replace(/^=/, '');
  const shape = atDirective(source, pair.offset, BAD, () => parseShape(text));
  if (!shape.includes(0)) return { names, shape };
  throw badValue(
    source,
    pair,
    `${pair.key} has an extent of 0`,
    'extents of at least 1',
    'Correct the dims.',
  );
}

/** `L`, `dO|delta`: names without dims. */
export function nameList(source: Source, pair: Pair): readonly string[] {
  const names = pair.value.split('|').map(writtenKey);
  const bad = names.find(name => !isWrittenKey(name));
  if (bad === undefined) return [...new Set(names)];
  const expected = 'names that begin with a letter, alternatives joined by |, such as X|x';
  throw badValue(
    source,
    pair,
    `${pair.key} has something that is no name`,
    expected,
    'Write X, X|x or X[3,3].',
    bad,
  );
}

/** One number for all axes, or `a,b` per axis. */
export function integerValue(source: Source, pair: Pair): PerAxis {
  const name = INTEGER_KEYS.find(key => key === pair.key) ?? 'stride';
  const value = atDirective(source, pair.offset, BAD, () => parsePerAxis(pair.value, name));
  if (name !== 'groups' || typeof value === 'number') return value;
  throw badValue(source, pair, 'groups is a list', 'one integer', 'Write groups=2.');
}

export const paddingValue = (source: Source, pair: Pair) =>
  atDirective(source, pair.offset, BAD, () => parsePadding(pair.value));

/** One of the words that the key allows. */
export function choiceValue<Key extends keyof typeof CHOICES>(
  source: Source,
  pair: Pair,
  key: Key,
): (typeof CHOICES)[Key][number] {
  const words: readonly (typeof CHOICES)[Key][number][] = CHOICES[key];
  const found = words.find(word => word === pair.value);
  if (found !== undefined) return found;
  const fix = didYouMean(closest(pair.value, words), 'Use one of these words.');
  throw badValue(source, pair, `${key} has no such value`, words.join(', '), fix);
}

/** `i:1..d,j:1..n`. */
export function rangeValue(source: Source, pair: Pair): readonly WrittenRange[] {
  return pair.value.split(',').map(part => {
    const [, name, from, to] = /^(\p{L}+):(\p{L}|\d+)\.\.(\p{L}+|\d+)$/u.exec(part) ?? [];
    if (name !== undefined && from !== undefined && to !== undefined) return { name, from, to };
    const fix = 'Write range=i:1..d,j:1..n.';
    throw badValue(source, pair, 'range has a part that is no range', 'name:from..to', fix, part);
  });
}

function badValue(
  source: Source,
  pair: Pair,
  what: string,
  expected: string,
  fix: string,
  got: string = pair.value,
) {
  const data = { key: pair.key, value: pair.value };
  return directiveError(source, pair.offset, {
    code: BAD,
    what,
    expected,
    got: got.slice(0, 60) || 'nothing',
    fix,
    data,
  });
}
