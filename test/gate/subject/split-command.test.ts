import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitCommand } from '../../../src/gate/subject/bp1/split-command.js';

describe('a command is split as sh splits it', () => {
  test.each<[string, string[]]>([
    ['python3 my_kernels.py', ['python3', 'my_kernels.py']],
    ['  a\t b \n', ['a', 'b']],
    [`a 'b c' "d e"f`, ['a', 'b c', 'd ef']],
    [`'' "" a`, ['', '', 'a']],
    ['a\\ b \\"', ['a b', '"']],
    [`'a\\b' "a\\b" "\\"\\\\\\$"`, ['a\\b', 'a\\b', '"\\$']],
    ['a \\\n b\\\nc "d\\\ne"', ['a', 'bc', 'de']],
    ['$HOME *.py ~ | > $(x) # y', ['$HOME', '*.py', '~', '|', '>', '$(x)', '#', 'y']],
    ['größe', ['größe']],
  ])('%j', (text, words) => {
    expect(splitCommand(text)).toEqual(words);
  });

  test('whatever quotes and backslashes there are', () => {
    const pieces = fc.constantFrom('a', 'b', ' ', "'", '"', '\\', '\t');
    const texts = fc
      .sample(fc.array(pieces, { maxLength: 10 }), { numRuns: 600, seed: 41 })
      .map(list => list.join(''));
    const split = texts.map(text => {
      try {
        return splitCommand(`x ${text}`);
      } catch {
        return null;
      }
    });
    const whole = texts.filter((_, k) => split[k] !== null);
    expect(whole.length).toBeGreaterThan(150);
    expect(whole.length).toBeLessThan(texts.length);
    const script = whole.map(text => `printf '%s\\0' x ${text}\nprintf '\\1'\n`).join('');
    const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
    const said = stdout
      .split('\u0001')
      .slice(0, -1)
      .map(words => words.split('\0').slice(0, -1));
    expect(split.filter(words => words !== null)).toEqual(said);
  });
});

describe('refused', () => {
  test.each([
    ["a 'b", 'unbalanced-quote', 2],
    ['a "b\\"', 'unbalanced-quote', 2],
    ['a b\\', 'unbalanced-quote', 3],
  ])('%j: %s', (text, code, at) => {
    expect(() => splitCommand(text)).toThrow(expect.objectContaining({ code, data: { at } }));
  });

  test.each(['', ' \n', '\\\n'])('%j is no command', text => {
    expect(() => splitCommand(text)).toThrow(expect.objectContaining({ code: 'empty-command' }));
  });
});
