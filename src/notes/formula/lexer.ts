/** What the LaTeX and the plain-text tokenizer share: the state, emitting, letters, numbers and signs. */

import { combiningAccent, foreignLetter, smallRun } from './scripts-unicode.js';
import { SYMBOLS, signAt } from './symbols.js';
import type { Token, TokenKind } from './token.js';
import { isIndexWord, isKnownWord } from './words.js';

export interface Lexer {
  readonly text: string;
  /** Offset of the text in the document. */
  readonly base: number;
  readonly tokens: Token[];
  at: number;
  end: number;
  gap: Token['gap'];
  /** Where a command that leaves no token began: it belongs to what it precedes. */
  prefix: number | null;
  /** Spacing commands since the last token. */
  spaces: number;
  /** A font command without braces, waiting for its one letter. */
  pendingFont: string | null;
  /** Open braces: their font, and whether they are inside a script. */
  readonly braces: { readonly font: string | null; readonly script: boolean }[];
  /** Reads on from `at` to `end`; the front-end's own loop. */
  readonly run: (lexer: Lexer) => void;
}

/** Tokens of `text`, which stands at offset `base` of the document; `oneToken` is the front-end's own reading. */
export function tokensOf(text: string, base: number, oneToken: (lexer: Lexer) => void): Token[] {
  const run = (lexer: Lexer) => {
    while (lexer.at < lexer.end) {
      if (!skipBlanks(lexer)) oneToken(lexer);
    }
  };
  const lexer = newLexer(text, base, run);
  run(lexer);
  return lexer.tokens;
}

function newLexer(text: string, base: number, run: Lexer['run']): Lexer {
  const start = { at: 0, end: text.length, gap: 'none' as const, prefix: null, spaces: 0, pendingFont: null };
  return { text, base, tokens: [], braces: [], run, ...start };
}

/** Emits the token of the next `length` characters and steps over them. */
export function emit(lexer: Lexer, kind: TokenKind, value: string, length: number): void {
  const start = lexer.base + lexer.at;
  const font = lexer.pendingFont ?? lexer.braces.at(-1)?.font ?? null;
  lexer.tokens.push({ kind, value, start: lexer.prefix ?? start, end: start + length, gap: lexer.gap, font });
  lexer.gap = 'none';
  lexer.prefix = null;
  lexer.spaces = 0;
  if (kind !== 'accent') lexer.pendingFont = null;
  lexer.at += length;
}

export function previousKind(lexer: Lexer): TokenKind | null {
  return lexer.tokens.at(-1)?.kind ?? null;
}

/** True behind `_` or `^`, before anything that would end the script. */
export function behindScript(lexer: Lexer): boolean {
  const kind = previousKind(lexer);
  return kind === 'sub' || kind === 'sup';
}

export function inScript(lexer: Lexer): boolean {
  return behindScript(lexer) || (lexer.braces.at(-1)?.script ?? false);
}

export function openBrace(lexer: Lexer, length: number, font: string | null = null): void {
  const outer = lexer.braces.at(-1);
  lexer.braces.push({ font: font ?? outer?.font ?? null, script: inScript(lexer) });
  emit(lexer, 'open', '{', length);
}

export function closeBrace(lexer: Lexer, length: number): void {
  emit(lexer, 'close', '}', length);
  lexer.braces.pop();
}

/** Blanks and line breaks; true if there were any. */
function skipBlanks(lexer: Lexer): boolean {
  const start = lexer.at;
  while (lexer.at < lexer.end) {
    const code = lexer.text.charCodeAt(lexer.at);
    if (code === 10 || code === 13) lexer.gap = 'line';
    else if (code !== 32 && code !== 9 && code !== 0xa0 && (code < 0x2000 || !isWideBlank(code))) break;
    else if (lexer.gap === 'none') lexer.gap = 'space';
    lexer.at += 1;
  }
  return lexer.at > start;
}

