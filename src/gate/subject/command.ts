/** Kernels behind a command that speaks bp1 over its stdin and stdout. */
import { BackproofError } from '../../error.js';
import { Conversation } from './bp1/conversation.js';
import { greet } from './bp1/greet.js';
import { HEADER_LIMIT, PAYLOAD_LIMIT, type Ready } from './bp1/messages.js';
import { type Flaky, Restarts } from './bp1/restarts.js';
import { noKernel } from './offered.js';
import type { NoSubject, Subject } from './subject.js';

export interface CommandOptions {
  /** For the program to start and to answer hello; 30 s. */
  readonly startupMs?: number;
  /** Bytes of operands or results that one frame may carry; 256 MB. */
  readonly maxPayload?: number;
}

export interface CommandSubject extends Subject {
  /** What the client calls itself. */
  readonly peer: Pick<Ready, 'name' | 'version' | 'lang'>;
  /** Faults that did not come again: such a kernel is right, and not reliable. */
  readonly flaky: readonly Flaky[];
  /** All five restarts are used up: each call answers the last fault at once. */
  isSpent(): boolean;
}

/**
 * Starts a program, without a shell and in a process group of its own, and greets it.
 *
 * A reply `err` unsupported is a skip; invalid and version are the fault protocol; runtime, oom and device are the
 * fault crash. After a fall (crash, hang, breach of the protocol; err oom and device too) the process is ended,
 * started again, and the call run once more: what comes then is the answer. Err invalid, version and runtime leave
 * the process as it is, for it is well and has said its word. `close` ends everything that was started.
 * @throws BackproofError `empty-command`.
 */
export async function openCommand(
  argv: readonly string[],
  { startupMs = 30_000, maxPayload = PAYLOAD_LIMIT }: CommandOptions = {},
): Promise<CommandSubject | NoSubject> {
  if (!argv[0]) throw noProgram();
  const max = { header: HEADER_LIMIT, payload: maxPayload };
  const talk = new Conversation(argv, max);
  const greeting = await greet(talk, max, startupMs);
  if (greeting.kind === 'fault') {
    const { fault, message, stderr } = greeting;
    return { fault, message, stderr };
  }
  const { name, version, lang, offers } = greeting;
  const calls = new Restarts({ argv, max, startupMs }, talk);
  return {
    name: argv.join(' '),
    peer: { name, version, lang },
    offers,
    flaky: calls.flaky,
    isSpent: () => calls.isSpent(),
    call: async (call, { hangMs }) => noKernel(offers, call) ?? calls.call(call, hangMs),
    close: () => calls.close(),
  };
}

function noProgram(): BackproofError {
  return new BackproofError({
    code: 'empty-command',
    where: 'openCommand',
    what: 'there is no program',
    expected: 'a program and its arguments',
    got: 'an empty list or name',
    fix: 'Name the program to start.',
  });
}
