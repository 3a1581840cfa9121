/** `backproof vectors`: golden vectors of an operator, and the verification of a file of them. */
import { BackproofError } from '../error.js';
import { readVectors, type VectorCase, type VectorsReport, writeVectors } from '../gate/index.js';
import { generateVectors, precisionOf, precisionOfCases, verifySteps } from '../gate/vectors.js';
import { vectorsJson, vectorsPretty } from '../report/vectors.js';
import { EXIT, type ExitCode } from './exit.js';
import { type OutputOptions, wantsColour, writeResult } from './output.js';
import { readText } from './read.js';
import { inTurns } from './steps.js';

export interface VectorsOptions extends OutputOptions {
  readonly count?: string;
  readonly seed?: string;
  readonly format?: 'jsonl' | 'pretty' | 'json';
}

const DEFAULT_COUNT = 10;

/** `vectors OP` writes cases, `vectors verify FILE` judges them. */
export async function vectors(
  name: string,
  file: string | undefined,
  options: VectorsOptions,
): Promise<ExitCode> {
  if (name === 'verify') return verify(file, options);
  if (file !== undefined)
    throw misused('one operator and no file', file, 'Verify a file with: vectors verify FILE.');
  if (options.format !== undefined && options.format !== 'jsonl')
    throw misused('--format jsonl', options.format, 'Cases are written as JSON Lines only.');
  const [count, seed] = [number(options.count, '--count', DEFAULT_COUNT), number(options.seed, '--seed', 1)];
  const precision = await precisionOf(name);
  const steps = lineSteps(generateVectors(name, { count, seed }, precision));
  const lines = await inTurns(steps, done => `${name}: ${done} of ${count} cases`);
  writeResult(lines.join(''), options);
  return EXIT.verified;
}

function* lineSteps(cases: Iterable<VectorCase>): Generator<number, string[]> {
  const lines: string[] = [];
  for (const one of cases) yield lines.push(writeVectors([one]));
  return lines;
}

async function verify(file: string | undefined, options: VectorsOptions): Promise<ExitCode> {
  if (file === undefined)
    throw misused('a file', 'nothing', 'Write: vectors verify FILE (- reads standard input).');
  const stray = (['count', 'seed'] as const).find(name => options[name] !== undefined);
  if (stray) throw misused('no numbers beside verify', `--${stray}`, `Leave --${stray} out.`);
  if (options.format === 'jsonl') throw misused('--format pretty or json', 'jsonl', 'Choose one of them.');
  const cases = readVectors(readText(file), file);
  const steps = verifySteps(cases, file, await precisionOfCases(cases));
  const report = await inTurns(steps, done => `${file}: ${done} of ${cases.length} cases`);
  const text = options.format === 'json' ? vectorsJson(report) : vectorsPretty(report, wantsColour(options));
  writeResult(text, options);
  return exitOf(report);
}

/** A difference is a mismatch; a case that could not be judged, or no case at all, is incomplete. */
function exitOf({ cases, failed, unsupported }: VectorsReport): ExitCode {
  if (failed.length > 0) return EXIT.mismatch;
  return cases === 0 || unsupported.length > 0 ? EXIT.incomplete : EXIT.verified;
}

function number(text: string | undefined, option: string, usual: number): number {
  if (text === undefined) return usual;
  if (/^\d{1,16}$/.test(text)) return Number(text);
  throw misused(`${option} with a whole number`, text, `Write for example ${option} ${usual}.`);
}

function misused(expected: string, got: string, fix: string): BackproofError {
  const what = 'the command line does not fit the command';
  return new BackproofError({ code: 'bad-option', where: 'vectors', what, expected, got, fix });
}
