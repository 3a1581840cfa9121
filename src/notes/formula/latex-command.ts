/** One LaTeX command, from its backslash on. */

import {
  ACCENTS,
  COLUMN_ENVIRONMENTS,
  DROP_ARGUMENT,
  FONTS,
  NEUTRAL_FONTS,
  SPACES,
  TEXTS,
  TRANSPARENT,
  WIDE_SPACES,
} from './latex-commands.js';
import { differentialFollows } from './latex-letters.js';
import { ahead, closeBrace, emit, inScript, type Lexer, openBrace } from './lexer.js';
import { groupAhead } from './raw-group.js';
import { SYMBOLS } from './symbols.js';
import { isConditionWord } from './words.js';

const ARG_MAX = /\\arg\s*(?:\\[,!]\s*)?\\(max|min)(?![A-Za-z])/y;
const COMMAND = /\\(?:[A-Za-z]+\*?|[^A-Za-z])/suy;

export function latexCommand(lexer: Lexer): void {
  const argument = ahead(lexer, ARG_MAX);
  if (argument === null) oneCommand(lexer);
  else emit(lexer, 'big', `arg${argument[1] ?? ''}`, argument[0].length);
}

function oneCommand(lexer: Lexer): void {
  const written = ahead(lexer, COMMAND)?.[0] ?? '\\';
  const starred = written.length > 2 && written.endsWith('*') && !isStarred(written);
  const command = starred ? written.slice(0, -1) : written;
  const name = command.slice(1).replace(/\*$/, '');
  const symbol = SYMBOLS.get(command);
  if (symbol !== undefined) {
    emit(lexer, symbol.kind, symbol.value, command.length);
    if (symbol.kind === 'row') skipRowOptions(lexer);
  } else if (SPACES.has(name) || /^\s$/.test(name)) spacing(lexer, command.length);
  else if (!wordCommand(lexer, name, command.length)) emit(lexer, 'unknown', command, command.length);
}

/** Commands with a starred form of their own; elsewhere the star is a product sign: `\alpha*x`. */
function isStarred(written: string): boolean {
  return /^\\(?:operatorname|tag|hspace|vspace|intertext)\*$/.test(written);
}

/** Two spaces in a row may separate equations, as a line break may. */
function spacing(lexer: Lexer, length: number): void {
  lexer.at += length;
  lexer.spaces += 1;
  if (lexer.spaces > 1) lexer.gap = 'line';
  else if (lexer.gap === 'none') lexer.gap = 'space';
}

function wordCommand(lexer: Lexer, name: string, length: number): boolean {
  const accent = ACCENTS.get(name);
  if (accent !== undefined) emit(lexer, 'accent', accent, length);
  else if (TRANSPARENT.has(name)) dropped(lexer, length);
  else if (FONTS.has(name) || NEUTRAL_FONTS.has(name)) fontCommand(lexer, name, length);
  else if (TEXTS.has(name)) textCommand(lexer, name, length);
  else if (DROP_ARGUMENT.has(name)) dropArgument(lexer, length);
  else if (WIDE_SPACES.has(name)) wideSpace(lexer, length);
  else return structureCommand(lexer, name, length);
  return true;
}

/** Steps over a command that leaves no token; what follows begins where it began. */
function dropped(lexer: Lexer, length: number): void {
  lexer.prefix ??= lexer.base + lexer.at;
  lexer.at += length;
}

function structureCommand(lexer: Lexer, name: string, length: number): boolean {
  if (name === 'left' || name === 'right') delimiter(lexer, name, length);
  else if (name === 'begin' || name === 'end') environment(lexer, name, length);
  else if (name === 'tag') tagCommand(lexer, length);
  else if (name === 'overset' || name === 'stackrel') stacked(lexer, 'sup', length);
  else if (name === 'underset') stacked(lexer, 'sub', length);
  else if (name === 'substack') dropped(lexer, length);
  else if (/^x.*(?:arrow|equal)$/.test(name)) longArrow(lexer, name, length);
  else if (name === 'not') emit(lexer, 'compare', '!=', ahead(lexer, /\\not\s*=/y)?.[0].length ?? length);
  else return false;
  return true;
}

/** `\\[2pt]` and `\\*`: the option is spacing, `\\ [a, b]` is a formula. */
function skipRowOptions(lexer: Lexer): void {
  const option = ahead(lexer, /\*?(?:\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|px|mu|\\baselineskip)\s*\])?/y);
  lexer.at += option?.[0].length ?? 0;
}

function fontCommand(lexer: Lexer, name: string, length: number): void {
  const font = FONTS.get(name) ?? null;
  const start = lexer.at;
  lexer.at += length;
  const group = groupAhead(lexer);
  const words = group === null ? '' : lexer.text.slice(group.start, group.end).trim();
  if (group === null || font !== null || !/^[A-Za-z][A-Za-z0-9 \\_-]*$/.test(words)) {
    lexer.prefix ??= lexer.base + start;
    lexer.pendingFont = font;
    return;
  }
  lexer.at = group.end + 1;
  const differential = words === 'd' && !inScript(lexer) && differentialFollows(lexer);
  lexer.at = start;
  emit(lexer, differential ? 'partial' : 'name', words.replaceAll('\\_', '_'), group.end + 1 - start);
}

