/** Which brace and environment closes which, found once for a region so that no later step searches. */

import type { Token } from './token.js';

export interface Matched {
  readonly tokens: readonly Token[];
  /** Index of the other half of a brace or environment; -1 for every other token and for halves left alone. */
  readonly partner: readonly number[];
}

export function matchTokens(tokens: readonly Token[]): Matched {
  const partner = new Array<number>(tokens.length).fill(-1);
  const open: number[] = [];
  const waiting = new Map<string, number>();
  const count = (what: string, by: number) => waiting.set(what, (waiting.get(what) ?? 0) + by);
  tokens.forEach((token, at) => {
    const what = halfOf(token);
    if (what === null) return;
    if (token.kind === 'open' || token.kind === 'begin') {
      open.push(at);
      count(what, 1);
      return;
    }
    // Halves that are skipped here never close: what arrives belongs further out.
    while ((waiting.get(what) ?? 0) > 0) {
      const start = open.pop() ?? 0;
      const opened = halfOf(tokens[start]) ?? '';
      count(opened, -1);
      if (opened !== what) continue;
      partner[start] = at;
      partner[at] = start;
      return;
    }
  });
  return { tokens, partner };
}

/** What must close it: the brace, or the environment by name; null for tokens that come alone. */
function halfOf(token: Token | undefined): string | null {
  if (token?.kind === 'begin' || token?.kind === 'end') return token.value;
  if (token?.kind === 'open' && token.value === '{') return '{';
  return token?.kind === 'close' && token.value === '}' ? '{' : null;
}

/** A half left alone becomes a token of its own kind, so that only its equation fails. */
export function soundToken(matched: Matched, at: number): Token | undefined {
  const token = matched.tokens[at];
  if (token === undefined || halfOf(token) === null || (matched.partner[at] ?? -1) >= 0) return token;
  const environment = token.kind === 'begin' || token.kind === 'end';
  const what = environment ? `\\${token.kind}{${token.value}}` : `the brace ${token.value}`;
  return { ...token, kind: 'unclosed', value: `${what} without its other half` };
}
