/** Vectors for the tests: the pinned files, and cases with one thing changed. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readVectors, type VectorCase, type VectorsReport } from '../../../src/gate/index.js';
import { precisionFor } from '../../../src/gate/vectors/precision.js';
import { verifySteps } from '../../../src/gate/vectors.js';
import { operators } from '../../../src/ops/index.js';

/** What it takes to verify any operator. */
export const precision = await precisionFor(operators);

/** Every operator, for each has its file. */
export const pinnedOperators = operators.map(operator => operator.name);

export const pinnedFolder = fileURLToPath(new URL('../../vectors/', import.meta.url));

export const pinnedPath = (op: string): string => `${pinnedFolder}${op}.jsonl`;

export const pinnedText = (op: string) => readFileSync(pinnedPath(op), 'utf8');

export const pinned = (op: string): VectorCase[] => readVectors(pinnedText(op), op);

export function verified(cases: readonly VectorCase[]): VectorsReport {
  const steps = verifySteps(cases, 'test', precision);
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
