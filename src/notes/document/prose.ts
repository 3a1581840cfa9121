/** Telling sentences from formulas. */

const WORD_ARGUMENT = /\\(?:text\w*|mathrm|mathit|mathsf|operatorname\*?|mbox|tag|label)\s*\{[^{}]*\}/g;
const COMMAND = /\\[A-Za-z]+/g;

/** `count` or more ordinary words in a row, words inside \text{...} and commands not counted. */
export function hasWords(text: string, count: number): boolean {
  const bare = text.replace(WORD_ARGUMENT, ' = ').replace(COMMAND, ' = ');
  let run = 0;
  for (const [word] of bare.matchAll(/[^\s]+/g)) {
    run = /^["'(]?[A-Za-z][a-z'-]+["')]?[.,;:!?]?$/.test(word) ? run + 1 : 0;
    if (run >= count) return true;
  }
  return false;
}
