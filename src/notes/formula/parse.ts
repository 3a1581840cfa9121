/** From tokens to a tree, or to the reason why not. */

import { atom } from './atom.js';
import type { Failure } from './equation.js';
import { factor, primary } from './factor.js';
import { indexItem } from './index-list.js';
import { fail, failHere, inContext, type Parser, peek, spanFrom } from './parser.js';
import { comparison, listItems, product, sum } from './sum.js';
import type { Token } from './token.js';
import type { Formula } from './tree.js';

export type Parsed =
  | { readonly read: true; readonly formula: Formula }
  | { readonly read: false; readonly failure: Failure };

export interface ParseOptions {
  /** Names that apply to the bracket behind them. */
  readonly functions?: ReadonlySet<string>;
}

const GRAMMAR = { comparison, sum, product, factor, primary, atom };
const NO_FUNCTIONS: ReadonlySet<string> = new Set();

/** One side of an equation; several items with commas give a list. */
export function parseSide(tokens: readonly Token[], options: ParseOptions = {}): Parsed {
  const p = newParser(tokens, options);
  const { start } = peek(p);
  const items = listItems(p, sum);
  if (p.failure === null && peek(p).kind !== 'eof') failHere(p, 'the end of the formula');
  const [only] = items;
  const nothing = only?.kind === 'ellipsis' && items.length === 1;
  if (nothing) fail(p, 'syntax', 'nothing but an ellipsis stands on this side', only.span);
  if (p.failure !== null) return { read: false, failure: p.failure };
  const span = spanFrom(p, start);
  const list: Formula = { kind: 'list', bracket: 'none', items, span };
  return { read: true, formula: items.length === 1 && only !== undefined ? only : list };
}

/** The items of a condition or range, comparisons included; null if they cannot be read. */
export function parseItems(tokens: readonly Token[], options: ParseOptions = {}): readonly Formula[] | null {
  const p = newParser(tokens, options);
  const items = inContext(p, 'list', () => listItems(p, indexItem));
  return p.failure === null && peek(p).kind === 'eof' ? items : null;
}

function newParser(tokens: readonly Token[], { functions = NO_FUNCTIONS }: ParseOptions): Parser {
  const end = tokens.at(-1)?.end ?? 0;
  const all = tokens.slice();
  all.push({ kind: 'eof', value: '', start: end, end, gap: 'none', font: null });
  const grammar = GRAMMAR;
  return { tokens: all, at: 0, depth: 0, context: 'side', failure: null, grammar, functions };
}
