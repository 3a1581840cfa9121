/** A run of letters and digits in plain text: a name with its digits, a differential, a function or a connective. */

import { functionNamed } from './functions.js';
import { ahead, emit, type Lexer, letterToken } from './lexer.js';
import { GREEK } from './symbols.js';
import { behindD, codeDerivative } from './words.js';

const CONNECTIVES = new Set('for where with when if and or so then thus hence otherwise let'.split(' '));
const BIG = new Map([
  ['sum', 'sum'],
  ['prod', 'prod'],
  ['max', 'max'],
  ['min', 'min'],
]);
const PHRASE = /(?:full|cross|transposed|full cross)[ -](?:convolution|correlation|conv)(?=\s*\()/iy;

export function plainWord(lexer: Lexer): void {
  const phrase = ahead(lexer, PHRASE)?.[0];
  const code = ahead(lexer, /d[A-Za-z]\w*_d[A-Za-z]\w*/y)?.[0];
  const word = ahead(lexer, /[A-Za-z][A-Za-z0-9]*/y)?.[0] ?? '';
  const parts = codeDerivative(code ?? word);
  if (phrase !== undefined) emit(lexer, 'text', phrase, phrase.length);
  else if (parts !== null) codeTokens(lexer, parts, code !== undefined);
  else if (CONNECTIVES.has(word)) emit(lexer, 'text', word, word.length);
  else if (BIG.has(word) && lexer.text[lexer.at + word.length] === '_') {
    emit(lexer, 'big', BIG.get(word) ?? '', word.length);
  } else nameWord(lexer, word);
}

/** `dfdx` reads as df/dx; the slash takes no room. */
function codeTokens(lexer: Lexer, [of, by]: readonly [string, string], underscore: boolean): void {
  emit(lexer, 'partial', 'd', 1);
  nameTokens(lexer, of);
  emit(lexer, 'slash', 'word', underscore ? 1 : 0);
  emit(lexer, 'partial', 'd', 1);
  nameTokens(lexer, by);
}

function nameWord(lexer: Lexer, word: string): void {
  const rest = slashDerivative(lexer, word) ?? (functionNamed(word) === null ? behindD(word, false) : null);
  if (rest === null) nameTokens(lexer, word);
  else {
    emit(lexer, 'partial', 'd', 1);
    nameTokens(lexer, rest);
  }
}

/** Above or below the slash of `dloss/dweight` or `DL/DLogit11`; null anywhere else. */
function slashDerivative(lexer: Lexer, word: string): string | null {
  const letter = word[0] ?? '';
  if ((letter !== 'd' && letter !== 'D') || word.length < 2) return null;
  const above = ahead(lexer, letter === 'd' ? /d\w+\s*\/\s*d[A-Za-z]/y : /D\w+\s*\/\s*D[A-Za-z]/y) !== null;
  return above || belowSlash(lexer) ? word.slice(1) : null;
}

const PARTS_OF_NAMES: ReadonlySet<string> = new Set([
  'name',
  'number',
  'sub',
  'sup',
  'prime',
  'open',
  'close',
]);

/** True right behind the slash of a differential: `dL_1 /`. */
function belowSlash(lexer: Lexer): boolean {
  let at = lexer.tokens.length - 1;
  if (lexer.tokens[at]?.kind !== 'slash') return false;
  do at -= 1;
  while (PARTS_OF_NAMES.has(lexer.tokens[at]?.kind ?? '') && at > lexer.tokens.length - 12);
  return lexer.tokens[at]?.kind === 'partial';
}

/** `F11` is F with 11 directly behind, `X11F11` a product, `rot180` and `conv2` functions. */
function nameTokens(lexer: Lexer, word: string): void {
  if (functionNamed(word) !== null || GREEK.has(word)) letterToken(lexer, word, word.length);
  else if (/^(?:[A-Za-z]\d+)+$/.test(word)) {
    for (const [part] of word.matchAll(/[A-Za-z]\d+/g)) nameWithDigits(lexer, part);
  } else nameWithDigits(lexer, word);
}

function nameWithDigits(lexer: Lexer, word: string): void {
  const split = /^(.*?[A-Za-z])(\d+)$/.exec(word);
  const letters = split?.[1] ?? word;
  const digits = split?.[2];
  if (letters.length === 1) letterToken(lexer, letters, 1);
  else emit(lexer, 'name', letters, letters.length);
  if (digits !== undefined) emit(lexer, 'number', digits, digits.length);
}
