/** The end of what a thread writes, in memory that outlives the thread and can be read while it hangs. */

const BYTES = 4096;

/** A counter, then a ring of bytes. */
export const newTail = (): SharedArrayBuffer => new SharedArrayBuffer(4 + BYTES);

export function addToTail(tail: SharedArrayBuffer, chunk: string | Uint8Array): void {
  const bytes = Buffer.from(chunk);
  const last = bytes.subarray(-BYTES);
  const counter = new Int32Array(tail, 0, 1);
  const ring = new Uint8Array(tail, 4);
  const written = Atomics.load(counter, 0);
  for (const [k, byte] of last.entries()) ring[(written + k) % BYTES] = byte;
  const total = written + last.length;
  // From BYTES on it only says that the ring is full, and where its end is.
  Atomics.store(counter, 0, total < BYTES ? total : BYTES + (total % BYTES));
}

export function clearTail(tail: SharedArrayBuffer): void {
  Atomics.store(new Int32Array(tail, 0, 1), 0, 0);
}

export function tailText(tail: SharedArrayBuffer): string {
  const written = Atomics.load(new Int32Array(tail, 0, 1), 0);
  const ring = Buffer.from(new Uint8Array(tail, 4));
  if (written < BYTES) return ring.subarray(0, written).toString();
  const end = written % BYTES;
  // The cut may have gone through a character.
  return Buffer.concat([ring.subarray(end), ring.subarray(0, end)])
    .toString()
    .replace(/^\uFFFD+/u, '');
}
