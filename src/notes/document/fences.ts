/** Code fences. A fence that is never closed is no fence: it must not hide the rest of the document. */

import { contentStart, type Lines, spanOf } from './lines.js';

export interface Fence {
  readonly line: number;
  readonly mark: string;
  readonly length: number;
  readonly info: string;
}

/** The opening fence on a line, or null. */
export function fenceAt(lines: Lines, line: number): Fence | null {
  const start = contentStart(lines, line);
  const first = lines.text[start];
  if (first !== '`' && first !== '~') return null;
  const content = lines.text.slice(start, spanOf(lines, line).end);
  const length = /^(?:`+|~+)/.exec(content)?.[0].length ?? 0;
  const info = content.slice(length).trim();
  if (length < 3 || (first === '`' && info.includes('`'))) return null;
  return { line, mark: first, length, info };
}

/** Every line that could close a fence, in order. */
export function closingFences(lines: Lines): readonly Fence[] {
  const fences: Fence[] = [];
  for (let line = 0; line < lines.count; line += 1) {
    const fence = fenceAt(lines, line);
    if (fence?.info === '') fences.push(fence);
  }
  return fences;
}

/** The line that closes a fence, or null; `fences` are the candidates of the whole document. */
export function closingLine(fences: readonly Fence[], open: Fence): number | null {
  let low = 0;
  let high = fences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((fences[middle]?.line ?? 0) <= open.line) low = middle + 1;
    else high = middle;
  }
  for (let k = low; k < fences.length; k += 1) {
    const fence = fences[k];
    if (fence?.mark === open.mark && fence.length >= open.length) return fence.line;
  }
  return null;
}
