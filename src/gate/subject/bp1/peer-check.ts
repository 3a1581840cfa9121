/** A conversation with a client that tries what a client has to bear; the numbers in its answers are not looked at. */
import { setTimeout as pause } from 'node:timers/promises';
import { sameShape, shapeText } from '../../../tensor/index.js';
import type { Pass, SubjectCall, WireTensors } from '../subject.js';
import { Conversation, type Fall } from './conversation.js';
import type { Frame } from './decoder.js';
import { wireNameOf, wireTypes } from './dtypes.js';
import { greet } from './greet.js';
import { encodeFrame, type Header } from './header.js';
import { HEADER_LIMIT, PAYLOAD_LIMIT, type Ready, type Reply, readReply, runFrame } from './messages.js';
import { sampleCall, sampleTensor } from './sample-call.js';

export interface PeerCheck {
  readonly check: string;
  readonly passed: boolean;
  readonly message: string;
}

export interface PeerCheckOptions {
  /** For the program to start and to answer hello; 30 s. */
  readonly startupMs?: number;
  /** For each answer, and to end after bye; 10 s. */
  readonly hangMs?: number;
}

type Outcome = Omit<PeerCheck, 'check'>;

/** What a check may do with a client that has been greeted. */
interface Talk {
  run(call: SubjectCall): Promise<Frame<Reply> | Fall>;
  /** Sends bytes as they are and waits for a reply to this id; null: to any. */
  sent(bytes: readonly Uint8Array[], id: number | null): Promise<Frame<Reply> | Fall>;
  /** Without waiting. */
  send(bytes: readonly Uint8Array[]): void;
}

type Check = readonly [name: string, run: (talk: Talk) => Promise<Outcome>];

const failed = (message: string): Outcome => ({ passed: false, message });
const passed = (message: string): Outcome => ({ passed: true, message });

/**
 * Holds the conversation of bp1 with a client: handshake, every operator and element type that it offers in both
 * passes, operands of every kind, requests that it has to refuse, a large payload in pieces, bye. A client that falls
 * is started again for the next check.
 */
export async function peerCheck(
  argv: readonly string[],
  { startupMs = 30_000, hangMs = 10_000 }: PeerCheckOptions = {},
): Promise<PeerCheck[]> {
  const max = { header: HEADER_LIMIT, payload: PAYLOAD_LIMIT };
  const opened = async () => {
    const conversation = new Conversation(argv, max);
    return { conversation, greeting: await greet(conversation, max, startupMs) };
  };
  let { conversation, greeting } = await opened();
  if (greeting.kind === 'fault') return [{ check: 'handshake', ...failed(textOf(greeting)) }];
  const results: PeerCheck[] = [{ check: 'handshake', ...passed(readyText(greeting)) }];
  for (const [check, run] of checksOf(greeting)) {
    if (conversation.isOver()) ({ conversation, greeting } = await opened());
    const outcome =
      greeting.kind === 'fault' ? failed(textOf(greeting)) : await run(talkOf(conversation, hangMs));
    results.push({ check, ...outcome });
  }
  results.push({ check: 'bye', ...(await byeOutcome(conversation, hangMs)) });
  return results;
}

function talkOf(conversation: Conversation, limitMs: number): Talk {
  const read = (wanted: number | null) => (header: Header) => readReply(header, wanted ?? header.id);
  const sent: Talk['sent'] = (bytes, id) =>
    conversation.request({ id: id ?? 0, bytes, limitMs, read: read(id) });
  return { run: call => sent(runFrame(ID, call), ID), sent, send: bytes => conversation.send(bytes) };
}

/** Ids need not differ: each request is answered before the next. */
const ID = 7;

function checksOf({ offers }: Ready): Check[] {
  const offered = [...offers.values()].flatMap(({ op, passes, declares }) =>
    declares.dtypes.flatMap(dtype =>
      passes.map((pass): Check => {
        const call = sampleCall(op, pass, dtype);
        return [`${op} ${wireNameOf(dtype)} ${pass}`, async talk => answered(await talk.run(call), call)];
      }),
    ),
  );
  return [...offered, ...REFUSALS];
}

