/** Checking certificates: a strict reader, a bound on the work, and the trusted checker. */
import { BackproofError } from '../../error.js';
import { check } from '../trusted/check.js';
import { budget, spendOnUnfolding, watchOf } from './budget.js';
import { faultFor } from './fault.js';
import { fieldsOf } from './json.js';
import { type Certificate, certificateObjects, readObject } from './read.js';

export type CheckResult =
  | ({ readonly verdict: 'PROVED' } & Certificate)
  | { readonly verdict: 'REJECTED'; readonly id: string | null; readonly fault: BackproofError };

/**
 * Judges every certificate of a file by what it says alone: no certificate takes longer than a second.
 * @throws BackproofError `certificate-unreadable`, `certificate-too-large` if the file is no JSON.
 */
export function checkCertificates(text: string): CheckResult[] {
  return certificateObjects(text).map(checkedObject);
}

/** Judges one certificate, as JSON. */
export function checkedObject(value: unknown): CheckResult {
  try {
    const certificate = readObject(value);
    checkCertificate(certificate);
    return { verdict: 'PROVED', ...certificate };
  } catch (error) {
    return { verdict: 'REJECTED', id: idOf(value), fault: asFault(error) };
  }
}

/** @throws BackproofError if the proof does not show the statement, or takes too much work. */
function checkCertificate({ statement, proof }: Certificate): void {
  const spend = budget();
  spendOnUnfolding(statement, spend);
  check(statement, proof, watchOf(proof, statement, spend));
}

function asFault(error: unknown): BackproofError {
  if (error instanceof BackproofError) return error;
  const got = error instanceof Error ? `${error.name}: ${error.message}` : error;
  return faultFor('certificate-unreadable', 'the certificate cannot be checked', 'a certificate', got);
}

function idOf(value: unknown): string | null {
  try {
    const { theorem } = fieldsOf(fieldsOf(value, '').statement, '');
    return typeof theorem === 'string' ? theorem : null;
  } catch {
    return null;
  }
}
