/** A failing case as a failure that can be read: what the kernel computes there, and which known mistake does that. */

import { operatorNamed, resolve } from '../../ops/index.js';
import { type DiagnoseOptions, diagnose } from '../diagnosis/diagnose.js';
import { mistakesIn, rightRun } from '../diagnosis/dictionary.js';
import type { KnownMistake } from '../diagnosis/explain.js';
import type { Failure } from '../diagnosis/failure.js';
import type { Ask, Problem } from '../diagnosis/problem.js';
import type { Configuration, GateCase } from '../plan/gate-case.js';
import {
  type Pass,
  RESULTS,
  type ResultName,
  type Subject,
  type SubjectCall,
  type WireTensor,
  type WireTensors,
} from '../subject/subject.js';
import { inDomain } from './kernel-domain.js';
import { type FirstFailure, isCondition } from './tally.js';

export interface DiagnosedOptions {
  readonly subject: Subject;
  readonly hangMs: number;
  /** The command that runs this case again. */
  readonly replay: (id: string) => string;
  /** Other calls on which explanations have to hold too. */
  readonly more: readonly Configuration[];
}

export async function failureOf(
  { trial: { one, id }, finding }: FirstFailure,
  result: ResultName,
  options: DiagnosedOptions,
): Promise<Failure> {
  const { wrong } = finding;
  const known = {
    ...{
      case: id,
      expected: numberOr(wrong?.expected ?? 'a result'),
      got: numberOr(wrong?.got ?? finding.verdict),
    },
    ...{ bound: wrong?.bound ?? null, replay: options.replay(id) },
  };
  const isValue = finding.verdict === 'mismatch' && wrong?.index && !isCondition(one.check);
  const problem = { ...problemAt(one, result), index: wrong?.index ?? [] };
  if (isValue) return diagnose(askOf(one, options), problem, known, explaining(one, result, options));
  const { params, shapes, index } = problem;
  const happened = finding.message || `${result} is not what it has to be`;
  return {
    ...{ ...known, params, shapes, index, expectedFormula: null },
    ...{
      kernelFormula: 'not recovered: the values at this case are not the question',
      missing: [],
      extra: [],
    },
    diagnosis: [
      { mistake: happened, where: `${one.op} ${result}`, evidence: evidenceOf(one, finding.stderr) },
    ],
  };
}

/** A text that is a number is one in the report. */
function numberOr(text: string): number | string {
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) && !Object.is(number, -0) ? number : text;
}

function evidenceOf({ check }: GateCase, stderr: string): string {
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return last === '' ? `seen by the check "${check}"` : `it wrote: ${last}`;
}

const problemAt = ({ op, shapes, params, dtype }: GateCase, result: ResultName): Omit<Problem, 'index'> => ({
  ...{ op, params, shapes, dtype, result },
  mayRead: null,
});

function explaining(one: GateCase, result: ResultName, options: DiagnosedOptions): DiagnoseOptions {
  const adapted = (run: KnownMistake['run']): KnownMistake['run'] => {
    return (inputs, upstream, params) => run(inDomain(one.op, inputs, params), upstream, params);
  };
  const right = rightRun(one.op);
  const more = options.more.map(configuration => {
    const other = { ...one, ...configuration };
    const { call, shape } = shapeOf(other, result);
    const index = shape.map(() => 0);
    return { ask: askOf(other, options), problem: { ...problemAt(other, result), index }, call };
  });
  return {
    mistakes: mistakesIn(one.op, result).map(mistake => ({ ...mistake, run: adapted(mistake.run) })),
    explain: { more, ...(right && { right: adapted(right) }) },
  };
}

function shapeOf({ op, shapes, params }: GateCase, result: ResultName) {
  const call = resolve(operatorNamed(op), shapes, params);
  return { call, shape: result === 'y' ? call.output : call.inputs[result.slice(1)]! };
}

/** Runs the kernel at the shapes of a case; null where it gives no result. */
function askOf(one: GateCase, { subject, hangMs }: DiagnosedOptions): Ask {
  let calls = 0;
  return async (inputs, upstream) => {
    const answer = await subject.call(callOf(one, inputs, upstream, ++calls), { hangMs });
    return answer.kind === 'ok' ? answer.outputs : null;
  };
}

function callOf(
  { op, shapes, params, dtype }: GateCase,
  inputs: WireTensors,
  upstream: WireTensor | null,
  count: number,
): SubjectCall {
  const call = resolve(operatorNamed(op), shapes, params);
  const pass: Pass = upstream ? 'backward' : 'forward';
  const gradients = RESULTS.filter(result => result !== 'y' && call.inputs[result.slice(1)]);
  const want = upstream
    ? gradients.map(result => [result, { shape: call.inputs[result.slice(1)]!, dtype }] as const)
    : [['y', { shape: call.output, dtype }] as const];
  return {
    ...{ id: `diagnosis ${count}`, op, pass, params, upstream, out: null },
    inputs: inDomain(op, inputs, params),
    want: Object.fromEntries(want),
  };
}
