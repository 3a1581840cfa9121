/** Requests to a client, one at a time: each ends in an answer, or in the fall of the client. */
import type { BackproofError } from '../../../error.js';
import { LONGEST_MS } from '../limits.js';
import type { Fault } from '../subject.js';
import { breach, excerpt } from './breach.js';
import { Decoder, type Frame, type Limits } from './decoder.js';
import type { Header } from './header.js';
import { byeFrame } from './messages.js';
import { type Ending, type Peer, startPeer } from './peer.js';

/** Why a client cannot go on; its process has ended. */
export interface Fall {
  readonly kind: 'fall';
  readonly fault: Exclude<Fault, 'startup'>;
  readonly message: string;
  readonly stderr: string;
}

export interface Request<T> {
  readonly id: number;
  readonly bytes: readonly Uint8Array[];
  readonly limitMs: number;
  /** Reads the header of the answer, or throws a breach. */
  readonly read: (header: Header, id: number) => T;
}

/** After bye, and after a pipe was closed, before the process is ended. */
const GRACE_MS = 1000;

interface Waiting {
  readonly read: (header: Header) => unknown;
  readonly answer: (frame: Frame<unknown>) => void;
}

export class Conversation {
  /** Settles once the client has fallen and its process has ended. */
  readonly fallen: Promise<Fall>;
  private readonly peer: Peer;
  private readonly decoder: Decoder<unknown>;
  private waiting: Waiting | null = null;
  private state: 'open' | 'closing' | 'over' = 'open';
  private fall: (fall: Fall) => void = () => {};

  constructor(argv: readonly string[], limits: Limits) {
    this.fallen = new Promise(resolve => {
      this.fall = resolve;
    });
    this.decoder = new Decoder(limits, header => this.read(header));
    this.peer = startPeer(argv, {
      bytes: chunk => this.take(chunk),
      closed: pipe => this.pipeClosed(pipe),
    });
    void this.peer.ended.then(ending => {
      if (this.state === 'over') return;
      this.state = 'over';
      this.fell('crash', crashText(ending, this.decoder.unfinished()));
    });
  }

  /** An answer, or why there is none. */
  async request<T>({ id, bytes, limitMs, read }: Request<T>): Promise<Frame<T> | Fall> {
    if (this.state === 'over') return this.fallen;
    const answered = new Promise<Frame<T>>(resolve => {
      const answer = (frame: Frame<unknown>) => resolve(frame as Frame<T>);
      this.waiting = { read: header => read(header, id), answer };
    });
    const { waiting } = this;
    const tooLate = () => this.waiting === waiting && this.breakOff('hang', `no answer within ${limitMs} ms`);
    // One turn more: where this thread was busy, the answer may be there unread.
    const timer = setTimeout(() => setImmediate(tooLate), Math.min(limitMs, LONGEST_MS));
    this.peer.write(bytes);
    return Promise.race([answered, this.fallen]).finally(() => {
      clearTimeout(timer);
      this.waiting = null;
    });
  }

  /** Sends a part of a request. */
  send(bytes: readonly Uint8Array[]): void {
    this.peer.write(bytes);
  }

  /** Something came, or the process ended, when nothing was asked. */
  isOver(): boolean {
    return this.state === 'over';
  }

  /** The last 4 KB of stderr. */
  stderr(): string {
    return this.peer.stderr();
  }

  /** Says bye, and ends the process if it is still there after a second, or after this time. */
  async close(graceMs = GRACE_MS): Promise<Ending> {
    if (this.state === 'open') {
      if (this.waiting) this.peer.kill();
      this.state = 'closing';
      this.peer.write(byeFrame(0));
      this.peer.endInput();
    }
    const timer = setTimeout(this.peer.kill, graceMs);
    return this.peer.ended.finally(() => clearTimeout(timer));
  }

  private read(header: Header): unknown {
    if (this.waiting) return this.waiting.read(header);
    throw unasked(`a frame: ${header.t.slice(0, 40)}`);
  }

  private take(chunk: Uint8Array): void {
    if (this.state !== 'open') return;
    const { frames, error } = this.waiting
      ? this.decoder.push(chunk)
      : { frames: [], error: unasked(excerpt(chunk)) };
    const [frame, second] = frames;
    const trailing = frame && (second ? 'another frame' : this.decoder.unfinished());
    const fault = error ?? (trailing ? unasked(trailing) : null);
    if (fault) this.breakOff('protocol', fault.message);
    else if (frame) this.waiting?.answer(frame);
  }

  private pipeClosed(pipe: 'input' | 'output'): void {
    const timer = setTimeout(() => {
      const partly = this.decoder.unfinished();
      const message = `the client closed its standard ${pipe}`;
      const cut = partly ? `${message} in the midst of a frame: ${partly} [bp1-cut-off]` : message;
      this.breakOff('protocol', cut);
    }, GRACE_MS);
    void this.peer.ended.then(() => clearTimeout(timer));
  }

  private breakOff(fault: Fall['fault'], message: string): void {
    if (this.state !== 'open') return;
    this.state = 'over';
    this.peer.kill();
    void this.peer.ended.then(() => this.fell(fault, message));
  }

  private fell(fault: Fall['fault'], message: string): void {
    this.fall({ kind: 'fall', fault, message, stderr: this.peer.stderr() });
  }
}

function crashText({ code, signal, failure }: Ending, partly: string | null): string {
  if (failure !== null) return `the command cannot be started: ${failure}`;
  const how = signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
  return `the client ${how}${partly === null ? '' : ` in the midst of a frame: ${partly}`}`;
}

function unasked(got: string): BackproofError {
  return breach({
    kind: 'unasked',
    where: 'stdout',
    what: 'there are bytes that no request asked for',
    expected: 'one answer to each request',
    got,
    fix: 'Send what is printed to stderr, and each answer once.',
  });
}
