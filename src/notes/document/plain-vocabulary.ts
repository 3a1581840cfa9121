/** Words of plain-text formulas, which do not make a line a sentence. */

const FORMULA_WORDS = new Set(
  (
    'full cross transposed valid same convolution correlation conv conv1d conv2d conv3d rot rot180 rotated flip flipped ' +
    'transpose exp log ln sin cos tan tanh sqrt max min sum mean prod sigmoid relu softmax softplus sign abs norm pad ' +
    'input filter kernel loss gradient for if where when with and or so'
  ).split(' '),
);

/** Two or more letters that are neither a function of derivations nor a differential such as `dW`. */
export function isOrdinaryWord(word: string): boolean {
  if (word.length < 2 || /^[dD][A-Z]/.test(word) || (word.length === 2 && word.startsWith('d'))) return false;
  return !FORMULA_WORDS.has(word.toLowerCase());
}
