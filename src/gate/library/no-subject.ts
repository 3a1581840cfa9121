/** The report on a kernel that could not be had. */
import { operatorNamed } from '../../ops/index.js';
import { inputOf } from '../judge/probe.js';
import type { GateReport, GateResult } from '../run/report.js';
import { type NoSubject, RESULTS, type ResultName } from '../subject/subject.js';

/** Stands for the operators where none was named. */
const ANY = '*';

/**
 * One result for each that was asked for: `protocol` where the client broke it, else `startup`. Without operators there is
 * one result of the operator `*`.
 * @throws BackproofError `unknown-operator`.
 */
export function noSubjectReport(
  kernel: string,
  none: NoSubject,
  {
    ops = [],
    seed = 1,
  }: { readonly ops?: readonly string[] | undefined; readonly seed?: number | undefined },
): GateReport {
  const asked = ops.length === 0 ? [{ op: ANY, result: 'y' as const }] : ops.flatMap(resultsOf);
  const results = asked.map(one => resultOf(one, none));
  const summary = { verified: 0, failed: results.length, skipped: 0 };
  return { formatVersion: 1, kernel, seed, results, summary, interrupted: false, notes: [] };
}

interface Asked {
  readonly op: string;
  readonly result: ResultName;
}

function resultsOf(op: string): Asked[] {
  const { inputs } = operatorNamed(op);
  return RESULTS.filter(result => result === 'y' || Object.hasOwn(inputs, inputOf(result)!)).map(result => ({
    op,
    result,
  }));
}

const resultOf = (asked: Asked, { fault, message, stderr }: NoSubject): GateResult => ({
  ...asked,
  verdict: fault === 'protocol' ? 'protocol' : 'startup',
  ...{ rung: null, cases: 0, missProbability: null, failure: null, reason: message, stderr },
  mutants: { killed: 0, live: 0, equivalent: 0 },
  ...{ survivors: [], evidence: [], conditions: [], domain: '' },
});