/** Unicode's spaces, zero-width ones and the word joiner included. */
function isWideBlank(code: number): boolean {
  return (
    code <= 0x200d ||
    (code >= 0x2028 && code <= 0x202f) ||
    (code >= 0x205f && code <= 0x2064) ||
    code === 0xfeff
  );
}

/** The match of a sticky expression at the present place, inside the range. */
export function ahead(lexer: Lexer, sticky: RegExp): RegExpExecArray | null {
  sticky.lastIndex = lexer.at;
  const found = sticky.exec(lexer.text);
  return found !== null && found.index + found[0].length <= lexer.end ? found : null;
}

/** Letters inside a script: one token each, for `K_{ij}`, unless they are a word. */
export function scriptLetters(lexer: Lexer, run: string): void {
  if (run.length > 2 && (isKnownWord(run) || isIndexWord(run))) emit(lexer, 'name', run, run.length);
  else for (const letter of run) emit(lexer, 'name', letter, 1);
}

/** A letter, and the accent if a combining mark follows it. */
export function letterToken(lexer: Lexer, base: string, length: number, own: string | null = null): void {
  const accent = own ?? combiningAccent(lexer.text[lexer.at + length] ?? '');
  if (accent !== null) {
    emit(lexer, 'accent', accent, 0);
    emit(lexer, 'name', base, own === null ? length + 1 : length);
  } else emit(lexer, 'name', base, length);
}

/** Small Unicode letters, signs, and letters outside ASCII; false if the character is none of these. */
export function commonToken(lexer: Lexer): boolean {
  if (lexer.text.charCodeAt(lexer.at) > 127 && foreignToken(lexer)) return true;
  const sign = signAt(lexer.text, lexer.at);
  const symbol = SYMBOLS.get(sign);
  if (symbol === undefined) return false;
  if (symbol.kind === 'name') letterToken(lexer, symbol.value, sign.length);
  else emit(lexer, symbol.kind, symbol.value, sign.length);
  return true;
}

function foreignToken(lexer: Lexer): boolean {
  const small = smallRun(lexer.text, lexer.at);
  if (small !== null) {
    smallTokens(lexer, small.side, small.plain);
    return true;
  }
  if (SYMBOLS.has(lexer.text[lexer.at] ?? '')) return false;
  const letter = foreignLetter(lexer.text, lexer.at);
  if (letter === null) return false;
  const symbol = SYMBOLS.get(letter.base);
  if (symbol === undefined || symbol.kind === 'name') {
    letterToken(lexer, symbol?.value ?? letter.base, letter.length, letter.accent);
  } else emit(lexer, symbol.kind, symbol.value, letter.length);
  return true;
}

/** `₁₂` as a braced script of ordinary characters, each at its own place. */
function smallTokens(lexer: Lexer, side: 'sub' | 'sup', plain: string): void {
  emit(lexer, side, '', 0);
  openBrace(lexer, 0);
  for (const [run] of plain.matchAll(/\d+|./g)) {
    const symbol = SYMBOLS.get(run);
    if (/^\d/.test(run)) emit(lexer, 'number', run, run.length);
    else if (symbol !== undefined) emit(lexer, symbol.kind, symbol.value, 1);
    else emit(lexer, 'name', run, 1);
  }
  closeBrace(lexer, 0);
}

/** The character that nothing else took, surrogate pairs whole. */
export function unknownToken(lexer: Lexer): void {
  const character = String.fromCodePoint(lexer.text.codePointAt(lexer.at) ?? 0);
  emit(lexer, 'unknown', character, Math.min(character.length, lexer.end - lexer.at));
}

/** `+=` of code: the sign before the relation sign. */
export function assignmentToken(lexer: Lexer): boolean {
  if (ahead(lexer, /[-+*/]=/y) === null) return false;
  emit(lexer, 'unsupported', 'an assignment with an operator', 1);
  return true;
}

export function primeTokens(lexer: Lexer): boolean {
  const found = ahead(lexer, /['’′″]+/y);
  if (found === null) return false;
  const count = found[0].length + found[0].split('″').length - 1;
  emit(lexer, 'prime', String(count), found[0].length);
  return true;
}
