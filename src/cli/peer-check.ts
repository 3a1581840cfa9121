/** `backproof peer-check`: does a program speak bp1? */
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
  const checks = await peerCheck(argv);
  const text =
    options.format === 'json'
      ? peerCheckJson(argv, checks)
      : peerCheckPretty(argv, checks, wantsColour(options));
  writeResult(text, options);
  return checks.every(one => one.passed) ? EXIT.verified : EXIT.failure;
}
