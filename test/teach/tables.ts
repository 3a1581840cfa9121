/** Short ways to ask for tables and to look into them. */
import { BackproofError } from '../../src/error.js';
import { type GradientTable, gradientTable, type Section, type TableOptions } from '../../src/teach/index.js';
import { parseNamedShape } from '../../src/tensor/index.js';

/** A name and extents as the command line has them: X=3x3. */
export function named(text: string) {
  const { names, shape } = parseNamedShape(text);
  return { name: names[0]!, shape: shape ?? [] };
}

/** conv2d of two tensors written as on the command line. */
export function conv2d(input: string, kernel: string, more: Partial<TableOptions> = {}): GradientTable {
  return gradientTable('conv2d', { input: named(input), kernel: named(kernel), ...more });
}

/** Right sides by cell, of one part. */
export function plainOf(table: GradientTable, of: Section): Record<string, string> {
  return Object.fromEntries(table.cells.filter(one => one.of === of).map(one => [one.cell, one.plain]));
}

export function thrown(act: () => unknown): BackproofError {
  try {
    act();
  } catch (error) {
    if (error instanceof BackproofError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Signs that formats read in their own way, commas, zeros, a bias, several output channels. */
export const odd = conv2d("W_1'=2x11", 'F=2x1x3', {
  bias: { name: 'b_0' },
  output: 'O_out',
  loss: 'E',
  params: { stride: 2, padding: [0, 1], convention: 'convolution' },
});
export const classic = conv2d('X=3x3', 'F=2x2');
const full = gradientTable('convolve', {
  input: named('X=2x2'),
  kernel: named('F=2x2'),
  params: { padding: 'full' },
});
const words = conv2d('in=2x2', 'Ws=1x2');
/** What every format is tried on. */
export const tables = [
  ['words', words],
  ['classic', classic],
  ['odd', odd],
  ['full', full],
] as const;
