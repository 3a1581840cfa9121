/** The library called wrongly, as from plain JavaScript: a five-part message with a stable code, never a TypeError. */
import { expect, test } from 'vitest';
import { BackproofError } from '../../src/error.js';
import * as library from '../../src/index.js';

type Loose = (...args: unknown[]) => unknown;

/** The functions without their types. */
const calls = library as unknown as Readonly<Record<string, Loose>>;
const shapes = { x: [1, 1, 3, 3], w: [1, 1, 2, 2] };

const misuses: readonly (readonly [string, string, readonly unknown[]])[] = [
  ['symbolic', 'bad-call', ['conv2d']],
  ['symbolic', 'bad-call', ['conv2d', null]],
  ['symbolic', 'bad-call', ['conv2d', [shapes.x, shapes.w]]],
  ['symbolic', 'bad-call', ['conv2d', shapes, null]],
  ['symbolic', 'unknown-operator', [undefined, shapes]],
  ['symbolic', 'unknown-operator', [{}, shapes]],
  ['symbolic', 'bad-shape', ['conv2d', { ...shapes, x: '3x3' }]],
  ['symbolic', 'bad-shape', ['conv2d', { ...shapes, x: [1, 1, 3, '3'] }]],
  ['symbolic', 'bad-shape', ['conv2d', { ...shapes, x: [1, 1, 3, Number.NaN] }]],
  ['symbolic', 'bad-shape', ['conv2d', { ...shapes, x: [1, 1, 3e9, 3] }]],
  ['symbolic', 'bad-parameter', ['conv2d', shapes, { stride: {} }]],
  ['symbolic', 'bad-parameter', ['conv2d', shapes, { groups: [1] }]],
  ['symbolic', 'not-an-integer-parameter', ['conv2d', shapes, { stride: 1.5 }]],
  ['symbolic', 'unknown-padding-mode', ['conv2d', shapes, { padding: 'some' }]],
  ['kernelCall', 'unknown-operator', ['conv9d', shapes]],
  ['kernelCall', 'bad-call', ['conv2d']],
  ['kernelCall', 'bad-parameter', ['conv2d', shapes, { stride: {} }]],
  ['createEngine', 'unknown-engine', ['toString']],
  ['createEngine', 'unknown-engine', [null]],
  ['prove', 'unknown-input', ['conv2d', shapes, {}, { wrt: 'b' }]],
  [
    'prove',
    'ill-formed-claim',
    ['conv2d', shapes, {}, { wrt: 'x', claim: { kind: 'tensor', name: 'nope' } }],
  ],
  ['prove', 'bad-call', ['conv2d']],
  ['proveForAllShapes', 'unknown-operator', ['conv9d']],
  ['proveForAllShapes', 'unknown-input', ['conv2d', { wrt: 'z' }]],
  ['proveForAllShapes', 'bad-parameter', ['conv2d', { modes: { stride: 2 } }]],
  ['proveForAllShapes', 'bad-parameter', ['conv2d', { modes: { convention: 'other' } }]],
  ['checkCertificate', 'certificate-unreadable', ['{']],
  ['checkCertificate', 'certificate-unreadable', [undefined]],
  ['checkCertificate', 'certificate-unreadable', [{ format: 'backproof-certificate/1' }]],
  ['gradientTable', 'bad-call', ['conv2d']],
  ['gradientTable', 'missing-input', ['conv2d', {}]],
  ['network', 'no-layer', []],
  ['network', 'no-layer', [{ operator: 'linear' }, { name: 'X', shape: [2, 3] }]],
  ['network', 'bad-call', [[{ operator: 'flip_spatial' }]]],
  ['network', 'bad-call', [['linear'], { name: 'X', shape: [2, 3] }]],
  ['network', 'bad-call', [[{ operator: 'linear', inputs: { w: [4, 3] } }], { name: 'X', shape: [2, 3] }]],
  ['network', 'bad-name', [[{ operator: 'flip_spatial' }], { shape: [2, 3] }]],
  ['network', 'bad-shape', [[{ operator: 'flip_spatial' }], { name: 'X' }]],
  ['network', 'unknown-operator', [[{}], { name: 'X', shape: [2, 3] }]],
  ['network', 'bad-call', [[{ operator: 'flip_spatial', params: 'x' }], { name: 'X', shape: [2, 3] }]],
  ['network', 'bad-name', [[{ operator: 'flip_spatial', name: 5 }], { name: 'X', shape: [2, 3] }]],
  ['network', 'bad-name', [[{ operator: 'flip_spatial' }], { name: 'X', shape: [2, 3] }, 7]],
  ['readVectors', 'bad-vectors', [undefined]],
  ['readVectors', 'vector-not-json', ['{']],
  ['writeVectors', 'bad-vectors', [{}]],
  ['checkDerivation', 'bad-document', [undefined, { format: 'markdown' }]],
  ['checkDerivation', 'unknown-document-format', ['text', { format: 'pdf' }]],
  ['checkDerivation', 'unknown-document-format', ['text']],
];

test.each(misuses)('%s: %s %j', async (name, code, args) => {
  const outcome = await Promise.resolve()
    .then(() => calls[name]!(...args))
    .catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(BackproofError);
  const { message, what, where, expected, got, fix, code: found } = outcome as BackproofError;
  expect(found).toBe(code);
  for (const part of [what, where, expected, got, fix]) expect(part.length).toBeGreaterThan(0);
  expect(message).toBe(`${where}: ${what}; expected ${expected}, got ${got}. ${fix} [${code}]`);
});

test('an undefined parameter is one that is not given', () => {
  expect(calls.symbolic!('conv2d', shapes, { stride: undefined })).toHaveProperty('gradients');
});
