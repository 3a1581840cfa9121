/** Vectors for the tests: the pinned files, and cases with one thing changed. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readVectors, type VectorCase, type VectorsReport, verifySteps } from '../../../src/gate/index.js';

export const pinnedOperators = ['conv1d', 'conv2d', 'conv3d'] as const;

export function pinnedPath(op: string): string {
  return fileURLToPath(new URL(`../../vectors/${op}.jsonl`, import.meta.url));
}

export const pinnedText = (op: string) => readFileSync(pinnedPath(op), 'utf8');

export const pinned = (op: string): VectorCase[] => readVectors(pinnedText(op), op);

export function verified(cases: readonly VectorCase[]): VectorsReport {
  const steps = verifySteps(cases, 'test');
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same tensor with one cell put in. */
export function withCell<T extends { readonly data: readonly (number | string)[] }>(
  tensor: T,
  cell: number,
  value: number | string,
): T {
  return { ...tensor, data: tensor.data.map((one, k) => (k === cell ? value : one)) };
}
