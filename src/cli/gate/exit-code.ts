/** From what a gate found to its exit code. */
import { outcomeOf } from '../../gate/gate.js';
import type { GateReport, GateResult } from '../../gate/index.js';
import { EXIT, type ExitCode, strongest } from '../exit.js';
import type { Judged } from './judged.js';

const CODES = {
  wrong: EXIT.mismatch,
  unusable: EXIT.failure,
  open: EXIT.incomplete,
  verified: EXIT.verified,
} as const;

/** What is skipped says nothing: where nothing else is there, nothing was checked. */
export function exitCodeOf({ reports, spent }: Judged, absent: readonly string[]): ExitCode {
  const results = reports.flatMap(report => report.results);
  const codes = results.flatMap(result => {
    const outcome = outcomeOf(result);
    return outcome === 'skipped' ? [] : [CODES[outcome]];
  });
  const isShort = absent.length > 0 || reports.some(one => one.interrupted);
  return strongest([
    ...codes,
    ...(isShort ? [EXIT.incomplete] : []),
    ...(spent.length > 0 ? [EXIT.failure] : []),
  ]);
}

/** Required operators, results (conv2d.dw) and kernels without a verified result, or with a skipped one. */
export function absentOf(required: readonly string[], reports: readonly GateReport[]): string[] {
  return [...new Set(required)].filter(name => {
    const own = reports.flatMap(report => report.results.filter(one => isNamed(name, report.kernel, one)));
    return own.length === 0 || own.some(one => one.verdict !== 'verified');
  });
}

const isNamed = (name: string, kernel: string, { op, result }: GateResult): boolean =>
  [kernel, op, `${op}.${result}`].includes(name);
