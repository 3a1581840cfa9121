/** Results of a gate, as reports get them. */
import type { GateReport, GateResult } from '../../../src/gate/index.js';
import type { GateRun } from '../../../src/report/gate/run.js';

export const resultOf = (change: Partial<GateResult> = {}): GateResult => ({
  ...{ op: 'conv2d', result: 'dx', verdict: 'verified', rung: 'exact', cases: 253, missProbability: 5e-13 },
  ...{
    mutants: { killed: 61, live: 0, equivalent: 3 },
    failure: null,
    reason: '',
    stderr: '',
    survivors: [],
  },
  evidence: [
    { rung: 'exact', cases: 213, configurations: 213, missProbability: 5e-13, bound: null },
    { rung: 'bounded', cases: 40, configurations: 40, missProbability: null, bound: '(L+2) u sum|x||w|' },
  ],
  conditions: [],
  domain: 'every stride',
  ...change,
});

/** With a bad value in every field that may hold one. */
export const mismatch: GateResult = resultOf({
  verdict: 'mismatch',
  failure: {
    case: 'conv2d x=1x1x3 seed=1',
    params: { stride: [2, 2], groups: 1 },
    shapes: { x: [1, 1, 3, 3] },
    ...{ index: [0, 0, 2, 2], expected: -0, got: Number.NaN, bound: Number.POSITIVE_INFINITY },
    ...{ expectedFormula: 'yBar[0]*w[0]', kernelFormula: '0', missing: ['yBar[0]*w[0]'], extra: [] },
    diagnosis: [{ mistake: 'rows are lost', where: 'the size of dX', evidence: 'on all probes' }],
    replay: "npx backproof gate k.mjs --case 'conv2d x=1x1x3 seed=1'",
  },
});

export const reportOf = (results: readonly GateResult[], change: Partial<GateReport> = {}): GateReport => {
  const count = (verdict: string) => results.filter(one => one.verdict === verdict).length;
  const [verified, skipped] = [count('verified'), count('skipped')];
  const summary = { verified, failed: results.length - verified - skipped, skipped };
  return {
    formatVersion: 1,
    kernel: 'k.mjs',
    seed: 1,
    results,
    summary,
    interrupted: false,
    notes: [],
    ...change,
  };
};

export const runOf = (results: readonly GateResult[], change: Partial<GateRun> = {}): GateRun => ({
  ...{ reports: [reportOf(results)], absent: [], spent: [] },
  ...change,
});

/** A name that is XML, Markdown, a command to a runner and to a terminal. */
export const HOSTILE =
  '</testcase>"\'&<![CDATA[x]]>\n::error::gotcha\r\n##[error]x|`*_\u0000\u001b[2J\ud800%0A\uffff';

export const hostile: GateResult = resultOf({
  ...{ op: HOSTILE, verdict: 'crash', reason: HOSTILE, stderr: `${HOSTILE}\n`.repeat(50), domain: HOSTILE },
});
