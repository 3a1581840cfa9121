/** What a peer writes against the protocol, as an error that says what, where, what was expected and what came. */
import { BackproofError } from '../../../error.js';

export interface BreachParts {
  /** The last part of the code: `bp1-${kind}`. */
  readonly kind: string;
  readonly where: string;
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  readonly fix: string;
}

export function breach({ kind, ...parts }: BreachParts): BackproofError {
  return new BackproofError({ ...parts, code: `bp1-${kind}`, data: { where: parts.where } });
}

/** Bytes for people: the first of them, escaped where they are not printable ASCII. */
export function excerpt(bytes: Uint8Array): string {
  const shown = Buffer.from(bytes.subarray(0, SHOWN)).toString('latin1');
  const text = shown.replace(/[^\x20-\x7e]/g, one => `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return bytes.length > SHOWN ? `${text}...` : text;
}

const SHOWN = 60;
