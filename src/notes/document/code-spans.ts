/** Inline code: a run of backticks and the next run of the same length in the paragraph. */

import type { Finder } from './finder.js';

export interface CodeRuns {
  /** From the run at an offset to behind its code, or behind the run itself if nothing closes it. */
  readonly skip: (at: number) => number;
}

export function codeRuns(text: string, from: number, to: number, tick: Finder): CodeRuns {
  const runs = new Map<number, number[]>();
  for (let at = tick(from); at < to; at = tick(at)) {
    const start = at;
    while (text[at] === '`') at += 1;
    const places = runs.get(at - start) ?? [];
    places.push(start);
    runs.set(at - start, places);
  }
  const passed = new Map<number, number>();
  const skip = (at: number) => {
    let end = at;
    while (text[end] === '`') end += 1;
    const length = end - at;
    const places = runs.get(length) ?? [];
    let k = passed.get(length) ?? 0;
    while (k < places.length && (places[k] ?? 0) < end) k += 1;
    passed.set(length, k);
    const close = places[k];
    return close === undefined ? end : close + length;
  };
  return { skip };
}
