/** Plain text to tokens: Unicode `∂L/∂w1 = (∂L/∂z)·x1`, ASCII `dL/dF11 = dL/dO11 * X11`, code `dw = x.T @ dz`. */

import {
  ahead,
  assignmentToken,
  closeBrace,
  commonToken,
  emit,
  inScript,
  type Lexer,
  openBrace,
  previousKind,
  scriptLetters,
  tokensOf,
  unknownToken,
} from './lexer.js';
import { plainWord } from './plain-words.js';
import type { Token } from './token.js';

export function plainTokens(text: string, base: number): Token[] {
  return tokensOf(text, base, oneToken);
}

function oneToken(lexer: Lexer): void {
  const character = lexer.text[lexer.at] ?? '';
  if (character === '{') openBrace(lexer, 1);
  else if (character === '}') closeBrace(lexer, 1);
  else if (character === '_') underscore(lexer);
  else if (/[A-Za-z]/.test(character)) lettersToken(lexer);
  else if (/[\d.]/.test(character) && numberToken(lexer)) return;
  else if (!comment(lexer) && !quote(lexer) && !longSign(lexer) && !commonToken(lexer)) unknownToken(lexer);
}

function lettersToken(lexer: Lexer): void {
  const run = ahead(lexer, /[A-Za-z]+/y)?.[0] ?? '';
  if (inScript(lexer)) scriptLetters(lexer, run);
  else plainWord(lexer);
}

function numberToken(lexer: Lexer): boolean {
  const found = ahead(lexer, /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y);
  if (found === null) return false;
  emit(lexer, 'number', found[0], found[0].length);
  return true;
}

/** `F_11` and `a_prev`: everything up to the next blank or sign is the index. */
function underscore(lexer: Lexer): void {
  emit(lexer, 'sub', '', 1);
  const run = ahead(lexer, /[A-Za-z0-9]+/y)?.[0];
  if (run === undefined) return;
  openBrace(lexer, 0);
  const end = lexer.at + run.length;
  while (lexer.at < end) {
    const digits = ahead(lexer, /\d+/y)?.[0];
    if (digits !== undefined) emit(lexer, 'number', digits, digits.length);
    else scriptLetters(lexer, ahead(lexer, /[A-Za-z]+/y)?.[0] ?? '');
  }
  closeBrace(lexer, 0);
}

/** `# ...` and `// ...` behind a formula. */
function comment(lexer: Lexer): boolean {
  const found = lexer.gap === 'none' ? null : ahead(lexer, /(?:#|\/\/)[^\r\n]*/y);
  if (found === null) return false;
  lexer.at += found[0].length;
  return true;
}

/** A prime behind a name or bracket, a quoted word elsewhere: `K'`, `'full'`. */
function quote(lexer: Lexer): boolean {
  const before = previousKind(lexer);
  const glued = lexer.gap === 'none' && (before === 'name' || before === 'number' || before === 'close');
  const primes = ahead(lexer, /['’′]+/y);
  if (glued && primes !== null) {
    emit(lexer, 'prime', String(primes[0].length), primes[0].length);
    return true;
  }
  const found = ahead(lexer, /'([^'\r\n]*)'|"([^"\r\n]*)"/y);
  if (found === null) return false;
  emit(lexer, 'text', `'${found[1] ?? found[2] ?? ''}'`, found[0].length);
  return true;
}

/** `**`, `==`, `.T`, `+=` and attributes of code. */
function longSign(lexer: Lexer): boolean {
  if (ahead(lexer, /\*\*/y)) emit(lexer, 'sup', '', 2);
  else if (ahead(lexer, /==/y)) emit(lexer, 'relation', 'equal', 2);
  else if (lexer.gap === 'none' && ahead(lexer, /\.T(?![A-Za-z0-9])/y)) {
    emit(lexer, 'sup', '', 1);
    emit(lexer, 'name', 'T', 1);
  } else if (assignmentToken(lexer)) return true;
  else if (lexer.gap === 'none' && previousKind(lexer) === 'name' && ahead(lexer, /\.[A-Za-z]{2}/y)) {
    emit(lexer, 'unsupported', 'an attribute of code', 1);
  } else return false;
  return true;
}
