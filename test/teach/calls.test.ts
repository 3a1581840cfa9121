import { describe, expect, test } from 'vitest';
import { operators } from '../../src/ops/index.js';
import { gradientTable } from '../../src/teach/index.js';
import { conv2d, named, plainOf } from './tables.js';

describe('parameters', () => {
  test('padding: the border reads fewer cells', () => {
    const table = conv2d('X=2x2', 'F=2x2', { params: { padding: 1 } });
    expect(table.params.padding).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(table.shapes.output).toEqual([3, 3]);
    expect(plainOf(table, 'forward')).toMatchObject({
      'O_{11}': 'X_{11}*F_{22}',
      'O_{12}': 'X_{11}*F_{21} + X_{12}*F_{22}',
      'O_{33}': 'X_{22}*F_{11}',
    });
    expect(plainOf(table, 'input')['X_{11}']).toBe(
      'dL/dO_{11}*F_{22} + dL/dO_{12}*F_{21} + dL/dO_{21}*F_{12} + dL/dO_{22}*F_{11}',
    );
  });

  test('a padding mode is written out in cells', () => {
    const padding = (mode: string, stride = 1) =>
      conv2d('X=4x5', 'F=2x3', { params: { padding: mode, stride }, of: ['forward'] }).params.padding;
    expect(padding('same')).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(padding('same-lower')).toEqual([
      [1, 0],
      [1, 1],
    ]);
    expect(padding('full')).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  test('dilation spreads the taps', () => {
    const table = conv2d('X=3x4', 'F=2x2', { params: { dilation: 2 } });
    expect(table.params).toMatchObject({ dilation: [2, 2], stride: [1, 1] });
    expect(plainOf(table, 'forward')).toEqual({
      'O_{11}': 'X_{11}*F_{11} + X_{13}*F_{12} + X_{31}*F_{21} + X_{33}*F_{22}',
      'O_{12}': 'X_{12}*F_{11} + X_{14}*F_{12} + X_{32}*F_{21} + X_{34}*F_{22}',
    });
    expect(plainOf(table, 'kernel')['F_{21}']).toBe('dL/dO_{11}*X_{31} + dL/dO_{12}*X_{32}');
  });

  test('true convolution turns the kernel', () => {
    const table = conv2d('X=2x2', 'F=2x2', { params: { convention: 'convolution' } });
    expect(plainOf(table, 'forward')['O_{11}']).toBe(
      'X_{11}*F_{22} + X_{12}*F_{21} + X_{21}*F_{12} + X_{22}*F_{11}',
    );
    expect(plainOf(table, 'kernel')['F_{12}']).toBe('dL/dO_{11}*X_{21}');
  });

  test('cells that the stride leaves unread have gradient 0 and no terms', () => {
    const table = conv2d('X=4x4', 'F=2x2', { params: { stride: 3 } });
    const unread = table.cells.filter(one => one.of === 'input' && one.terms.length === 0);
    expect(unread.map(one => one.cell)).toEqual([
      'X_{13}',
      'X_{14}',
      'X_{23}',
      'X_{24}',
      ...['X_{31}', 'X_{32}', 'X_{33}', 'X_{34}', 'X_{41}', 'X_{42}', 'X_{43}', 'X_{44}'],
    ]);
    expect(unread.every(one => one.plain === '0' && one.latex === '0')).toBe(true);
    const chain = table.cells.find(one => one.of === 'chain' && one.cell === 'X_{44}');
    expect(chain).toMatchObject({ plain: '0', latex: '0', terms: [] });
  });

  test('an empty output leaves every gradient 0', () => {
    const table = conv2d('X=1x1', 'F=2x2', { of: ['forward', 'local', 'input', 'kernel'] });
    expect(table.shapes.output).toEqual([0, 0]);
    expect(table.cells.map(one => [one.of, one.plain])).toEqual([
      ['input', '0'],
      ...Array(4).fill(['kernel', '0']),
    ]);
  });
});

describe('structural operators', () => {
  test('have an input and no kernel', () => {
    const options = { input: named('X=2x2'), params: { before: 1, after: [0, 1] } };
    const table = gradientTable('pad', options);
    expect(table.params).toEqual({ before: [1, 1], after: [0, 1] });
    expect(Object.keys(table.shapes)).toEqual(['input', 'output']);
    expect(Object.keys(table.closedForms)).toEqual(['input']);
    expect(table.closedForms.input.text).toBe('dL/dX = crop(dL/dO, start=1, length=2)');
    expect(plainOf(table, 'forward')['O_{11}']).toBe('0');
    expect(plainOf(table, 'forward')['O_{22}']).toBe('X_{11}');
    expect(plainOf(table, 'input')['X_{11}']).toBe('dL/dO_{22}');
  });

  test('an output without spatial axes is one cell', () => {
    const table = gradientTable('channel_sum', { input: named('X=1x2') });
    expect(plainOf(table, 'forward')).toEqual({ O: 'X_{11} + X_{12}' });
    expect(plainOf(table, 'input')).toEqual({ 'X_{11}': 'dL/dO', 'X_{12}': 'dL/dO' });
    expect(table.shapes.output).toEqual([]);
  });
});

describe('an operator made up for the signs', () => {
  const base = operators.find(one => one.name === 'flip_spatial')!;
  const cellsOf = (definition: string) => {
    const record = { ...base, name: 'made_up', definition: () => definition };
    return gradientTable(record, { input: named('X=2x2') });
  };

  test('like terms are gathered, signs are written once', () => {
    const table = cellsOf(
      'y[n<N, c<C, p@<L@] = x[n, c, p@] + x[n, c, p@] - 5 * x[n, c, L@ - 1 - p@] - x[n, c, p@]*x[n, c, p@]',
    );
    expect(table.cells[0]).toMatchObject({
      plain: '2*X_{11} - 5*X_{22} - X_{11}*X_{11}',
      latex: '2 X_{11} - 5 X_{22} - X_{11} X_{11}',
      terms: [
        { coefficient: '2', factors: ['X_{11}'] },
        { coefficient: '-5', factors: ['X_{22}'] },
        { coefficient: '-1', factors: ['X_{11}', 'X_{11}'] },
      ],
    });
    const input = plainOf(table, 'input');
    // in the order of the output cells, whatever the order of the definition
    expect(input['X_{22}']).toBe('-5*dL/dO_{11} + 2*dL/dO_{22} - 2*dL/dO_{22}*X_{22}');
    expect(plainOf(table, 'local')['dO_{22}/dX_{22}']).toBe('2 - 2*X_{22}');
    expect(plainOf(table, 'chain')['X_{22}']).toBe('dL/dO_{11}*dO_{11}/dX_{22} + dL/dO_{22}*dO_{22}/dX_{22}');
  });

  test('what cancels is gone, and so is the dependence', () => {
    const table = cellsOf('y[n<N, c<C, p@<L@] = 2*x[n, c, p@] - x[n, c, p@] - x[n, c, p@]');
    expect(new Set(table.cells.map(one => one.plain))).toEqual(new Set(['0']));
  });
});
