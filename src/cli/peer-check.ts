/** `backproof peer-check`: does a program speak bp1? */
import { BackproofError } from '../error.js';
import { peerCheck } from '../gate/gate.js';
import { peerCheckJson, peerCheckPretty } from '../report/gate/peer-check.js';
import { EXIT, type ExitCode } from './exit.js';
import { type OutputOptions, wantsColour, writeResult } from './output.js';

export interface PeerCheckOptions extends OutputOptions {
  readonly format: 'pretty' | 'json';
}

/** Nothing is said of the numbers in its answers: that is for the gate. */
export async function peerCheckCommand(
  argv: readonly string[],
  options: PeerCheckOptions,
): Promise<ExitCode> {
  if (!argv[0]) throw noProgram();
  const checks = await peerCheck(argv);
  const text =
    options.format === 'json'
      ? peerCheckJson(argv, checks)
      : peerCheckPretty(argv, checks, wantsColour(options));
  writeResult(text, options);
  return checks.every(one => one.passed) ? EXIT.verified : EXIT.failure;
}

function noProgram(): BackproofError {
  return new BackproofError({
    code: 'empty-command',
    where: 'peer-check',
    what: 'there is no program',
    expected: 'a program and its arguments after --',
    got: 'an empty name',
    fix: 'Write for example: backproof peer-check -- python3 my_kernels.py',
  });
}
