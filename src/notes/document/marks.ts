/** Comments that speak to backproof. */

import type { Mark } from './document.js';
import type { Span } from './position.js';

/** The mark in a comment whose inside is `inner`; null for any other comment. */
export function markIn(text: string, span: Span, inner: Span, closed: boolean): Mark | null {
  const content = text.slice(inner.start, inner.end);
  const found = /^\s*(backproof[A-Za-z-]*)\s*:?\s*/.exec(content);
  const name = found?.[1];
  if (found === null || name === undefined) return null;
  const start = inner.start + found[0].length;
  const end = Math.max(start, inner.start + content.trimEnd().length);
  return { name, body: text.slice(start, end), bodySpan: { start, end }, span, closed };
}
