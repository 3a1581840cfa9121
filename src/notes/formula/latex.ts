/** LaTeX to tokens. Every character is looked at once; arguments that are only skipped are skipped whole. */

import { latexCommand } from './latex-command.js';
import { latexLetters } from './latex-letters.js';
import {
  ahead,
  assignmentToken,
  behindScript,
  closeBrace,
  commonToken,
  emit,
  type Lexer,
  openBrace,
  previousKind,
  primeTokens,
  tokensOf,
  unknownToken,
} from './lexer.js';
import type { Token } from './token.js';

/** Tokens of `text`, which stands at offset `base` of the document. */
export function latexTokens(text: string, base: number): Token[] {
  return tokensOf(text, base, oneToken);
}

function oneToken(lexer: Lexer): void {
  const character = lexer.text[lexer.at] ?? '';
  if (character === '\\') latexCommand(lexer);
  else if (character === '{') openBrace(lexer, 1, takeFont(lexer));
  else if (character === '}') closeBrace(lexer, 1);
  else if (character === '%') skipComment(lexer);
  else if (character === '~') skipTilde(lexer);
  else if (
    !latexLetters(lexer) &&
    !latexNumber(lexer) &&
    !primeTokens(lexer) &&
    !assignmentToken(lexer) &&
    !commonToken(lexer)
  ) {
    unknownToken(lexer);
  }
}

/** A font command before a brace holds for the group. */
function takeFont(lexer: Lexer): string | null {
  const font = lexer.pendingFont;
  lexer.pendingFont = null;
  return font;
}

function skipComment(lexer: Lexer): void {
  while (lexer.at < lexer.end && !/[\r\n]/.test(lexer.text[lexer.at] ?? '')) lexer.at += 1;
}

function skipTilde(lexer: Lexer): void {
  lexer.at += 1;
  if (lexer.gap === 'none') lexer.gap = 'space';
}

/** A script or an argument without braces takes one digit: `w_11` is w_1 followed by 1, \frac12 is a half. */
function latexNumber(lexer: Lexer): boolean {
  const pattern = behindScript(lexer) || behindFrac(lexer) ? /\d/y : /\d+(?:\{,\}\d{3})*(?:\.\d+)?|\.\d+/y;
  const found = ahead(lexer, pattern);
  if (found === null) return false;
  emit(lexer, 'number', found[0], found[0].length);
  return true;
}

function behindFrac(lexer: Lexer): boolean {
  const [before, last] = [lexer.tokens.at(-2)?.kind, previousKind(lexer)];
  return last === 'frac' || (before === 'frac' && (last === 'number' || last === 'name'));
}
