/** Numbers: with thousands commas, degrees, and the bold 1 that is a name. */

import { plainName } from './index-list.js';
import { called, scripted } from './name.js';
import { accept, isNext, next, type Parser, peek, peekSecond, spanFrom } from './parser.js';
import { rotation } from './text.js';
import type { Formula } from './tree.js';

export function numberAtom(p: Parser): Formula {
  const token = next(p);
  if (token.font !== null) return called(p, scripted(p, plainName(token)));
  let text = token.value;
  while (p.context === 'side' && thousandsAhead(p, text)) {
    next(p);
    text += `,${next(p).value}`;
  }
  if (degree(p)) return angle(p, text, token.start);
  return { kind: 'number', text, span: spanFrom(p, token.start) };
}

/** `1,820`: a comma and three digits with no blank between. */
function thousandsAhead(p: Parser, text: string): boolean {
  const [comma, digits] = [peek(p), peekSecond(p)];
  const glued =
    comma.kind === 'comma' && comma.gap === 'none' && digits.kind === 'number' && digits.gap === 'none';
  return glued && /^\d{3}(?:\.\d+)?$/.test(digits.value) && /^\d{1,3}(?:,\d{3})*$/.test(text);
}

/** `^\circ`, `^{\circ}`, `°`. */
function degree(p: Parser): boolean {
  if (accept(p, 'degree') !== null) return true;
  if (!isNext(p, 'sup')) return false;
  const braced = peekSecond(p).value === '{';
  const sign = p.tokens[p.at + (braced ? 2 : 1)];
  if (sign?.kind !== 'degree' && !(sign?.kind === 'product' && sign.value === 'circ')) return false;
  p.at += braced ? 4 : 2;
  p.at = Math.min(p.at, p.tokens.length - 1);
  return true;
}

/** `180^\circ \text{ rotated Filter } F` turns what follows; an angle alone is a number. */
function angle(p: Parser, text: string, start: number): Formula {
  const words = peek(p);
  if (words.kind === 'text' && rotation(`${text}° ${words.value}`) !== null) {
    next(p);
    const head = plainName(words, `rot${text}`);
    const args = [p.grammar.factor(p)];
    return { kind: 'call', head, args, span: spanFrom(p, start) };
  }
  return { kind: 'number', text: `${text}°`, span: spanFrom(p, start) };
}
