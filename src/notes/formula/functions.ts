/** The functions that a derivation may apply without declaring them, and their spellings. */

import type { Call } from './tree.js';

/** One row per function: its id, then its spellings, lower case, without blanks, hyphens and underscores. */
const FUNCTIONS = [
  'exp',
  'log ln lg log2 log10',
  'sin',
  'cos',
  'tan',
  'sinh',
  'cosh',
  'tanh',
  'sqrt',
  'abs',
  'norm',
  'floor',
  'ceil ceiling',
  'round',
  'sign sgn',
  'max maximum',
  'min minimum',
  'argmax',
  'argmin',
  'sum',
  'mean avg average',
  'sigmoid sigma logistic',
  'relu',
  'leaky-relu leakyrelu lrelu',
  'softmax',
  'softplus',
  'gelu',
  'convolution conv conv1 conv2 conv3 conv1d conv2d conv3d convolve',
  'full-convolution fullconvolution fullconv convfull',
  'correlation crosscorrelation corr xcorr correlate correlate2d corr2d',
  'full-correlation fullcorrelation fullcrosscorrelation',
  'transposed-convolution convtranspose transposedconvolution convtranspose2d deconvolution',
  'rot180 rotate180 rot180deg',
  'rot rotate rotated rot90',
  'flip flipped fliplr flipud reverse',
  'transpose',
  'pad zeropad pad0',
  'upsample',
  'maxpool maxpooling maxpool2d',
  'avgpool averagepooling avgpool2d',
  'vec flatten',
  'reshape',
  'diag',
  'trace tr',
  'det',
  'dim',
  'size len length',
  'shape',
  'dot matmul',
  'indicator',
  'inner',
  'im2col',
  'col2im',
];

const IDS: ReadonlyMap<string, string> = new Map(
  FUNCTIONS.flatMap(row => {
    const [id = '', ...spellings] = row.split(' ');
    return [id, ...spellings].map(spelling => [spelling.replaceAll('-', ''), id] as const);
  }),
);

/** The id of a spelling (`ReLU`, `Full Convolution`, `sigma`), or null. */
export function functionNamed(spelling: string): string | null {
  return IDS.get(spelling.toLowerCase().replace(/[\s_-]+/g, '')) ?? null;
}

/** What a call applies: `full-convolution`, `rot180`, `sigmoid`; null for a name that is no known function. */
export function functionId(call: Call): string | null {
  return functionNamed(call.head.base);
}
