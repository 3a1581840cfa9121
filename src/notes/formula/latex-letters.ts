/** A run of letters in LaTeX: a word, a differential, or one name per letter. */

import { ACCENTS, FONTS, NEUTRAL_FONTS, TEXTS } from './latex-commands.js';
import { ahead, behindScript, emit, inScript, type Lexer, letterToken, scriptLetters } from './lexer.js';
import { SYMBOLS } from './symbols.js';
import { behindD, isKnownWord, isWord } from './words.js';

/** Functions that end in digits. */
const WITH_DIGITS = /(?:rot180|rot90|conv[123]d?|log2|log10|im2col|col2im)(?![A-Za-z])/y;
const WITH_UNDERSCORE = /[A-Za-z]+(?:\\_[A-Za-z0-9]+)+/y;
const LETTERS = /[A-Za-z]+/y;

export function latexLetters(lexer: Lexer): boolean {
  const run = ahead(lexer, LETTERS)?.[0];
  if (run === undefined) return false;
  const special = ahead(lexer, WITH_UNDERSCORE)?.[0] ?? ahead(lexer, WITH_DIGITS)?.[0];
  if (behindScript(lexer)) emit(lexer, 'name', run[0] ?? '', 1);
  else if (special !== undefined) emit(lexer, 'name', special.replaceAll('\\_', '_'), special.length);
  else if (inScript(lexer)) scriptLetters(lexer, run);
  else letterRun(lexer, run);
  return true;
}

/** Words of sentences that nobody means as products. */
const SENTENCE_WORDS = new Set(['where', 'and', 'for', 'with', 'when', 'then', 'otherwise']);

function letterRun(lexer: Lexer, run: string): void {
  const rest = run.length === 2 && run[0] === 'd' ? run.slice(1) : behindD(run, false);
  const gluedD = run === 'd' && nameFollows(lexer.text, lexer.at + 1);
  if (SENTENCE_WORDS.has(run)) emit(lexer, 'text', run, run.length);
  else if (gluedD) emit(lexer, 'partial', 'd', 1);
  else if (rest !== null && (rest.length === 1 || isWord(rest))) {
    emit(lexer, 'partial', 'd', 1);
    emit(lexer, 'name', rest, rest.length);
  } else if (isKnownWord(run) || isWord(run) || (run.length === 3 && wordFollows(lexer, run.length))) {
    emit(lexer, 'name', run, run.length);
  } else for (const letter of run) letterToken(lexer, letter, 1);
}

/** `Dim(W)`, `acc_{1}`: three letters glued to a bracket or subscript are a word. */
function wordFollows(lexer: Lexer, length: number): boolean {
  const next = lexer.text[lexer.at + length];
  return next === '(' || next === '_';
}

/** Whether a command that begins a name stands at `at`: `d\theta`, `d\hat{y}`, but not `d\cdot`. */
function nameFollows(text: string, at: number): boolean {
  const command = /\\([A-Za-z]+)/y;
  command.lastIndex = at;
  const name = command.exec(text)?.[1];
  if (name === undefined) return false;
  const kind = SYMBOLS.get(`\\${name}`)?.kind;
  return (
    kind === 'name' || ACCENTS.has(name) || FONTS.has(name) || NEUTRAL_FONTS.has(name) || TEXTS.has(name)
  );
}

/** Whether a name begins behind an upright d: `\mathrm{d}J`, `\mathrm{d} \theta`, `\mathrm{d}\mathbf{x}`. */
export function differentialFollows(lexer: Lexer): boolean {
  const at = lexer.at + (ahead(lexer, /(?:\s|\\[,;:! ])*/y)?.[0].length ?? 0);
  return /[A-Za-z]/.test(lexer.text[at] ?? '') || nameFollows(lexer.text, at);
}
