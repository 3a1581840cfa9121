/** The words of the house: what has one name has no other, in code, messages and docs. */
export interface BannedWord {
  /** A word as the parts of an identifier, joined by `_`: `grad_in` also means gradIn, GradIn and theGradIn. */
  readonly word: string;
  readonly instead: string;
}

export interface WordException {
  /** The file or folder it holds for. */
  readonly path: string;
  readonly words: readonly string[];
  readonly reason: string;
}

const transposed = "transposed correlation ('convTranspose')";

export const bannedWords: readonly BannedWord[] = [
  { word: 'delta', instead: "the upstream gradient, 'yBar'" },
  { word: 'd_out', instead: "'yBar'" },
  { word: 'dout', instead: "'yBar'" },
  { word: 'grad_out', instead: "'yBar'" },
  { word: 'grad_output', instead: "'yBar'" },
  { word: 'grad_in', instead: "'xBar'" },
  { word: 'grad_input', instead: "'xBar'" },
  { word: 'grad_weight', instead: "'wBar'" },
  { word: 'deconv', instead: transposed },
  { word: 'deconvolve', instead: transposed },
  { word: 'deconvolution', instead: transposed },
  { word: 'deconvolutional', instead: transposed },
];

export const wordExceptions: readonly WordException[] = [
  {
    path: 'src/notes',
    words: ['delta', 'd_out', 'dout', 'deconv', 'deconvolution'],
    reason: 'the reader of notes must recognise what people write',
  },
  {
    path: 'src/cli/demo',
    words: ['delta', 'd_out', 'dout', 'deconv', 'deconvolution'],
    reason: 'derivations as people write them',
  },
  {
    path: 'src/report/readable.ts',
    words: ['delta'],
    reason: 'prints the Greek letters of what people wrote',
  },
  { path: 'README.md', words: ['delta'], reason: 'shows the short-hand of a directive, upstream=dO|delta' },
];

/** `gradIn`, `grad_in` and `GRAD_IN` all become `_grad_in_`. */
function partsOf(identifier: string): string {
  const split = identifier.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2');
  return `_${split.toLowerCase().replace(/[_$]+/gu, '_')}_`;
}

const isExcepted = (file: string, word: string): boolean =>
  wordExceptions.some(
    ({ path, words }) => (file === path || file.startsWith(`${path}/`)) && words.includes(word),
  );

/** One message for each banned word of a text: where it stands and what to say instead. */
export function findBannedWords(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, i) =>
    [...line.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)].flatMap(([identifier]) => {
      const parts = partsOf(identifier);
      const hits = bannedWords.filter(({ word }) => parts.includes(`_${word}_`) && !isExcepted(file, word));
      return hits.map(({ instead }) => `${file}:${i + 1}: '${identifier}': say ${instead}`);
    }),
  );
}
