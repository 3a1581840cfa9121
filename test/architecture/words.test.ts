import { describe, expect, test } from 'vitest';
import { readSources } from './files.js';
import { bannedWords, findBannedWords, wordExceptions } from './words.js';

const texts = {
  ...readSources('src', /\.(?:ts|md|tex|txt|json|html|css|py|c|h|wat)$/u),
  ...readSources('README.md', /\.md$/u),
};

describe('one term per idea', () => {
  test('src and README say none of the banned words', () => {
    expect(Object.keys(texts).length).toBeGreaterThan(0);
    expect(Object.entries(texts).flatMap(([file, text]) => findBannedWords(file, text))).toEqual([]);
  });

  test('every exception names banned words and a reason', () => {
    const known = new Set(bannedWords.map(({ word }) => word));
    for (const { words, reason } of wordExceptions) {
      expect(words.filter(word => !known.has(word))).toEqual([]);
      expect(reason).not.toBe('');
    }
  });
});

describe('a planted word is named', () => {
  test.each(bannedWords)('$word', ({ word, instead }) => {
    const camel = word.replace(/_(\w)/gu, (_, letter: string) => letter.toUpperCase());
    for (const spelling of [word, word.toUpperCase(), camel, `my_${word}`, `${camel}Count`]) {
      const found = findBannedWords('src/ops/planted.ts', `ok();\nconst ${spelling} = 1;`);
      expect(found).toEqual([`src/ops/planted.ts:2: '${spelling}': say ${instead}`]);
    }
  });

  test.each(['deltas', 'wouldOut', 'gradient', 'addOut', 'inputGradient', 'convolution'])(
    '%s is a word of its own',
    word => {
      expect(findBannedWords('src/ops/a.ts', `const ${word} = 1;`)).toEqual([]);
    },
  );

  test('an exception holds for its folder and its words alone', () => {
    expect(findBannedWords('src/notes/greek.ts', "['delta']")).toEqual([]);
    expect(findBannedWords('src/notes/greek.ts', 'gradIn')).toHaveLength(1);
    expect(findBannedWords('src/notes-other/greek.ts', "['delta']")).toHaveLength(1);
  });
});
