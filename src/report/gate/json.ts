/** A gate for programs: the promised fields first, then what else is known. */
import type { GateReport, GateResult } from '../../gate/index.js';
import { jsonNumber } from '../json-number.js';
import { type GateRun, isInterrupted } from './run.js';

/** One kernel as it is; of several, the names are joined, and each result says of which it is. */
export function gateJson({ reports, absent }: GateRun): string {
  const [first] = reports;
  const isOne = reports.length === 1;
  const sum = (key: 'verified' | 'failed' | 'skipped') =>
    reports.reduce((total, { summary }) => total + summary[key], 0);
  const whole = {
    formatVersion: 1,
    kernel: reports.map(one => one.kernel).join(', '),
    seed: first?.seed ?? null,
    results: reports.flatMap(one => one.results.map(result => ordered(result, isOne ? null : one))),
    summary: { verified: sum('verified'), failed: sum('failed'), skipped: sum('skipped') },
    interrupted: isInterrupted({ reports, absent, spent: [] }),
    notes: reports.flatMap(one => one.notes.map(note => (isOne ? note : `${one.kernel}: ${note}`))),
    absent,
  };
  const plain = (_: string, value: unknown) => (typeof value === 'number' ? jsonNumber(value) : value);
  return JSON.stringify(whole, plain, 2);
}

function ordered(one: GateResult, of: GateReport | null): object {
  const { op, result, verdict, rung, cases, missProbability, mutants, failure, ...more } = one;
  const kernel = of ? { kernel: of.kernel } : {};
  return { op, result, verdict, rung, cases, missProbability, mutants, failure, ...kernel, ...more };
}
