/** Dollar signs: which pairs hold a formula, and which are money. */

import { hasWords } from './prose.js';

/**
 * Whether the text between two single dollars is a formula. Tight inside both ends is the rule; blanks at an end are
 * taken only around something that looks like mathematics and not like a sentence; a digit behind the second is money.
 */
export function isInlineMath(text: string, open: number, close: number): boolean {
  const content = text.slice(open + 1, close);
  if (content.trim() === '' || /\d/.test(text[close + 1] ?? '')) return false;
  const tight = !/^\s|\s$/.test(content);
  if (tight) return !(/^\d/.test(content) && hasWords(content, 2));
  return /[\\=^_]/.test(content) && !hasWords(content, /^\s*\d/.test(content) ? 1 : 2);
}
