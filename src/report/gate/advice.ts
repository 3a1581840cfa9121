/** The last line: what to do now. */
import type { Style } from '../style.js';
import { type GateRun, isInterrupted, isProblem, type OwnedResult, resultsOf } from './run.js';

export function adviceText(run: GateRun, style: Style): string {
  const results = resultsOf(run);
  const has = (...verdicts: string[]) => results.some(one => verdicts.includes(one.verdict));
  if (has('mismatch', 'mutated-input', 'unwritten', 'nondeterministic'))
    return style.red('Not verified: ') + wrongAdvice(results);
  if (has('crash', 'hang'))
    return `${style.red('Not verified: ')}the kernel fell; what it wrote last is above. The replay line runs that one case.`;
  if (has('protocol', 'startup') || run.spent.length > 0)
    return `${style.red('Not verified: ')}the kernel could not be used. For a command: backproof peer-check -- COMMAND shows which part of the protocol fails.`;
  return openAdvice(run, results, style);
}

function wrongAdvice(results: readonly OwnedResult[]): string {
  const replayed = results.find(one => one.failure !== null);
  const then = 'correct the kernel and run the same command again';
  return replayed ? `${then}; the replay line runs the one smallest case that fails.` : `${then}.`;
}

function openAdvice(run: GateRun, results: readonly OwnedResult[], style: Style): string {
  const open = style.yellow('Not verified: ');
  const verified = results.filter(one => one.verdict === 'verified').length;
  if (isInterrupted(run))
    return `${open}interrupted; what is above holds for the cases that were run. Run it again to the end.`;
  if (results.some(one => one.verdict === 'suspect'))
    return `${open}differences alone disagree. Run it with another --seed, or in float64.`;
  if (results.some(isProblem))
    return `${open}planted mistakes passed, so that these cases show little. Run it with more: --cases N.`;
  if (verified === 0) return `${open}nothing was judged. The reasons are above.`;
  if (run.absent.length > 0) return `${open}what --require names has to be there and verified.`;
  return `${style.green('Verified')}, for the domain and at the rungs above.`;
}
