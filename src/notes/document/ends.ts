/** Trimming by counting: an expression that ends in `+$` looks at a long run once for each of its characters. */

/** The end of `text` without what `isLoose` accepts at it, not before `start`. */
export function trimmedEnd(text: string, start: number, isLoose: (character: string) => boolean): number {
  let end = text.length;
  while (end > start && isLoose(text[end - 1] ?? '')) end -= 1;
  return end;
}

/** Blanks and the punctuation of the sentence around a formula. */
export const isPunctuation = (character: string) => ' \t\u00a0\r\n.;,'.includes(character);
