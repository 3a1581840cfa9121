import { expect, test } from 'vitest';
import { gradientTable } from '../../src/teach/index.js';

test('a bias that the operator cannot do without has its part, named or not', () => {
  const { cells, closedForms } = gradientTable('bias', { input: { name: 'X', shape: [2, 1, 2] } });
  expect(cells.filter(cell => cell.of === 'forward')[0]!.plain).toBe('X_{111} + b_{1}');
  expect(cells.filter(cell => cell.of === 'bias').map(cell => cell.plain)).toEqual([
    'dL/dO_{111} + dL/dO_{112}',
    'dL/dO_{211} + dL/dO_{212}',
  ]);
  expect(closedForms.bias!.text).toBe('dL/db = channel_sum(dL/dO)');
});

test('a bias that may be left out is not mentioned unless it is named', () => {
  const [input, kernel] = [
    { name: 'X', shape: [2, 3] },
    { name: 'W', shape: [2, 3] },
  ];
  const parts = new Set(gradientTable('linear', { input, kernel }).cells.map(cell => cell.of));
  expect(parts.has('bias')).toBe(false);
  const bias = { name: 'b' };
  expect(gradientTable('linear', { input, kernel, bias, of: ['bias'] }).cells[0]!.plain).toBe(
    'dL/dO_{11} + dL/dO_{21}',
  );
});
