/** Words inside a formula: a function, a rotation, a label before a formula, or a name. */

import { functionNamed } from './functions.js';
import { plainName } from './index-list.js';
import { called, scripted } from './name.js';
import { isNext, next, type Parser, spanFrom } from './parser.js';
import { holdsList, startsFactor } from './starts.js';
import type { Formula } from './tree.js';

export function textAtom(p: Parser): Formula {
  const token = next(p);
  const words = token.value.trim();
  const quoted = /^'(.*)'$/s.exec(words);
  if (quoted !== null)
    return { kind: 'label', text: quoted[1] ?? '', of: null, span: spanFrom(p, token.start) };
  const name = { ...plainName(token, words), font: 'text' };
  const scripts = isNext(p, 'sub') || isNext(p, 'sup') || isNext(p, 'prime');
  const bracket = isNext(p, 'open') && !isNext(p, 'open', '{');
  const apart = bracket && /\s$/.test(token.value) && functionNamed(words) === null && !holdsList(p);
  if (scripts || (bracket && !apart) || !startsFactor(p)) return called(p, scripted(p, name));
  const turn = rotation(words);
  const known = functionNamed(words) !== null && turn === null;
  const of = known ? p.grammar.primary(p) : p.grammar.factor(p);
  const span = spanFrom(p, token.start);
  if (turn === null && !known) return { kind: 'label', text: words, of, span };
  return { kind: 'call', head: { ...name, base: turn ?? words }, args: [of], span };
}

/** `rot180` for "180° rotated Filter", `rot` for "rotated", `flip` for "flipped"; null for other words. */
export function rotation(words: string): string | null {
  if (/flip/i.test(words)) return 'flip';
  if (!/\brot/i.test(words)) return null;
  const degrees = /\d+/.exec(words)?.[0];
  return `rot${degrees ?? ''}`;
}
