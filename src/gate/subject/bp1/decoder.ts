/** Frames from a stream of bytes: a header line, then as many bytes as it announces. */
import { BackproofError } from '../../../error.js';
import { breach, excerpt } from './breach.js';
import { type Header, readHeader } from './header.js';

export interface Limits {
  /** Bytes of a header line, without its end. */
  readonly header: number;
  readonly payload: number;
}

export interface Frame<T> {
  readonly message: T;
  readonly payload: Uint8Array;
}

export interface Decoded<T> {
  readonly frames: readonly Frame<T>[];
  /** The first breach; nothing is read after it. */
  readonly error: BackproofError | null;
}

const NEWLINE = 10;
const BRACE = 123;

export class Decoder<T> {
  private readonly limits: Limits;
  private readonly read: (header: Header) => T;
  private readonly line: Uint8Array;
  private length = 0;
  private open: { readonly frame: Frame<T>; filled: number } | null = null;
  private error: BackproofError | null = null;

  /** `read` sees each header before any of its payload is held, and may refuse it by a breach. */
  constructor(limits: Limits, read: (header: Header) => T) {
    this.limits = limits;
    this.read = read;
    this.line = new Uint8Array(limits.header);
  }

  /** Frames that these bytes complete; how a stream is cut into chunks changes nothing. */
  push(chunk: Uint8Array): Decoded<T> {
    const frames: Frame<T>[] = [];
    try {
      for (let at = 0; this.error === null && at < chunk.length; ) {
        at = this.open ? this.takePayload(chunk, at) : this.takeHeader(chunk, at);
        if (!this.open || this.open.filled < this.open.frame.payload.length) continue;
        frames.push(this.open.frame);
        this.open = null;
      }
    } catch (thrown) {
      if (!(thrown instanceof BackproofError)) throw thrown;
      this.error = thrown;
    }
    return { frames, error: this.error };
  }

  /** What has come of a frame that is not complete; null between frames. */
  unfinished(): string | null {
    if (this.open) return `${this.open.filled} of ${this.open.frame.payload.length} bytes of a payload`;
    const line = this.line.subarray(0, this.length);
    return line.length > 0 ? `a header without its end: ${excerpt(line)}` : null;
  }

  /** Returns where the next byte to read is. */
  private takeHeader(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (this.length === 0 && byte !== BRACE) throw noFrame(chunk.subarray(at));
      if (byte === NEWLINE) {
        this.endHeader();
        return at + 1;
      }
      if (this.length === this.line.length) throw tooLong(this.line);
      if (byte < 0x20 || byte > 0x7e) throw notAscii(this.line.subarray(0, this.length), byte);
      this.line[this.length++] = byte;
    }
    return chunk.length;
  }

  private endHeader(): void {
    const header = readHeader(this.line.subarray(0, this.length));
    checkSize(header.pay, this.limits.payload);
    this.open = { frame: { message: this.read(header), payload: new Uint8Array(header.pay) }, filled: 0 };
    this.length = 0;
  }

  private takePayload(chunk: Uint8Array, from: number): number {
    const { frame, filled } = this.open!;
    const part = chunk.subarray(from, from + frame.payload.length - filled);
    frame.payload.set(part, filled);
    this.open!.filled += part.length;
    return from + part.length;
  }
}

function checkSize(pay: number, most: number): void {
  if (pay <= most) return;
  throw breach({
    kind: 'payload-too-large',
    where: 'the header',
    what: 'the payload is larger than hello allows',
    expected: `at most ${most} bytes`,
    got: `${pay}`,
    fix: 'Answer with the results that were asked for, and with no others.',
  });
}

const PRINTS = 'Nothing but frames may go to stdout: send what is printed to stderr.';

function noFrame(bytes: Uint8Array): BackproofError {
  const expected = 'a header, which begins with {';
  return breach({
    kind: 'no-frame',
    where: 'stdout',
    what: 'no frame begins here',
    expected,
    got: excerpt(bytes),
    fix: PRINTS,
  });
}

function tooLong(line: Uint8Array): BackproofError {
  return breach({
    kind: 'header-too-long',
    where: 'the header',
    what: 'the line does not end',
    expected: `at most ${line.length} bytes and a newline`,
    got: `more: ${excerpt(line)}`,
    fix: 'Shorten its texts, and end it by one newline.',
  });
}

function notAscii(line: Uint8Array, byte: number): BackproofError {
  return breach({
    kind: 'not-ascii',
    where: 'the header',
    what: `byte ${line.length} is not printable ASCII`,
    expected: 'JSON in ASCII, other characters as \\u escapes, and a newline (no carriage return)',
    got: `0x${byte.toString(16).padStart(2, '0')} after ${excerpt(line)}`,
    fix: PRINTS,
  });
}
