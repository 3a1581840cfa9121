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
  return { kind: 'big', op, bounds, conditions, body, span: spanFrom(p, token.start) };
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
  const inner = accept(p, 'open', '{') !== null; // the braces of \substack
  const items = inContext(p, 'list', () => limits(p));
  const closed = accept(p, 'close', '}') !== null && (!inner || accept(p, 'close', '}') !== null);
  if (!closed) failHere(p, 'the end of the limits');
  return items;
}

function limits(p: Parser): readonly Formula[] {
  const items: Formula[] = [];
  do {
    const glued = gluedItems(p);
    const found = glued?.items ?? [isNext(p, 'text') ? p.grammar.atom(p) : indexItem(p)];
    for (const item of found) items.push(item);
    while (isNext(p, 'dots') || (items.at(-1)?.kind === 'ellipsis' && startsFactor(p)))
      items.push(indexItem(p));
  } while (p.failure === null && (accept(p, 'comma') ?? accept(p, 'row') ?? accept(p, 'semicolon')) !== null);
  return items;
}
