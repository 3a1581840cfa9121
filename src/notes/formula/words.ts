/**
 * Where letters that stand together are a word and where they are a product or several indices.
 * LaTeX has no word boundary in mathematics: `ab` is a times b, `loss` is hardly l times o times s times s.
 */

import { functionNamed } from './functions.js';

const QUANTITIES =
  'out dout prev next new old loss cost err error input output kernel filter weight weights bias target pred true pad ' +
  'padding stride dilation size height width depth batch image ReLU MSE BCE CE SSE NLL ELU SGD conv pool full valid same ' +
  'net mean var std sum max min avg row col rows cols tot total train test val if else otherwise mod grad Loss Cost Out';

/** Words of indices and superscripts only: `n_{in}` is no product, `in` elsewhere is one. */
const INDEX_WORDS =
  'in out prev next new old full valid same pad flip rot max min avg mean sum row col tot true pred train test val loss ' +
  'conv pool fc relu input output skip crop stop shift loop top hid hidden bias target ref opt norm relu act lin';

const QUANTITY_SET = new Set(QUANTITIES.split(' '));
const INDEX_SET = new Set(INDEX_WORDS.split(' '));

/** Functions too short or too common as products to be words of their own: `tr`, `vec`. */
const NOT_WORDS = new Set(['tr', 'lg', 'len']);

export function isKnownWord(letters: string): boolean {
  if (letters.length < 2 || NOT_WORDS.has(letters)) return false;
  if (letters.includes('_')) return true;
  return QUANTITY_SET.has(letters) || functionNamed(letters) !== null;
}

/** Letters that stand together in LaTeX outside a script: from four on they are a word. */
export function isWord(letters: string): boolean {
  return letters.length >= 4 || isKnownWord(letters);
}

/** The letters of an index or superscript: `prev` and `Flip` are words, `ij` and `ijkl` are one index each. */
export function isIndexWord(letters: string): boolean {
  if (INDEX_SET.has(letters) || isKnownWord(letters)) return true;
  if (letters.length < 3) return false;
  return letters.length > 3 ? !/^[h-w]+$/.test(letters) : /[A-Z]/.test(letters) && /[a-z]/.test(letters);
}

/**
 * `dW`, `db`, `dout`, `dLoss`: the name behind the d; null for a word that only begins with a d.
 * In a slash derivative, `dloss/dweight`, any name may follow.
 */
export function behindD(word: string, inSlash: boolean): string | null {
  const rest = /^d(\p{L}.*)$/u.exec(word)?.[1];
  if (rest === undefined) return null;
  const plausible = inSlash || rest.length === 1 || /^\p{Lu}/u.test(rest) || /^\p{L}\d+$/u.test(rest);
  return plausible || QUANTITY_SET.has(rest) ? rest : null;
}

/** Code style: `dfdx`, `dLdW1`, `dL_dX`; the two names, or null. */
export function codeDerivative(word: string): readonly [string, string] | null {
  const parts = /^d([A-Za-z])d([A-Za-z]\d*)$/.exec(word) ?? /^d([A-Za-z]\w*?)_d([A-Za-z]\w*)$/.exec(word);
  return parts?.[1] !== undefined && parts[2] !== undefined ? [parts[1], parts[2]] : null;
}

const CONDITIONS =
  /^\W*(?:if|for|when|whenever|otherwise|else|such that|s\.t\.|unless|forall|in case)(?![A-Za-z])/i;
const LINKS =
  /^\W*(?:and|or|so|where|with|thus|hence|then|therefore|but|while|similarly|since|because|as|i\.e\.|let|now|also|next)(?![A-Za-z])/i;

/** Words that begin a condition: what follows limits the equation before them. */
export function isConditionWord(words: string): boolean {
  return CONDITIONS.test(words);
}

/** Words between two equations. */
export function isLinkWord(words: string): boolean {
  return LINKS.test(words);
}
