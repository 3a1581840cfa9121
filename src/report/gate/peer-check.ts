/** What a client of bp1 bore, for people and for programs. */
import type { PeerCheck } from '../../gate/index.js';
import { styled, wrap } from '../style.js';
import { visible } from './run.js';

const WIDTH = 100;

export function peerCheckJson(argv: readonly string[], checks: readonly PeerCheck[]): string {
  const passed = checks.filter(one => one.passed).length;
  const summary = { passed, failed: checks.length - passed };
  return JSON.stringify({ formatVersion: 1, command: argv, checks, summary }, null, 2);
}

export function peerCheckPretty(
  argv: readonly string[],
  checks: readonly PeerCheck[],
  colour: boolean,
): string {
  const style = styled(colour);
  const width = Math.max(...checks.map(one => one.check.length));
  const lines = checks.map(({ check, passed, message }) => {
    const head = passed ? style.green('ok    ') : style.red('FAILED');
    return `${head}  ${check.padEnd(width)}  ${wrap(visible(message).replaceAll('\n', ' '), WIDTH - width, ' '.repeat(10))}`;
  });
  const failed = checks.filter(one => !one.passed).length;
  const command = visible(argv.join(' '));
  const end =
    failed === 0
      ? `${style.green('It speaks bp1')}: ${checks.length} checks. Its numbers were not looked at: backproof gate --command does that.`
      : `${style.red(`${failed} of ${checks.length} checks failed.`)} Correct the first one first.`;
  return [style.bold(command), lines.join('\n'), end].join('\n\n');
}
