/** A premise that is added to the trusted files needs a mutant that takes it away, and a proof that notices. */
import { describe, expect, test } from 'vitest';
import { readSources } from '../architecture/files.js';
import { mutants } from './mutants/all.js';

const sources = {
  ...readSources('src/proof/trusted', /\.ts$/u),
  ...readSources('src/index-sum/term.ts', /./u),
};

/** Where a premise may fail: every `if (` and every call of `reject`. */
const premisesOf = (source: string) =>
  [...source.matchAll(/\bif \(|(?<!function )\breject\(/gu)].map(match => match.index);

const lineOf = (source: string, at: number) => source.slice(0, at).split('\n').length;

describe.each(Object.entries(sources))('%s', (file, source) => {
  const own = mutants.filter(mutant => mutant.file === file);
  const spans = own.map(({ snippet }) => [source.indexOf(snippet), snippet.length] as const);

  test('every snippet occurs once', () => {
    expect(own.filter(({ snippet }) => source.split(snippet).length !== 2)).toEqual([]);
  });

  test('every premise has a mutant', () => {
    const bare = premisesOf(source).filter(
      at => !spans.some(([start, length]) => start <= at && at < start + length),
    );
    expect(bare.map(at => `${file}:${lineOf(source, at)}`)).toEqual([]);
  });
});

test('every mutant is of a trusted file, changes it, and is there once', () => {
  const keys = mutants.map(({ file, snippet, replacement }) => [file, snippet, replacement].join('\n'));
  expect(new Set(keys).size).toBe(mutants.length);
  expect(mutants.filter(({ file }) => !(file in sources))).toEqual([]);
  expect(mutants.filter(({ snippet, replacement }) => snippet === replacement)).toEqual([]);
});

test('a premise without a mutant is found', () => {
  expect(premisesOf('function reject(): never {}\nif (a) reject(b);')).toEqual([28, 35]);
});
