/** `backproof gate`: other people's kernels against the definitions of their operators. */
import { appendFileSync } from 'node:fs';
import { BackproofError } from '../error.js';
import { gateGithub, gateSummary } from '../report/gate/github.js';
import { gateJson } from '../report/gate/json.js';
import { gateJunit } from '../report/gate/junit.js';
import { gatePretty } from '../report/gate/pretty.js';
import type { GateRun } from '../report/gate/run.js';
import type { ExitCode } from './exit.js';
import { absentOf, exitCodeOf } from './gate/exit-code.js';
import { type GateOptions, planFrom } from './gate/jobs.js';
import { judgeAll } from './gate/judged.js';
import { untilSignal } from './gate/signals.js';
import { wantsColour, writeResult } from './output.js';

/** Judges the kernels of a module, of a command, or of a configuration file. */
export async function gate(module: string | undefined, options: GateOptions): Promise<ExitCode> {
  const plan = await planFrom(module, options);
  const here = process.cwd();
  // A command and the files that it names count from the configuration file.
  process.chdir(plan.folder);
  const judged = await untilSignal(watch => judgeAll(plan, watch)).finally(() => process.chdir(here));
  const absent = absentOf(plan.required, judged.reports);
  const run = { ...judged, absent };
  writeResult(shown(run, options), options);
  if (options.format === 'github') appendSummary(run);
  return exitCodeOf(judged, absent);
}

function shown(run: GateRun, options: GateOptions): string {
  if (options.format === 'pretty') return gatePretty(run, wantsColour(options));
  return { json: gateJson, junit: gateJunit, github: gateGithub }[options.format](run);
}

function appendSummary(run: GateRun): void {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (!file) return;
  try {
    appendFileSync(file, gateSummary(run));
  } catch (error) {
    throw new BackproofError({
      code: 'unwritable-output',
      where: file,
      what: 'the summary could not be written',
      expected: 'a file that may be written in GITHUB_STEP_SUMMARY',
      got: error instanceof Error ? error.message : String(error),
      fix: 'Correct the variable, or unset it.',
    });
  }
}
