/** What went wrong, told from the kernel's formula alone: a factor, a range, or indices taken for others. */
import type { Element, Hint, HintContext } from './hint.js';
import { movedElement } from './hint-element.js';
import { ignoredTensor, indexHints } from './hint-index.js';
import { rangeHints } from './hint-range.js';
import { relationHints } from './hint-relation.js';
import { scaleHint } from './hint-scale.js';

/** Hints that are worth a line. */
const MOST = 3;

/** Explanations of one element, the likeliest first: at most three; none where it is right. */
export function structuralHints(context: HintContext, element: Element): Hint[] {
  return sharedHints(context, [element]);
}

/** Explanations that hold for every one of several elements of one result. */
export function sharedHints(context: HintContext, elements: readonly Element[]): Hint[] {
  const [first, ...others] = elements.map(one => allHints(context, one));
  const shared = (hint: Hint) => others.every(list => list.some(one => one.says === hint.says));
  return (first ?? []).filter(shared).slice(0, MOST);
}

function allHints(context: HintContext, element: Element): Hint[] {
  const { scale, rest } = scaleHint(context.settled, element);
  if (!rest) return scale ? [scale] : [];
  const told = [
    ...rangeHints(context.settled, rest),
    ...ignoredTensor(rest),
    ...indexHints(context.settled, rest),
    ...movedElement(context, rest),
    ...relationHints(context.settled, rest),
  ];
  // A factor alone says nothing where the products are others and nobody knows why.
  const [likeliest, ...less] = told.sort((a, b) => a.rank - b.rank);
  return likeliest ? [likeliest, ...(scale ? [scale] : []), ...less] : [];
}
