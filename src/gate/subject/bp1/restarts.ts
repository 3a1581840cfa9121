/** Calls of a client that may fall: it is started again, a few times, and a call that it fell over is run once more. */
import { BackproofError } from '../../../error.js';
import type { Answer, Fault, SubjectCall } from '../subject.js';
import { Conversation } from './conversation.js';
import type { Limits } from './decoder.js';
import { type FaultAnswer, faultOf, greet } from './greet.js';
import { type Err, type Reply, readReply, runFrame } from './messages.js';
import { tensorsOf } from './tensors.js';

/** A fault that did not come again: over a case that was run alone once more, or between two calls. */
export interface Flaky {
  readonly id: string;
  readonly fault: Fault;
  readonly message: string;
}

export interface Client {
  readonly argv: readonly string[];
  readonly max: Limits;
  readonly startupMs: number;
}

type Attempt =
  | { readonly answer: Answer; readonly fell: false }
  /** The client has to be started again. */
  | { readonly answer: FaultAnswer; readonly fell: true };

const RESTARTS = 5;

export class Restarts {
  readonly flaky: Flaky[] = [];
  private readonly client: Client;
  private talk: Conversation | null;
  private last: FaultAnswer = GONE;
  private restarts = 0;
  private id = 0;
  private state: 'free' | 'busy' | 'closed' = 'free';

  /** The conversation is one with a client that has been greeted. */
  constructor(client: Client, greeted: Conversation) {
    this.client = client;
    this.talk = greeted;
  }

  /** No restart is left: each call answers the last fault. */
  isSpent(): boolean {
    return this.restarts === RESTARTS && (this.talk === null || this.talk.isOver());
  }

  /** @throws BackproofError `subject-busy`, `subject-closed`, `bp1-operand`. */
  async call(call: SubjectCall, hangMs: number): Promise<Answer> {
    if (this.state !== 'free') throw notFree(this.state);
    this.state = 'busy';
    try {
      return await this.settled(call, hangMs);
    } finally {
      if (this.isOpen()) this.state = 'free';
    }
  }

  async close(): Promise<void> {
    this.state = 'closed';
    await this.talk?.close();
  }

  private isOpen(): boolean {
    return this.state !== 'closed';
  }

  private async settled(call: SubjectCall, hangMs: number): Promise<Answer> {
    const first = await this.attempt(call, hangMs);
    if (!first.fell || this.isSpent() || !this.isOpen()) return first.answer;
    const second = await this.attempt(call, hangMs);
    if (!second.fell) this.flaky.push({ id: call.id, ...faultAndMessage(first.answer) });
    return second.answer;
  }

  private async attempt(call: SubjectCall, hangMs: number): Promise<Attempt> {
    const bytes = runFrame(++this.id, call);
    const tooLarge = largerThan(this.client.max, bytes);
    if (tooLarge !== null) return { answer: { kind: 'skip', why: tooLarge }, fell: false };
    const talk = await this.living(call.id);
    if ('kind' in talk) return { answer: talk, fell: true };
    const reply = await talk.request({ id: this.id, bytes, limitMs: hangMs, read: readReply });
    if ('fault' in reply) return this.lost(faultOf(reply));
    const answer = answerOf(reply.message, reply.payload, () => talk.stderr());
    if (answer.kind !== 'fault' || !isUnwell(reply.message)) return { answer, fell: false };
    await talk.close();
    return this.lost(answer);
  }

  private lost(answer: FaultAnswer): { answer: FaultAnswer; fell: true } {
    this.last = answer;
    this.talk = null;
    return { answer, fell: true };
  }

  /** The conversation as it is, or with a client that is started again. */
  private async living(id: string): Promise<Conversation | FaultAnswer> {
    if (this.talk?.isOver()) {
      const { message, ...fall } = faultOf(await this.talk.fallen);
      this.lost({ ...fall, message: `before ${id}, when nothing was asked: ${message}` });
      this.flaky.push({ id, ...faultAndMessage(this.last) });
    }
    return this.talk ?? this.restarted();
  }

  private async restarted(): Promise<Conversation | FaultAnswer> {
    if (!this.isOpen()) return GONE;
    if (this.restarts === RESTARTS) return this.last;
    this.restarts++;
    const { argv, max, startupMs } = this.client;
    const talk = new Conversation(argv, max);
    this.talk = talk;
    const greeting = await greet(talk, max, startupMs);
    return greeting.kind === 'ready' ? talk : this.lost(greeting).answer;
  }
}

const faultAndMessage = ({ fault, message }: FaultAnswer) => ({ fault, message });

const GONE: FaultAnswer = { kind: 'fault', fault: 'crash', message: 'the subject was closed', stderr: '' };

/** A device or a memory that failed may fail all that follows. */
const isUnwell = (reply: Reply): boolean =>
  reply.kind === 'err' && (reply.code === 'oom' || reply.code === 'device');

function answerOf(reply: Reply, payload: Uint8Array, stderr: () => string): Answer {
  if (reply.kind === 'skip') return reply;
  if (reply.kind === 'err') return answerOfErr(reply, stderr());
  return {
    kind: 'ok',
    outputs: tensorsOf(reply.out, payload),
    mutated: [],
    nanoseconds: reply.nanoseconds,
  };
}

function answerOfErr({ code, text }: Err, stderr: string): Answer {
  if (code === 'unsupported') return { kind: 'skip', why: text };
  const fault = code === 'invalid' || code === 'version' ? 'protocol' : 'crash';
  return { kind: 'fault', fault, message: `the client answers err ${code}: ${text}`, stderr };
}

function largerThan(max: Limits, [header, ...payload]: readonly Uint8Array[]): string | null {
  const bytes = payload.reduce((sum, { length }) => sum + length, 0);
  if (bytes > max.payload) return `the operands have ${bytes} bytes; a frame carries at most ${max.payload}`;
  // The newline is no part of it.
  if (header!.length - 1 > max.header) return `the header is longer than ${max.header} bytes`;
  return null;
}

function notFree(state: 'busy' | 'closed'): BackproofError {
  return new BackproofError({
    code: `subject-${state}`,
    where: 'call',
    what: state === 'busy' ? 'another call has not ended' : 'the subject is closed',
    expected: 'one call at a time, before close()',
    got: 'a call',
    fix: state === 'busy' ? 'Await each call.' : 'Open it again.',
  });
}
