/** `backproof prove`: gradient claims at one shape, or every operator's examples. */

import { setImmediate } from 'node:timers/promises';
import { BackproofError } from '../error.js';
import { type Operator, operatorNamed, operators, type Params } from '../ops/index.js';
import { proveSteps, type TheoremReport } from '../proof/index.js';
import { theoremsJson, theoremsPretty } from '../report/proof.js';
import type { Shape } from '../tensor/index.js';
import { EXIT, type ExitCode, strongest } from './exit.js';
import { type OutputOptions, Progress, wantsColour, writeResult } from './output.js';
import { type CallOptions, paramsFrom, shapesFrom } from './parameters.js';

export interface ProveOptions extends CallOptions, OutputOptions {
  readonly wrt?: string;
  readonly mistake?: string;
  readonly format: 'pretty' | 'json';
}

const EXIT_OF = {
  PROVED: EXIT.verified,
  REFUTED: EXIT.mismatch,
  UNKNOWN: EXIT.incomplete,
  REJECTED: EXIT.usage,
} as const;

export async function prove(name: string | undefined, options: ProveOptions): Promise<ExitCode> {
  const reports = name === undefined ? proveExamples() : await proveOne(operatorNamed(name), options);
  const text =
    options.format === 'json' ? theoremsJson(reports) : theoremsPretty(reports, wantsColour(options));
  writeResult(text, options);
  return strongest(reports.map(report => EXIT_OF[report.verdict]));
}

function proveExamples(): TheoremReport[] {
  return operators.flatMap(operator =>
    operator.examples.flatMap(({ shapes, params }) => [...proveSteps(operator, shapes, params)]),
  );
}

async function proveOne(operator: Operator, options: ProveOptions): Promise<TheoremReport[]> {
  const params = paramsFrom(operator, options);
  const shapes = shapesFrom(operator, options, params);
  const progress = new Progress();
  const watch = (done: number, of: number) => progress.show(() => `${operator.name}: ${done} of ${of} cells`);
  const reports: TheoremReport[] = [];
  for (const report of proveSteps(operator, shapes, params, {
    watch,
    ...chosen(operator, shapes, params, options),
  })) {
    reports.push(report);
    // A pending Ctrl-C is heard here.
    await setImmediate();
  }
  progress.done();
  return reports;
}

/** Which gradient, and which claim about it. */
function chosen(operator: Operator, shapes: Record<string, Shape>, params: Params, options: ProveOptions) {
  if (options.mistake !== undefined) {
    const mistake = mistakeNamed(operator, options.mistake);
    return { wrt: mistake.wrt, claim: mistake.claim({ ...operator.params, ...params }) };
  }
  return options.wrt === undefined ? {} : { wrt: inputNamed(operator, Object.keys(shapes), options.wrt) };
}

function mistakeNamed(operator: Operator, name: string) {
  const found = operator.mistakes.find(mistake => mistake.name === name);
  if (found) return found;
  throw unknown(
    'unknown-mistake',
    operator,
    operator.mistakes.map(mistake => mistake.name),
    name,
  );
}

/** `--wrt` takes the operator's own input name or its role: input, kernel, bias. */
function inputNamed(operator: Operator, present: readonly string[], wrt: string): string {
  const roles: Readonly<Record<string, string>> = { input: 'x', kernel: 'w', bias: 'b' };
  const name = roles[wrt] ?? wrt;
  if (present.includes(name)) return name;
  throw unknown('unknown-input', operator, present, wrt);
}

function unknown(code: string, { name }: Operator, known: readonly string[], got: string): BackproofError {
  return new BackproofError({
    code,
    where: `prove ${name}`,
    what: 'there is nothing of this name',
    expected: known.join(', '),
    got,
    fix: 'Use one of these names.',
  });
}