function textCommand(lexer: Lexer, name: string, length: number): void {
  const start = lexer.at;
  lexer.at += length;
  const group = groupAhead(lexer);
  if (group === null) {
    lexer.at = start;
    emit(lexer, 'unclosed', `\\${name} without its closing brace`, length);
    return;
  }
  const words = plainWords(lexer.text.slice(group.start, group.end));
  const upright = words.trim() === 'd' && !inScript(lexer);
  lexer.at = group.end + 1;
  const differential = upright && differentialFollows(lexer);
  const size = group.end + 1 - start;
  lexer.at = start;
  if (words.trim() === '') spacing(lexer, size);
  else if (differential) emit(lexer, 'partial', 'd', size);
  else if (isNameText(lexer, name, words)) {
    emit(lexer, 'name', words.trim(), size);
  } else emit(lexer, 'text', words, size);
}

/** Words that are a name: an operator, an index, a single letter; "s.t." below a sum is none. */
function isNameText(lexer: Lexer, command: string, words: string): boolean {
  if (command === 'operatorname' || /^[A-Za-z]$/.test(words)) return true;
  return inScript(lexer) && /^\s*[\p{L}\d][\p{L}\d\s_-]*$/u.test(words) && !isConditionWord(words);
}

/** The words of \text{...} without escapes, ties and inner dollars. */
function plainWords(text: string): string {
  return text.replace(/\\([_$%&#])|\\[ ,;]|[~$]/g, (_, escaped?: string) => escaped ?? ' ');
}

function dropArgument(lexer: Lexer, length: number): void {
  dropped(lexer, length);
  lexer.at += ahead(lexer, /\s*\[[^[\]{}]*\]/y)?.[0].length ?? 0;
  const group = groupAhead(lexer);
  if (group !== null) lexer.at = group.end + 1;
}

function wideSpace(lexer: Lexer, length: number): void {
  const start = lexer.at;
  lexer.at += length;
  const group = groupAhead(lexer);
  const size =
    group === null ? ahead(lexer, /\s*-?[\d.]+\s*[a-z]{2}/y)?.[0].length : group.end + 1 - lexer.at;
  const total = length + (size ?? 0);
  lexer.at = start;
  emit(lexer, 'gap', '', total);
}

/** `\left(`, `\right.`: the side is certain here, which matters for bars. */
function delimiter(lexer: Lexer, name: string, length: number): void {
  const found = ahead(lexer, /\\(?:left|right)\s*(\\[A-Za-z]+|\\.|[^\\])/suy);
  const written = found?.[1] ?? '';
  const value = SYMBOLS.get(written)?.value || written;
  const kind = name === 'left' ? 'open' : 'close';
  if (found === null) emit(lexer, 'unclosed', `\\${name} without a delimiter`, length);
  else emit(lexer, kind, value, found[0].length);
}

function environment(lexer: Lexer, name: 'begin' | 'end', length: number): void {
  const found = ahead(lexer, /\\(?:begin|end)\s*\{\s*([A-Za-z]+\*?)\s*\}/y);
  if (found === null) {
    emit(lexer, 'unclosed', `\\${name} without the name of an environment`, length);
    return;
  }
  const value = found[1] ?? '';
  emit(lexer, name, value, found[0].length);
  if (name === 'end') return;
  lexer.at += ahead(lexer, /\[[A-Za-z]\]/y)?.[0].length ?? 0;
  const columns = COLUMN_ENVIRONMENTS.has(value) ? groupAhead(lexer) : null;
  if (columns !== null) lexer.at = columns.end + 1;
}

function tagCommand(lexer: Lexer, length: number): void {
  const start = lexer.at;
  lexer.at += length + (lexer.text[lexer.at + length] === '*' ? 1 : 0);
  const group = groupAhead(lexer);
  const value = group === null ? '' : lexer.text.slice(group.start, group.end);
  const size = (group === null ? lexer.at : group.end + 1) - start;
  lexer.at = start;
  emit(lexer, 'tag', value, size);
}

/** \underset{a}{b} is b_{a}: the sign first, then what stands below it. Long contents are not worth the trouble. */
function stacked(lexer: Lexer, side: 'sub' | 'sup', length: number): void {
  const start = lexer.at;
  lexer.at += length;
  const beside = groupAhead(lexer);
  if (beside !== null) lexer.at = beside.end + 1;
  const sign = groupAhead(lexer);
  if (beside === null || sign === null || sign.end - sign.start > 40 || beside.end - beside.start > 80) {
    lexer.at = start;
    emit(lexer, 'unsupported', 'a stacked formula', length);
    return;
  }
  lexer.prefix ??= lexer.base + start;
  lexRange(lexer, sign.start, sign.end);
  emit(lexer, side, '', 0);
  openBrace(lexer, 0);
  lexRange(lexer, beside.start, beside.end);
  lexer.at = sign.end + 1;
  closeBrace(lexer, 0);
}

function lexRange(lexer: Lexer, from: number, to: number): void {
  const outer = lexer.end;
  lexer.at = from;
  lexer.end = to;
  lexer.run(lexer);
  lexer.end = outer;
}

/** \xrightarrow{...} and \xlongequal{...}: what stands on them is a remark. */
function longArrow(lexer: Lexer, name: string, length: number): void {
  const start = lexer.at;
  lexer.at += length;
  const group = groupAhead(lexer);
  const size = (group === null ? lexer.at : group.end + 1) - start;
  lexer.at = start;
  if (name.endsWith('equal')) emit(lexer, 'relation', 'equal', size);
  else emit(lexer, 'arrow', '', size);
}
