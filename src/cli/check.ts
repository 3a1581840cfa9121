/** `backproof check`: hand derivations, line by line. */
import { checkSteps, type FileReport } from '../notes/index.js';
import { derivationsJson, derivationsPretty } from '../report/derivation.js';
import { EXIT, type ExitCode, strongest } from './exit.js';
import { type OutputOptions, wantsColour, writeResult } from './output.js';
import { readSource, type Source } from './read.js';
import { inTurns } from './steps.js';
import { packageVersion } from './version.js';

export interface CheckOptions extends OutputOptions {
  readonly strict?: boolean;
  readonly inputFormat: 'md' | 'txt';
  readonly format: 'pretty' | 'json';
}

export async function check(paths: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const sources = paths.map(path => readSource(path, options.inputFormat));
  const reports: FileReport[] = [];
  for (const source of sources) reports.push(await checkSource(source));
  writeResult(
    options.format === 'json'
      ? derivationsJson(reports, packageVersion())
      : derivationsPretty(
          reports.map((report, k) => ({ report, text: sources[k]!.text })),
          wantsColour(options),
        ),
    options,
  );
  return strongest(reports.map(report => exitOf(report, options.strict === true)));
}

function checkSource({ text, format, path }: Source): Promise<FileReport> {
  return inTurns(checkSteps(text, { format, path }), ({ done, of }) => `${path}: ${done} of ${of} equations`);
}

/** A wrong line is a mismatch; nothing shown, or something open under --strict, is incomplete. */
export function exitOf({ summary }: FileReport, strict: boolean): ExitCode {
  if (summary.wrong > 0) return EXIT.mismatch;
  if (summary.correct === 0 || (strict && summary.unchecked > 0)) return EXIT.incomplete;
  return EXIT.verified;
}
