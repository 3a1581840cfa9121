/** A command line as the arguments that a shell would make of it. */
import { BackproofError } from '../../../error.js';

/** Blanks outside of quotes; a backslash and what it stands before; a text in quotes; anything else. */
const PIECE = /([ \t\n]+)|\\([\s\S])|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|([^\s\\'"])/gy;

/**
 * Arguments split at blanks as sh splits them: quotes and backslashes hold, nothing is expanded, and signs such as |
 * and > are text.
 * @throws BackproofError `unbalanced-quote`, `empty-command`.
 */
export function splitCommand(text: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let end = 0;
  for (const [piece, blanks, escaped, single, double, plain] of text.matchAll(PIECE)) {
    end += piece.length;
    if (blanks !== undefined) {
      if (word !== null) words.push(word);
      word = null;
    } else if (escaped !== '\n') {
      word = (word ?? '') + (escaped ?? single ?? plain ?? unescaped(double!));
    }
  }
  if (end < text.length) throw unbalanced(text, end);
  if (word !== null) words.push(word);
  if (words.length > 0) return words;
  throw new BackproofError({
    code: 'empty-command',
    where: 'the command',
    what: 'there is no program',
    expected: 'a program and its arguments, such as "python3 my_kernels.py"',
    got: JSON.stringify(text.slice(0, 40)),
    fix: 'Name the program to start.',
  });
}

/** Within double quotes a backslash holds only before $, `, ", \ and the end of a line, which goes with it. */
const unescaped = (text: string): string =>
  text.replace(/\\([$`"\\\n])/g, (_, one: string) => (one === '\n' ? '' : one));

function unbalanced(text: string, at: number): BackproofError {
  const quote = text[at]!;
  return new BackproofError({
    code: 'unbalanced-quote',
    where: `the command, character ${at + 1}`,
    what: quote === '\\' ? 'a backslash stands before nothing' : 'a quote is not closed',
    expected: quote === '\\' ? 'a character after it' : `another ${quote}`,
    got: JSON.stringify(text.slice(at, at + 40)),
    fix: 'Close it, or put a backslash before it.',
    data: { at },
  });
}
