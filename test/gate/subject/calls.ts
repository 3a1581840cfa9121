/** Calls and tensors for the tests of subjects. */

import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { openModule } from '../../../src/gate/subject/module.js';
import type { Answer, Subject, SubjectCall, WireTensor } from '../../../src/gate/subject/subject.js';

/** Generous: no right kernel of these tests comes near it. */
export const PATIENT = { hangMs: 60_000 };
/** Tiny: only for kernels that never answer. */
export const HURRIED = { hangMs: 300 };

export const modulePath = (name: string): string =>
  fileURLToPath(new URL(`modules/${name}`, import.meta.url));

export const float64 = (shape: readonly number[], values: readonly number[]): WireTensor => ({
  shape,
  data: Float64Array.from(values),
  dtype: 'float64',
});

export const vector = (...values: number[]): WireTensor => float64([values.length], values);

export function callOf(op: string, changes: Partial<SubjectCall> = {}): SubjectCall {
  return {
    id: `${op} test`,
    op,
    pass: 'forward',
    params: {},
    inputs: { x: vector(1, 2, 3) },
    upstream: changes.pass === 'backward' ? vector(1, 1, 1) : null,
    want: {},
    out: null,
    ...changes,
  };
}

/** The subject of a module that can be had. */
export async function opened(name: string, memoryMb?: number): Promise<Subject> {
  const subject = await openModule(modulePath(name), memoryMb === undefined ? {} : { memoryMb });
  if ('fault' in subject) throw new Error(`${subject.fault}: ${subject.message}`);
  return subject;
}

/** Uses a subject and closes it. */
export async function using<T>(subject: Subject, use: (subject: Subject) => Promise<T>): Promise<T> {
  return use(subject).finally(() => subject.close());
}

/** The answer to one call of a module. */
export async function answerOf(name: string, call: SubjectCall, options = PATIENT): Promise<Answer> {
  return using(await opened(name), subject => subject.call(call, options));
}

export const pair = (least: number, most: number) =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }));

/** Random calls of conv2d, but for padding and groups. */
export const convShape = {
  batch: fc.integer({ min: 1, max: 2 }),
  perGroup: fc.integer({ min: 1, max: 2 }),
  outputsPerGroup: fc.integer({ min: 1, max: 2 }),
  input: pair(5, 7),
  kernel: pair(1, 3),
  stride: pair(1, 3),
  dilation: pair(1, 2),
};
