/** What may begin a factor. */

import { type Parser, peek } from './parser.js';
import type { TokenKind } from './token.js';

const STARTS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'number',
  'name',
  'text',
  'partial',
  'nabla',
  'open',
  'frac',
  'sqrt',
  'accent',
  'note',
  'big',
  'begin',
]);

/** Whether a factor begins at the place, or `ahead` tokens behind it. Bars do not: their side is unknown. */
export function startsFactor(p: Parser, ahead = 0): boolean {
  peek(p);
  return STARTS.has(p.tokens[p.at + ahead]?.kind ?? 'eof');
}

/** Whether the bracket at the place holds a comma of its own, which makes it a list. */
export function holdsList(p: Parser): boolean {
  let depth = 0;
  for (let at = p.at; at < p.tokens.length; at += 1) {
    const kind = p.tokens[at]?.kind;
    if (kind === 'open' || kind === 'begin') depth += 1;
    else if (kind === 'close' || kind === 'end') depth -= 1;
    else if (kind === 'comma' && depth === 1) return true;
    if (depth === 0) return false;
  }
  return false;
}
