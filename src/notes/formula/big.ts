/** Sums, products, maxima and minima with limits below and above. */

import { boundsOf } from './bounds.js';
import { gluedItems, indexItem, plainName } from './index-list.js';
import { callOf } from './name.js';
import {
  accept,
  deeper,
  fail,
  failHere,
  inContext,
  isNext,
  next,
  type Parser,
  peek,
  spanFrom,
} from './parser.js';
import { startsFactor } from './starts.js';
import { readSuperscript } from './superscript.js';
import type { Big, Formula } from './tree.js';

const WORDS: ReadonlySet<string> = new Set(['max', 'min', 'argmax', 'argmin']);

/** \sum, \max, and max as letters; `sum` as letters only with limits. */
export function isBig(p: Parser): boolean {
  const token = peek(p);
  if (token.kind === 'big') return true;
  return token.kind === 'name' && WORDS.has(token.value) && p.tokens[p.at + 1]?.kind !== 'number';
}

export function bigAtom(p: Parser): Formula {
  const token = next(p);
  const op = token.value as Big['op']; // symbols.ts and WORDS have these values only
  const bracketed = isNext(p, 'open') && !isNext(p, 'open', '{');
  if (bracketed && op !== 'sum' && op !== 'prod') return callOf(p, plainName(token));
  let items: readonly Formula[] = [];
  let above: Formula | null = null;
  while (p.failure === null && (isNext(p, 'sub') || isNext(p, 'sup'))) {
    if (accept(p, 'sub') !== null) items = below(p);
    else above = readSuperscript(p).sup?.of ?? null;
  }
  const { bounds, conditions } = boundsOf(items, above);
  const starts = startsFactor(p) || isNext(p, 'sign') || isNext(p, 'bar');
  const body = starts ? deeper(p, p.grammar.product) : failHere(p, `what the ${op} is taken of`);
  const span = spanFrom(p, token.start);
  const bare = bounds.length === 0 && conditions.length === 0 && op !== 'sum' && op !== 'prod';
  if (bare) return { kind: 'call', head: plainName(token), args: [body], span };
  return { kind: 'big', op, bounds, conditions, body, span };
}

/** The limits below: one token, or a list in braces, \substack rows too. */
function below(p: Parser): readonly Formula[] {
  const open = accept(p, 'open', '{');
  if (open === null) {
    const token = next(p);
    if (token.kind === 'name') return [plainName(token)];
    fail(p, 'syntax', 'the limit below is not read', token);
    return [];
  }
  const inner = bracesWhole(p) && accept(p, 'open', '{') !== null; // the braces of \substack
  const items = inContext(p, 'list', () => limits(p));
  const closed = accept(p, 'close', '}') !== null && (!inner || accept(p, 'close', '}') !== null);
  if (!closed) failHere(p, 'the end of the limits');
  return items;
}

function wordsItem(p: Parser): Formula {
  const { value, start, end } = next(p);
  return { kind: 'label', text: value.trim(), of: null, span: { start, end } };
}

/** Words such as "s.t." separate too, and stay as a condition. */
function anotherLimit(p: Parser, last: Formula | undefined): boolean {
  if ((accept(p, 'comma') ?? accept(p, 'row') ?? accept(p, 'semicolon')) !== null) return true;
  return isNext(p, 'text') || (last?.kind === 'label' && !isNext(p, 'close'));
}

/** Whether a brace begins here and nothing stands between its end and the end of the braces around it. */
function bracesWhole(p: Parser): boolean {
  if (!isNext(p, 'open', '{')) return false;
  let depth = 0;
  for (let at = p.at; at < p.tokens.length; at += 1) {
    const kind = p.tokens[at]?.kind;
    depth += kind === 'open' ? 1 : kind === 'close' ? -1 : 0;
    if (depth === 0) return p.tokens[at + 1]?.kind === 'close';
  }
  return false;
}

function limits(p: Parser): readonly Formula[] {
  const items: Formula[] = [];
  do {
    const glued = gluedItems(p);
    const found = glued?.items ?? [isNext(p, 'text') ? wordsItem(p) : indexItem(p)];
    for (const item of found) items.push(item);
    while (isNext(p, 'dots') || (items.at(-1)?.kind === 'ellipsis' && startsFactor(p)))
      items.push(indexItem(p));
  } while (p.failure === null && anotherLimit(p, items.at(-1)));
  return items;
}
