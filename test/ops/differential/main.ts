/** The command line of the fuzzer. */
import { parseArgs } from 'node:util';
import { operatorNamed, operators } from '../../../src/ops/index.js';
import { findingText } from './report.js';
import { outcomeOf, runTrials } from './run.js';
import type { Trial } from './trial.js';

const USAGE = `usage: npm run fuzz -- [--runs 10000] [--seed 1] [--op conv2d] [--replay TRIAL]
exit codes: 0 no difference, 1 a difference, 2 wrong usage`;

/** Runs what the words ask for; the exit code. */
export function main(words: string[]): number {
  const options = {
    runs: { type: 'string' },
    seed: { type: 'string' },
    op: { type: 'string' },
    replay: { type: 'string' },
  } as const;
  try {
    const { values } = parseArgs({ args: words, options });
    if (values.replay !== undefined) return replay(JSON.parse(values.replay) as Trial);
    return fuzz(natural(values.runs ?? '10000'), natural(values.seed ?? '1'), values.op);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return 2;
  }
}

function natural(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Error(`not a number of runs or a seed: ${text}`);
}

function replay(trial: Trial): number {
  const outcome = outcomeOf(operatorNamed(trial.op), trial);
  if ('trial' in outcome) {
    console.log(findingText(outcome));
    return 1;
  }
  console.log(outcome.kind === 'agreed' ? `agreed: ${outcome.compared.join(', ')}` : outcome.kind);
  return 0;
}

function fuzz(runs: number, seed: number, op: string | undefined): number {
  const chosen = op === undefined ? operators : [operatorNamed(op)];
  const step = Math.max(1, Math.floor(runs / 20));
  const progress = (decided: number) => {
    if (decided % step === 0) console.error(`${decided} of ${runs}`);
  };
  const { decided, comparisons, refused, undecided, finding } = runTrials({
    operators: chosen,
    runs,
    seed,
    progress,
  });
  if (finding) {
    console.log(findingText(finding));
    return 1;
  }
  const total = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
  console.log(
    `no difference: ${total(decided)} calls of ${decided.size} operators, ${total(comparisons)} results compared; ` +
      `${undecided} calls without a finite value or a derivative`,
  );
  if (refused.size > 0) console.log(`not computed: ${[...refused].join('; ')}`);
  return 0;
}
