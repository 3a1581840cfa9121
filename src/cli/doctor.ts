/** `backproof doctor`: the gate judges itself. */
import { BackproofError } from '../error.js';
import { doctor, doctorOperators } from '../gate/gate.js';
import { operatorNamed } from '../ops/index.js';
import { doctorJson, doctorPretty } from '../report/gate/doctor.js';
import { EXIT, type ExitCode } from './exit.js';
import { listOf } from './gate/jobs.js';
import { untilSignal } from './gate/signals.js';
import { type OutputOptions, wantsColour, writeResult } from './output.js';

export interface DoctorOptions extends OutputOptions {
  readonly op: readonly string[];
  readonly format: 'pretty' | 'json';
}

/** Every planted mistake has to be found, in every way of computing. */
export async function doctorCommand(options: DoctorOptions): Promise<ExitCode> {
  const ops = [...new Set(listOf(options.op))];
  for (const op of ops) if (!doctorOperators.includes(operatorNamed(op).name)) throw notPlanted(op);
  let isInterrupted = false;
  const matrix = await untilSignal(watch => {
    watch.signal.addEventListener('abort', () => {
      isInterrupted = true;
    });
    return doctor({ ...(ops.length > 0 && { ops }), ...watch });
  });
  writeResult(
    options.format === 'json' ? doctorJson(matrix) : doctorPretty(matrix, wantsColour(options)),
    options,
  );
  const planted = matrix.operators.flatMap(one => one.mutants);
  if (planted.some(one => one.killedBy === null)) return EXIT.mismatch;
  return isInterrupted || planted.length === 0 ? EXIT.incomplete : EXIT.verified;
}

function notPlanted(op: string): BackproofError {
  return new BackproofError({
    code: 'bad-option',
    where: '--op',
    what: 'no mistakes are planted in this operator yet',
    expected: doctorOperators.join(', '),
    got: op,
    fix: 'Choose one of these.',
  });
}
