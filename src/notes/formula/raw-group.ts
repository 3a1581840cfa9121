/** Braced arguments that are taken as raw text. */

import type { Span } from '../document/position.js';
import type { Lexer } from './lexer.js';

/** Closing brace of each opening one, for one text; computed on the first question, so that no search is repeated. */
const MATCHES = new WeakMap<Lexer, Map<number, number>>();

/** The content of the braces that begin at the present place, blanks before them skipped; null if there are none. */
export function groupAhead(lexer: Lexer): Span | null {
  let at = lexer.at;
  while (at < lexer.end && /\s/.test(lexer.text[at] ?? '')) at += 1;
  if (lexer.text[at] !== '{') return null;
  let matches = MATCHES.get(lexer);
  if (matches === undefined) {
    matches = matchBraces(lexer.text);
    MATCHES.set(lexer, matches);
  }
  const close = matches.get(at);
  return close === undefined || close >= lexer.end ? null : { start: at + 1, end: close };
}

function matchBraces(text: string): Map<number, number> {
  const matches = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '{') open.push(at);
    else if (character === '}') {
      const start = open.pop();
      if (start !== undefined) matches.set(start, at);
    }
  }
  return matches;
}
