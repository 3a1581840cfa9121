/** A failing case as a failure that can be read: what the kernel computes there, and which known mistake does that. */

import { operatorNamed, resolve } from '../../ops/index.js';
import { diagnose } from '../diagnosis/diagnose.js';
import { mistakesIn, recordedIn, rightRun } from '../diagnosis/dictionary.js';
import { explainBy, type KnownMistake, suspectFrom } from '../diagnosis/explain.js';
import type { Failure } from '../diagnosis/failure.js';
import type { Ask, Problem } from '../diagnosis/problem.js';
import type { Run } from '../diagnosis/whole-results.js';
import { inputOf } from '../judge/probe.js';
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
  /** The failure as it was before it was made smaller; null: it was not. */
  readonly larger: FirstFailure | null;
  /** Calls of the kernel for its formula; 2000. */
  readonly maxCalls?: number;
}

export async function failureOf(
  failure: FirstFailure,
  result: ResultName,
  options: DiagnosedOptions,
): Promise<Failure> {
  const {
    finding,
    trial: { one, id },
  } = failure;
  const { wrong } = finding;
  const known = {
    ...{
      case: id,
      expected: numberOr(wrong?.expected ?? 'a result'),
      got: numberOr(wrong?.got ?? finding.verdict),
    },
    ...{ bound: wrong?.bound ?? null, replay: options.replay(id) },
  };
  const problem = problemAt(one, result, wrong?.index ?? null);
  const ask = askOf(one, options);
  const isMismatch = finding.verdict === 'mismatch' && wrong && !isCondition(one.check);
  const help = explaining(failure, result, options);
  if (isMismatch && wrong.index) return diagnose(ask, problem, known, help);
  const explained = isMismatch ? await explainBy(help.mistakes, ask, problem, help.explain) : [];
  const happened = finding.message || `${result} came as ${wrong?.got}, not ${wrong?.expected}`;
  const seen = { mistake: happened, where: `${one.op} ${result}`, evidence: evidenceOf(one, finding.stderr) };
  return {
    ...{ ...known, params: one.params, shapes: one.shapes, index: wrong?.index ?? [] },
    ...{
      expectedFormula: null,
      kernelFormula: `not recovered: ${whyNot(isMismatch)}`,
      missing: [],
      extra: [],
    },
    diagnosis: [seen, ...explained.slice(0, 2).map(suspectFrom)],
  };
}

const whyNot = (isMismatch: unknown): string =>
  isMismatch ? 'there is no element to compare' : 'the values of a plain call are not the question here';

/** A text that is a number is one in the report. */
function numberOr(text: string): number | string {
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) && !Object.is(number, -0) ? number : text;
}

function evidenceOf({ check }: GateCase, stderr: string): string {
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return last === '' ? `seen by the check "${check}"` : `it wrote: ${last}`;
}

/** Without an index: the first element. */
function problemAt(one: GateCase, result: ResultName, index: readonly number[] | null): Problem {
  const { op, params, shapes, dtype } = one;
  const call = resolve(operatorNamed(op), shapes, params);
  const input = inputOf(result);
  const shape = input === null ? call.output : call.inputs[input]!;
  return { op, params, shapes, dtype, result, index: index ?? shape.map(() => 0), mayRead: null };
}

function explaining(
  { trial: { one }, finding: { wrong } }: FirstFailure,
  result: ResultName,
  options: DiagnosedOptions,
) {
  const adapted =
    (run: Run): Run =>
    (inputs, upstream, params) =>
      run(inDomain(one.op, inputs, params), upstream, params);
  const hasResult = ({ shapes }: Configuration) => result === 'y' || shapes[result.slice(1)] !== undefined;
  const more = options.more.filter(hasResult).map(configuration => {
    const other = { ...one, ...configuration };
    return { ask: askOf(other, options), problem: problemAt(other, result, null) };
  });
  const adaptedAll = (known: readonly KnownMistake[]): KnownMistake[] =>
    known.map(({ run, living, ...mistake }) => ({
      ...{ ...mistake, run: adapted(run) },
      ...(living && { living: () => adapted(living()) }),
    }));
  const mistakes = adaptedAll(mistakesIn(one.op, result));
  const recorded = adaptedAll(recordedIn(one.op, result));
  const explain = { more, right: adapted(rightRun(one.op)) };
  const larger = options.larger && largerElement(options.larger, result, options);
  const limit = options.maxCalls === undefined ? {} : { maxCalls: options.maxCalls };
  return { ...limit, mistakes, recorded, explain, ...(larger ?? { further: wrong?.others ?? [] }) };
}

function largerElement(
  { trial: { one }, finding: { wrong } }: FirstFailure,
  result: ResultName,
  options: DiagnosedOptions,
) {
  if (!wrong?.index) return null;
  const larger = { ask: askOf(one, options), problem: problemAt(one, result, wrong.index) };
  return { larger, further: wrong.others ?? [] };
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
