import { expect, test } from 'vitest';
import { operators } from '../../src/ops/index.js';
import { gradientTable, type Section } from '../../src/teach/index.js';
import { conv2d, named, thrown } from './tables.js';

const code = (act: () => unknown) => thrown(act).code;

test('contradictory channels say how to write every extent', () => {
  const error = thrown(() => conv2d('X=2x3x3', 'F=2x2'));
  expect(error.code).toBe('channels-mismatch');
  expect(error.data.readAs).toEqual(['X=1x2x3x3', 'F=1x1x2x2']);
  expect(error.fix).toContain('X=NxCxL1x... F=OxIxK1x...');
  const depthwise = thrown(() => conv2d('X=2x3x3', 'F=2x2x2', { params: { groups: 2 } }));
  expect(depthwise.data.readAs).toEqual(['X=1x2x3x3', 'F=1x2x2x2']);
  const bias = thrown(() => conv2d('X=3x3', 'F=2x2', { bias: named('b=4') }));
  expect([bias.code, bias.data.readAs]).toEqual(['size-mismatch', ['X=1x1x3x3', 'F=1x1x2x2', 'b=4']]);
  // nothing was left out: the operator's own message
  const all = thrown(() => conv2d('X=1x2x3x3', 'F=2x1x2x2'));
  expect([all.code, all.data.readAs]).toEqual(['channels-mismatch', undefined]);
});

test('extents', () => {
  const few = thrown(() => conv2d('X=3', 'F=2x2'));
  expect([few.code, few.data.tensor, few.expected]).toEqual([
    'rank-mismatch',
    'X',
    '2 to 4: batch, channel, row, column, the first 2 only if wanted',
  ]);
  expect(code(() => conv2d('X=1x1x1x3x3', 'F=2x2'))).toBe('rank-mismatch');
  expect(code(() => conv2d('X=3x3', 'F=2'))).toBe('rank-mismatch');
  expect(code(() => conv2d('X=3x3', 'F=0x2'))).toBe('kernel-size-not-positive');
});

test('what is missing or unknown', () => {
  const input = named('X=3x3');
  const kernel = named('F=2x2');
  const missing = thrown(() => gradientTable('conv2d', { input }));
  expect([missing.code, missing.data]).toEqual(['missing-input', { role: 'kernel' }]);
  expect(code(() => gradientTable('pad', { input, kernel }))).toBe('unknown-input');
  expect(code(() => gradientTable('correlate', { input, kernel, bias: { name: 'b' } }))).toBe(
    'unknown-input',
  );
  expect(code(() => gradientTable('conv9d', { input, kernel }))).toBe('unknown-operator');
  expect(code(() => gradientTable('pad', { input, of: ['kernel'] }))).toBe('unknown-section');
  expect(code(() => conv2d('X=3x3', 'F=2x2', { of: [] }))).toBe('unknown-section');
  expect(code(() => conv2d('X=3x3', 'F=2x2', { of: ['weights' as Section] }))).toBe('unknown-section');
  expect(code(() => conv2d('X=3x3', 'F=2x2', { index: 'letters' as 'pair' }))).toBe('unknown-index-style');
  expect(code(() => conv2d('X=3x3', 'F=2x2', { params: { strides: 2 } }))).toBe('unknown-parameter');
  expect(code(() => conv2d('X=3x3', 'F=2x2', { params: { stride: 0 } }))).toBe('stride-not-positive');
});

test('a table that is too large names the parts that would do', () => {
  const error = thrown(() => conv2d('X=32x32', 'F=3x3'));
  expect([error.code, error.data.fits]).toEqual(['table-too-large', ['forward', 'chain', 'input', 'kernel']]);
  expect(error.fix).toBe('Pass --of forward,chain,input,kernel, or smaller extents.');
  const advised = conv2d('X=32x32', 'F=3x3', { of: error.data.fits as Section[] });
  expect(advised.cells.length).toBe(900 + 1033 + 1024 + 9);
  const bias = thrown(() => conv2d('X=220x220', 'F=5x5', { bias: { name: 'b' } }));
  expect(bias.data.fits).toEqual(['bias']);
  expect(conv2d('X=220x220', 'F=5x5', { of: ['bias'] }).cells[0]!.terms).toHaveLength(216 * 216);
});

test('what cannot even be counted is refused before it is made', () => {
  const hopeless = thrown(() => conv2d('X=3x224x224', 'F=64x3x7x7'));
  expect([hopeless.code, hopeless.data.fits, hopeless.fix]).toEqual([
    'table-too-large',
    [],
    'Use smaller extents.',
  ]);
  const wide = { input: named('X=40000x40000'), params: { length: 1 } };
  expect(code(() => gradientTable('crop', wide))).toBe('table-too-large');
});

test('a table is not made from a claim that is wrong', () => {
  const record = operators.find(one => one.name === 'flip_spatial')!;
  const curved = { ...record, name: 'curved', definition: () => 'y[n<N, c<C, p@<L@] = sigmoid(x[n, c, p@])' };
  expect(thrown(() => gradientTable(curved, { input: named('X=2x2') })).code).toBe('claim-refuted');
});