/** An operator that nobody has. */
const unknownCall = (inputs: WireTensors, pass: Pass = 'forward'): SubjectCall => ({
  ...{ id: 'peer-check', op: 'no_such_operator', pass, params: {}, inputs, upstream: null, out: null },
  want: { y: { shape: [], dtype: 'float64' } },
});

const everyType = Object.values(wireTypes);

const operands = (shape: readonly number[]): WireTensors =>
  Object.fromEntries(everyType.map((dtype, k) => [`x${k}`, sampleTensor(shape, dtype)]));

const refusal = (name: string, inputs: WireTensors): Check => [
  name,
  async talk => refused(await talk.run(unknownCall(inputs))),
];

/** A bad request is answered by err, and the next one is answered too. */
const badRequest = (name: string, bytes: readonly Uint8Array[], id: number | null): Check => [
  name,
  async talk => {
    const first = refused(await talk.sent(bytes, id));
    if (!first.passed) return first;
    const next = refused(await talk.run(unknownCall({})));
    return next.passed ? first : failed(`after it: ${next.message}`);
  },
];

const LARGE = 2 ** 22;

const REFUSALS: readonly Check[] = [
  refusal('an operator that it does not have', operands([2, 3])),
  refusal('scalar operands', operands([])),
  refusal('operands without cells', operands([2, 0, 3])),
  badRequest('a frame of an unknown kind', encodeFrame('dance', ID, {}, [new Uint8Array(5)]), ID),
  badRequest('a run without its fields', encodeFrame('run', ID, { op: 'conv2d' }), ID),
  badRequest('a header that is not JSON', [Buffer.from(`{"t":"run","id":${ID},"pay":0,\n`)], null),
  [
    'a large payload in pieces',
    async talk => {
      const call = unknownCall({ x: sampleTensor([LARGE], 'uint8') });
      const [header, payload] = runFrame(ID, call) as [Uint8Array, Uint8Array];
      for (const piece of [header.subarray(0, 10), header.subarray(10), payload.subarray(0, 1)]) {
        talk.send([piece]);
        await pause(10);
      }
      return refused(await talk.sent([payload.subarray(1)], ID));
    },
  ],
];

function answered(reply: Frame<Reply> | Fall, { want }: SubjectCall): Outcome {
  if ('fault' in reply) return failed(textOf(reply));
  const { message } = reply;
  if (message.kind === 'skip') return passed(`skipped: ${message.why}`);
  if (message.kind === 'err') {
    const text = `err ${message.code}: ${message.text}`;
    return message.code === 'unsupported' ? passed(text) : failed(text);
  }
  for (const { name, dtype, shape } of message.out) {
    const wanted = want[name];
    if (!wanted) return failed(`${name} was not asked for`);
    const [got, expected] = [dtype, wireNameOf(wanted.dtype)];
    if (got !== expected || !sameShape(shape, wanted.shape))
      return failed(`${name} is ${got} ${shapeText(shape)}, not ${expected} ${shapeText(wanted.shape)}`);
  }
  return passed(`ok: ${message.out.map(({ name }) => name).join(', ') || 'no results'}`);
}

function refused(reply: Frame<Reply> | Fall): Outcome {
  if ('fault' in reply) return failed(textOf(reply));
  const { message } = reply;
  if (message.kind === 'ok') return failed('it answers ok, where only skip and err are right');
  return passed(message.kind === 'skip' ? `skip: ${message.why}` : `err ${message.code}`);
}

async function byeOutcome(conversation: Conversation, hangMs: number): Promise<Outcome> {
  if (conversation.isOver()) return failed('the client had fallen before');
  const { code, signal } = await conversation.close(hangMs);
  if (signal !== null) return failed(`it did not end in time: ${signal}`);
  return code === 0 ? passed('it ended with code 0') : failed(`it ended with code ${code}`);
}

const readyText = ({ name, version, lang, offers }: Ready): string =>
  `${name} ${version} (${lang}): ${[...offers.keys()].join(', ') || 'no operators'}`;

function textOf({ fault, message, stderr }: Omit<Fall, 'kind' | 'fault'> & { fault: string }): string {
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return last === '' ? `${fault}: ${message}` : `${fault}: ${message}; stderr ends: ${last.slice(0, 200)}`;
}
