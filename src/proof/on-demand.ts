/** What needs the prover, for the library: loaded when it is first asked for, so that importing the package stays quick. */
import type { Operator } from '../ops/index.js';
import type { AllShapesOptions } from './all-shapes.js';
import type { AllShapesReport } from './theorem.js';

/** As in all-shapes.ts. */
export async function proveForAllShapes(
  operator: Operator | string,
  options: AllShapesOptions = {},
): Promise<AllShapesReport[]> {
  const { proveForAllShapes: prove } = await import('./all-shapes.js');
  return prove(operator, options);
}

/**
 * Checks a certificate, or a JSON array of them, with the trusted checker alone: each is PROVED or REJECTED.
 * @throws BackproofError `certificate-unreadable`, `certificate-too-large` if the text is no JSON.
 */
export async function checkCertificate(text: string): Promise<AllShapesReport[]> {
  const { certified } = await import('./judge.js');
  return certified(text);
}
