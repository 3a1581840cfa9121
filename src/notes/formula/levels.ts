/** How deep each token of a row stands; brackets left open or closed for nothing do not count. */

import type { Token } from './token.js';

const isBrace = (token: Token | undefined) =>
  token?.kind === 'begin' || token?.kind === 'end' || token?.value === '{' || token?.value === '}';

/** Level 0 is outside of every bracket; a bracket that is closed stands, with both halves, at its inner level. */
export function tokenLevels(tokens: readonly Token[]): readonly number[] {
  const step = new Array<number>(tokens.length + 1).fill(0);
  const open: number[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'open' || token.kind === 'begin') open.push(at);
    else if (token.kind === 'close' || token.kind === 'end') {
      const start = partnerOf(tokens, open, token);
      if (start === undefined) continue;
      step[start] = (step[start] ?? 0) + 1;
      step[at + 1] = (step[at + 1] ?? 0) - 1;
    }
  }
  let level = 0;
  for (const [at, change] of step.entries()) {
    level += change;
    step[at] = level;
  }
  return step;
}

/** Braces and environments close what was left open inside them; a round bracket cannot close a brace. */
function partnerOf(tokens: readonly Token[], open: number[], close: Token): number | undefined {
  if (!isBrace(close)) return isBrace(tokens[open.at(-1) ?? -1]) ? undefined : open.pop();
  while (open.length > 0) {
    const start = open.pop() ?? 0;
    if (isBrace(tokens[start])) return start;
  }
  return undefined;
}
