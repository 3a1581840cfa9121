/** The checker as the library offers it: the reader of notations is loaded when it is first called. */
import type { CheckOptions } from './check.js';
import type { FileReport } from './judge/report.js';

/**
 * Every equation of a hand derivation with exactly one verdict: correct or wrong where shown for all values at the
 * setup's shape, else unchecked with a reason.
 * @throws BackproofError for a malformed directive, with line and column in its data.
 * @example (await checkDerivation(text, { format: 'markdown', path: 'notes.md' })).summary.wrong
 */
export async function checkDerivation(text: string, options: CheckOptions): Promise<FileReport> {
  const { checkDerivation: check } = await import('./check.js');
  return check(text, options);
}
