/** What the runner and a client say to each other. */
import { BackproofError } from '../../../error.js';
import { operators } from '../../../ops/index.js';
import { readDeclares } from '../read-declares.js';
import { type Offer, RESULTS, type ResultName, type SubjectCall, type WireDType } from '../subject.js';
import { breach } from './breach.js';
import type { Limits } from './decoder.js';
import { wireNameOf, wireNames, wireTypes } from './dtypes.js';
import { checkDistinct, checkKeys, choiceOf, countOf, fieldsOf, listOf, textOf } from './fields.js';
import { encodeFrame, type Header } from './header.js';
import { bytesOf, checkPayload, type Listed, listed, readList } from './tensors.js';

const VERSION = 1;
export const HEADER_LIMIT = 2 ** 16;
export const PAYLOAD_LIMIT = 2 ** 28;

const ERR_CODES = ['invalid', 'unsupported', 'runtime', 'oom', 'device', 'version'] as const;

export interface Err {
  readonly kind: 'err';
  readonly code: (typeof ERR_CODES)[number];
  readonly text: string;
}

export interface Ready {
  readonly kind: 'ready';
  readonly name: string;
  readonly version: string;
  readonly lang: string;
  readonly offers: ReadonlyMap<string, Offer>;
}

export interface Ok {
  readonly kind: 'ok';
  readonly out: readonly Listed<ResultName>[];
  readonly nanoseconds: number | null;
}

export type Reply = Ok | { readonly kind: 'skip'; readonly why: string } | Err;

export const helloFrame = (id: number, max: Limits) =>
  encodeFrame('hello', id, { bp: VERSION, runner: 'backproof', max });

export const byeFrame = (id: number) => encodeFrame('bye', id, {});

/** The call with its operands; `want` in the order of RESULTS. @throws BackproofError `bp1-operand`. */
export function runFrame(id: number, call: SubjectCall): readonly Uint8Array[] {
  const operands = Object.entries(call.inputs);
  if (call.upstream) operands.push(['upstream', call.upstream]);
  const want = RESULTS.flatMap(name => {
    const one = call.want[name];
    return one ? [{ name, dtype: wireNameOf(one.dtype), shape: one.shape }] : [];
  });
  const fields = {
    case: call.id,
    op: call.op,
    pass: call.pass,
    params: call.params,
    in: operands.map(([name, tensor]) => listed(name, tensor)),
    want,
  };
  return encodeFrame(
    'run',
    id,
    fields,
    operands.map(([name, tensor]) => bytesOf(name, tensor)),
  );
}

/** The answer to hello of this id. @throws BackproofError, a breach. */
export function readGreeting(header: Header, id: number): Ready | Err {
  const t = checkFrame(header, id, ['ready', 'err']);
  return t === 'err' ? readErr(header) : readReady(header);
}

/** The answer to run of this id. @throws BackproofError, a breach. */
export function readReply(header: Header, id: number): Reply {
  const t = checkFrame(header, id, ['ok', 'skip', 'err']);
  if (t === 'err') return readErr(header);
  const { fields, pay } = header;
  if (t === 'skip') {
    checkKeys(fields, ['why'], [], t);
    checkPayload(pay, 0, t);
    return { kind: t, why: textOf(fields.why, 'skip.why') };
  }
  checkKeys(fields, ['out'], ['ns'], t);
  const nanoseconds = fields.ns === undefined ? null : countOf(fields.ns, 'ok.ns');
  return { kind: t, out: readList(fields.out, RESULTS, pay, 'ok.out'), nanoseconds };
}

function checkFrame<T extends string>(header: Header, id: number, known: readonly T[]): T {
  const t = choiceOf(header.t, known, 'the header.t', 'frame');
  if (header.id === id) return t;
  throw breach({
    kind: 'id',
    where: `${t}.id`,
    what: 'the answer is to another request',
    expected: `${id}`,
    got: `${header.id}`,
    fix: 'Answer each request once, with its id.',
  });
}

function readErr({ fields, pay }: Header): Err {
  const code = choiceOf(fields.code, ERR_CODES, 'err.code', 'code');
  checkPayload(pay, 0, 'err');
  if (code !== 'version') {
    checkKeys(fields, ['code', 'msg'], [], 'err');
    return { kind: 'err', code, text: textOf(fields.msg, 'err.msg') };
  }
  checkKeys(fields, ['code', 'want'], ['msg'], 'err');
  const versions = listOf(fields.want, 'err.want', countOf);
  return { kind: 'err', code, text: `it speaks bp ${versions.join(', ') || 'nothing'}` };
}

function readReady({ fields, pay }: Header): Ready {
  checkKeys(fields, ['bp', 'name', 'version', 'lang', 'declares', 'ops'], [], 'ready');
  checkPayload(pay, 0, 'ready');
  if (fields.bp !== VERSION) throw wrongVersion(fields.bp);
  const [name, version, lang] = (['name', 'version', 'lang'] as const).map(key =>
    textOf(fields[key], `ready.${key}`),
  ) as [string, string, string];
  const list = listOf(fields.ops, 'ready.ops', readOp);
  checkDistinct(
    list.map(({ op }) => op),
    'ready.ops',
  );
  const declared = declaresOf(fields.declares);
  const offers = list.map(({ op, dtypes }): [string, Offer] => [
    op,
    {
      ...{ op, passes: ['forward', 'backward'], behindPipe: true },
      // A pipe carries dense tensors, and no output to write into.
      declares: { ...declared, dtypes, strides: false, out: false },
    },
  ]);
  return { kind: 'ready', name, version, lang, offers: new Map(offers) };
}

const names = operators.map(({ name }) => name);

function readOp(value: unknown, where: string): { op: string; dtypes: readonly WireDType[] } {
  const fields = fieldsOf(value, where);
  checkKeys(fields, ['op', 'dtypes'], [], where);
  const op = choiceOf(fields.op, names, `${where}.op`, 'operator');
  const short = listOf(fields.dtypes, `${where}.dtypes`, (one, at) => choiceOf(one, wireNames, at, 'dtype'));
  checkDistinct(short, `${where}.dtypes`);
  return { op, dtypes: short.map(one => wireTypes[one]) };
}

function declaresOf(value: unknown): Offer['declares'] {
  try {
    return readDeclares(value, 'ready');
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    const { where, what, expected, got, fix } = error;
    throw breach({ kind: 'declares', where, what, expected, got, fix });
  }
}

function wrongVersion(bp: unknown): BackproofError {
  return breach({
    kind: 'version',
    where: 'ready.bp',
    what: 'the client speaks another version',
    expected: `${VERSION}`,
    got: JSON.stringify(bp),
    fix: 'Answer err with code version where bp is not known.',
  });
}
