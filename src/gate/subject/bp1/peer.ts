/** A process with pipes, in a group of its own, that can always be ended. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { addToTail, newTail, tailText } from '../tail.js';

export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  /** Why it could not be started; null where it ran. */
  readonly failure: string | null;
}

export interface Peer {
  write(parts: readonly Uint8Array[]): void;
  endInput(): void;
  /** Ends the process and all that it has started in its group. */
  kill(): void;
  /** The last 4 KB that it wrote to stderr. */
  stderr(): string;
  /** Once it has gone and its pipes are read to the end, or a second after it has gone. */
  readonly ended: Promise<Ending>;
}

export interface Listener {
  bytes(chunk: Uint8Array): void;
  /** The process lives, but one of its pipes does not. */
  closed(pipe: 'input' | 'output'): void;
}

/** Pipes of a process that has gone may be held open by what it has started. */
const DRAIN_MS = 1000;

/** Starts a program without a shell. */
export function startPeer(argv: readonly string[], listener: Listener): Peer {
  let child: ChildProcessWithoutNullStreams;
  try {
    child = spawn(argv[0]!, argv.slice(1), { detached: OWN_GROUP, stdio: 'pipe', windowsHide: true });
  } catch (error) {
    return neverStarted(Promise.resolve(error));
  }
  // Without a process there may be no pipes either.
  if (child.pid === undefined) return neverStarted(new Promise(resolve => child.once('error', resolve)));
  const tail = newTail();
  child.stderr.on('data', (chunk: Uint8Array) => addToTail(tail, chunk));
  child.stdout.on('data', (chunk: Uint8Array) => listener.bytes(chunk));
  child.stdout.on('end', () => listener.closed('output'));
  child.stdin.on('error', () => listener.closed('input'));
  for (const pipe of [child.stdout, child.stderr]) pipe.on('error', () => {});
  const kill = () => killGroup(child);
  process.on('exit', kill);
  const ended = endingOf(child).finally(() => process.off('exit', kill));
  return {
    write: parts => {
      child.stdin.cork();
      for (const part of parts) child.stdin.write(part);
      child.stdin.uncork();
    },
    endInput: () => child.stdin.end(),
    kill,
    stderr: () => tailText(tail),
    ended,
  };
}

/** Windows has no process groups; a detached process would get a window there. */
const OWN_GROUP = process.platform !== 'win32';

function killGroup(child: ChildProcessWithoutNullStreams): void {
  if (child.exitCode === null && child.signalCode === null)
    killBy(() => (OWN_GROUP ? process.kill(-child.pid!, 'SIGKILL') : child.kill('SIGKILL')));
}

/** The group may have gone a moment ago. */
function killBy(send: () => void): void {
  try {
    send();
  } catch {}
}

function endingOf(child: ChildProcessWithoutNullStreams): Promise<Ending> {
  return new Promise(resolve => {
    let timer: NodeJS.Timeout | undefined;
    // A signal that cannot be sent: the limits of the caller end such a process.
    child.on('error', () => {});
    child.on('exit', () => {
      // What it has started and left behind would keep the pipes open.
      if (OWN_GROUP) killBy(() => process.kill(-child.pid!, 'SIGKILL'));
      timer = setTimeout(() => {
        for (const pipe of child.stdio) pipe?.destroy();
      }, DRAIN_MS);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, failure: null });
    });
  });
}

function neverStarted(reason: Promise<unknown>): Peer {
  return {
    write: () => {},
    endInput: () => {},
    kill: () => {},
    stderr: () => '',
    ended: reason.then(error => {
      const failure = error instanceof Error ? error.message : String(error);
      return { code: null, signal: null, failure };
    }),
  };
}
