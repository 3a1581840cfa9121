/** What the forms of a gate's result share. */
import { diagnosisText } from '../../gate/diagnosis/text.js';
import type { GateReport, GateResult } from '../../gate/index.js';

/** Gates of one run. */
export interface GateRun {
  readonly reports: readonly GateReport[];
  /** What was required and is not verified. */
  readonly absent: readonly string[];
  /** Kernels whose process fell so often that it was given up. */
  readonly spent: readonly string[];
}

/** A result with the kernel that it is of. */
export interface OwnedResult extends GateResult {
  readonly kernel: string;
}

export const resultsOf = ({ reports }: GateRun): OwnedResult[] =>
  reports.flatMap(({ kernel, results }) => results.map(result => ({ ...result, kernel })));

export const isInterrupted = ({ reports }: GateRun): boolean => reports.some(one => one.interrupted);

/** Neither verified nor skipped, or said by a gate that passes planted mistakes. */
export const isProblem = ({ verdict, mutants, conditions }: GateResult): boolean =>
  mutants.live > 0 || [verdict, ...conditions.map(one => one.verdict)].some(isFault);

const isFault = (verdict: GateResult['verdict']): boolean => verdict !== 'verified' && verdict !== 'skipped';

/** What went wrong, once for all results of an operator that it is said of. */
export interface Problem {
  readonly kernel: string;
  /** conv2d.y, dx, dw */
  readonly name: string;
  /** mismatch, crash, ..., or that planted mistakes pass. */
  readonly verdict: string;
  readonly text: string;
}

export function problemsOf(results: readonly OwnedResult[]): Problem[] {
  const groups = new Map<string, OwnedResult[]>();
  for (const one of results.filter(isProblem)) {
    const key = JSON.stringify([one.kernel, one.op, one.verdict, problemText(one)]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map(group => {
    const [first] = group as [OwnedResult, ...OwnedResult[]];
    const name = `${first.op}.${group.map(one => one.result).join(', ')}`;
    return { kernel: first.kernel, name, verdict: troubleOf(first), text: problemText(first) };
  });
}

export const troubleOf = ({ verdict, mutants }: GateResult): string =>
  !isFault(verdict) && mutants.live > 0 ? 'planted mistakes pass' : verdict;

/** Verdicts about cells, which a diagnosis explains. */
const ABOUT_CELLS = ['mismatch', 'suspect', 'unwritten'];

/** The diagnosis without its heading, or what happened to the kernel and where. */
export function problemText(one: GateResult): string {
  if (one.failure && ABOUT_CELLS.includes(one.verdict)) {
    const [, ...lines] = diagnosisText(one.failure, { ...one, rung: one.rung ?? 'none' }).split('\n');
    return visible([`  seen at  rung ${one.rung ?? 'none'}`, ...lines].join('\n'));
  }
  return visible(eventLines(one).join('\n'));
}

function eventLines(one: GateResult): string[] {
  const { failure, reason, survivors, conditions, stderr } = one;
  const fallen = conditions.filter(({ verdict }) => isFault(verdict));
  const lines = [
    ...(reason === '' ? [] : reason.split('\n')).slice(0, 5).map(line => `  ${line}`),
    ...(survivors.length === 0 || reason !== ''
      ? []
      : [`  planted mistakes that pass: ${survivors.join(', ')}`]),
    ...(failure ? [`  case     ${failure.case}`] : []),
    ...fallen
      .filter(condition => condition.reason !== reason)
      .map(({ condition, verdict, reason: why }) => `  ${condition}: ${verdict}${why && `: ${why}`}`),
    ...tailOf(stderr).map(line => `  stderr   ${line}`),
  ];
  return [...lines.slice(0, MOST_LINES - 1), ...(failure ? [`  replay   ${failure.replay}`] : [])];
}

const MOST_LINES = 12;

/** The last lines that a kernel wrote: the reason of a fall mostly stands there. */
const tailOf = (stderr: string): string[] =>
  stderr
    .trim()
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(-5)
    .map(line => line.slice(0, 200));

/** Text of a kernel must not steer a terminal, and has to be text. */
export const visible = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Surrogate}]/gu, '\uFFFD');
