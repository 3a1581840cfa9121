/** The gate as an assertion. */
import { BackproofError } from '../../error.js';
import { diagnosisText } from '../diagnosis/text.js';
import type { GateReport, GateResult } from '../run/report.js';
import { type GateCallOptions, gate } from './gate.js';
import type { GateKernel } from './kernel.js';
import { type Outcome, outcomeOf } from './outcome.js';

/**
 * Returns the report of a kernel whose gradients are verified: every result that it has, and one gradient at least.
 * @throws BackproofError `gradient-mismatch` with the diagnosis where a result is wrong; `gradient-not-verified` where
 * none is wrong and not all is shown; the codes of `gate`.
 * @example await assertGradient({ forward, backward }, 'conv2d')
 */
export async function assertGradient(
  kernel: GateKernel,
  op: string,
  options: Omit<GateCallOptions, 'ops'> = {},
): Promise<GateReport> {
  const report = await gate(kernel, { ...options, ops: [op] });
  const { results, interrupted } = report;
  const first = (outcome: Outcome) => results.find(one => outcomeOf(one) === outcome);
  const wrong = first('wrong');
  if (wrong) throw refused('gradient-mismatch', report, wrong);
  const open = first('unusable') ?? first('open');
  if (open) throw refused('gradient-not-verified', report, open);
  if (interrupted || !results.some(isVerifiedGradient)) throw refused('gradient-not-verified', report);
  return report;
}

const isVerifiedGradient = ({ result, verdict }: GateResult): boolean =>
  result !== 'y' && verdict === 'verified';

function refused(
  code: 'gradient-mismatch' | 'gradient-not-verified',
  report: GateReport,
  result?: GateResult,
): BackproofError {
  return new BackproofError({
    code,
    where: result ? `${result.op} ${result.result}` : report.kernel,
    what: code === 'gradient-mismatch' ? 'the kernel is wrong' : 'the kernel is not verified',
    expected: 'verified',
    got: result ? textOf(result) : whyNone(report),
    fix: result?.failure ? 'Run the replay line after each change.' : 'The whole report is in data.report.',
    data: { report },
  });
}

function textOf(one: GateResult): string {
  if (one.failure) return `\n${diagnosisText(one.failure, { ...one, rung: one.rung ?? 'none' })}\n`;
  if (one.mutants.live > 0) return `a gate that passes planted mistakes: ${one.survivors.join(', ')}`;
  const stderr = one.stderr.trim();
  return [one.verdict, one.reason, stderr && `stderr ends: ${stderr.slice(-400)}`].filter(Boolean).join(': ');
}

function whyNone({ interrupted, results }: GateReport): string {
  if (interrupted) return 'a run that was ended before';
  const reasons = results.map(({ result, verdict, reason }) => `${result} ${reason || verdict}`);
  return reasons.join('; ') || 'no result';
}
