/** What is wrong with a certificate before any step of it is checked. */
import { BackproofError } from '../../error.js';

const FIXES = {
  'certificate-unreadable': 'Write the certificate anew, or fetch it again.',
  'certificate-version': 'Use a version of backproof that knows this format.',
  'certificate-ill-formed': 'Correct the certificate at this place.',
  'certificate-hash': 'Prove the changed statement, and write a certificate of that proof.',
  'certificate-too-large': 'A certificate of an operator has about 2 KB; split longer proofs.',
} as const;

type Code = keyof typeof FIXES;

export function faultFor(code: Code, what: string, expected: string, got: unknown): BackproofError {
  const shown = String(got).slice(0, 120);
  return new BackproofError({ code, where: 'certificate', what, expected, got: shown, fix: FIXES[code] });
}

export function fault(code: Code, what: string, expected: string, got: unknown): never {
  throw faultFor(code, what, expected, got);
}

export const illFormed = (what: string, expected: string, got: unknown): never =>
  fault('certificate-ill-formed', what, expected, got);
