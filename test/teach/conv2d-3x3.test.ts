/** The classical worked example, written out by hand: a 3 x 3 input, a 2 x 2 filter, stride 1, no padding. */
import { describe, expect, test } from 'vitest';
import { gradientTable, type Section, type TableCell, type TableTerm } from '../../src/teach/index.js';

const X = { name: 'X', shape: [3, 3] };
const F = { name: 'F', shape: [2, 2] };

const term = (...factors: string[]): TableTerm => ({ coefficient: '1', factors });
const d = (cell: string) => `\\frac{\\partial L}{\\partial ${cell}}`;

function cell(of: Section, name: string, index: number[], plain: string, latex: string, terms: TableTerm[]) {
  return { of, cell: name, index, plain, latex, terms };
}

/** Products of a forward cell, written "X_{11}*F_{11}". */
function forward(name: string, index: number[], ...products: string[]): TableCell {
  const terms = products.map(product => term(...product.split('*')));
  const latex = products.map(product => product.replace('*', ' ')).join(' + ');
  return cell('forward', name, index, products.join(' + '), latex, terms);
}

/** Products of a gradient cell by output cell, written "O_{11}*F_{12}" for dL/dO_{11} times F_{12}. */
function gradient(of: Section, name: string, index: number[], ...products: string[]): TableCell {
  const pairs = products.map(product => product.split('*') as [string, string]);
  const plain = pairs.map(([out, factor]) => `dL/d${out}*${factor}`).join(' + ');
  const latex = pairs.map(([out, factor]) => `${d(out)} ${factor}`).join(' + ');
  return cell(
    of,
    name,
    index,
    plain,
    latex,
    pairs.map(([out, factor]) => term(`dL/d${out}`, factor)),
  );
}

const forwardCells = [
  forward('O_{11}', [1, 1], 'X_{11}*F_{11}', 'X_{12}*F_{12}', 'X_{21}*F_{21}', 'X_{22}*F_{22}'),
  forward('O_{12}', [1, 2], 'X_{12}*F_{11}', 'X_{13}*F_{12}', 'X_{22}*F_{21}', 'X_{23}*F_{22}'),
  forward('O_{21}', [2, 1], 'X_{21}*F_{11}', 'X_{22}*F_{12}', 'X_{31}*F_{21}', 'X_{32}*F_{22}'),
  forward('O_{22}', [2, 2], 'X_{22}*F_{11}', 'X_{23}*F_{12}', 'X_{32}*F_{21}', 'X_{33}*F_{22}'),
];

const inputCells = [
  gradient('input', 'X_{11}', [1, 1], 'O_{11}*F_{11}'),
  gradient('input', 'X_{12}', [1, 2], 'O_{11}*F_{12}', 'O_{12}*F_{11}'),
  gradient('input', 'X_{13}', [1, 3], 'O_{12}*F_{12}'),
  gradient('input', 'X_{21}', [2, 1], 'O_{11}*F_{21}', 'O_{21}*F_{11}'),
  gradient('input', 'X_{22}', [2, 2], 'O_{11}*F_{22}', 'O_{12}*F_{21}', 'O_{21}*F_{12}', 'O_{22}*F_{11}'),
  gradient('input', 'X_{23}', [2, 3], 'O_{12}*F_{22}', 'O_{22}*F_{12}'),
  gradient('input', 'X_{31}', [3, 1], 'O_{21}*F_{21}'),
  gradient('input', 'X_{32}', [3, 2], 'O_{21}*F_{22}', 'O_{22}*F_{21}'),
  gradient('input', 'X_{33}', [3, 3], 'O_{22}*F_{22}'),
];

const kernelCells = [
  gradient('kernel', 'F_{11}', [1, 1], 'O_{11}*X_{11}', 'O_{12}*X_{12}', 'O_{21}*X_{21}', 'O_{22}*X_{22}'),
  gradient('kernel', 'F_{12}', [1, 2], 'O_{11}*X_{12}', 'O_{12}*X_{13}', 'O_{21}*X_{22}', 'O_{22}*X_{23}'),
  gradient('kernel', 'F_{21}', [2, 1], 'O_{11}*X_{21}', 'O_{12}*X_{22}', 'O_{21}*X_{31}', 'O_{22}*X_{32}'),
  gradient('kernel', 'F_{22}', [2, 2], 'O_{11}*X_{22}', 'O_{12}*X_{23}', 'O_{21}*X_{32}', 'O_{22}*X_{33}'),
];

test('forward, input and kernel: the whole JSON', () => {
  const table = gradientTable('conv2d', { input: X, kernel: F, of: ['forward', 'input', 'kernel'] });
  const dO = d('O');
  expect(JSON.parse(JSON.stringify(table))).toEqual({
    formatVersion: 1,
    op: 'conv2d',
    params: {
      stride: [1, 1],
      padding: [
        [0, 0],
        [0, 0],
      ],
      dilation: [1, 1],
      groups: 1,
      convention: 'correlation',
    },
    shapes: { input: [3, 3], kernel: [2, 2], output: [2, 2] },
    cells: [...forwardCells, ...inputCells, ...kernelCells],
    closedForms: {
      input: {
        latex: `${d('X')} = ${dO} \\star_{full} \\operatorname{rot180}(F)`,
        text: 'dL/dX = correlate(dL/dO, flip_spatial(F), padding=full)',
      },
      kernel: { latex: `${d('F')} = X \\star ${dO}`, text: 'dL/dF = correlate(X, dL/dO)' },
      bias: { latex: `${d('b')} = \\sum ${dO}`, text: 'dL/db = channel_sum(dL/dO)' },
    },
  });
});

test('one cell as it stands in the file, so that the helpers above cannot err', () => {
  const { cells } = gradientTable('conv2d', { input: X, kernel: F, of: ['input'] });
  expect(cells[1]).toEqual({
    of: 'input',
    cell: 'X_{12}',
    index: [1, 2],
    plain: 'dL/dO_{11}*F_{12} + dL/dO_{12}*F_{11}',
    latex: '\\frac{\\partial L}{\\partial O_{11}} F_{12} + \\frac{\\partial L}{\\partial O_{12}} F_{11}',
    terms: [
      { coefficient: '1', factors: ['dL/dO_{11}', 'F_{12}'] },
      { coefficient: '1', factors: ['dL/dO_{12}', 'F_{11}'] },
    ],
  });
});

describe('local gradients and chain rule', () => {
  const { cells } = gradientTable('conv2d', { input: X, kernel: F, of: ['chain', 'local'] });
  const local = cells.filter(one => one.of === 'local');
  const chain = cells.filter(one => one.of === 'chain');

  test('every pair, the input first; parts in their own order', () => {
    expect(cells.map(one => one.of)).toEqual([...Array(52).fill('local'), ...Array(13).fill('chain')]);
    expect(local.slice(0, 4).map(one => one.cell)).toEqual([
      'dO_{11}/dX_{11}',
      'dO_{11}/dX_{12}',
      'dO_{11}/dX_{13}',
      'dO_{11}/dX_{21}',
    ]);
    expect(local[36]).toEqual(
      cell('local', 'dO_{11}/dF_{11}', [1, 1, 1, 1], 'X_{11}', 'X_{11}', [term('X_{11}')]),
    );
  });

  test('what notes have wrong, right', () => {
    const plain = Object.fromEntries(local.map(one => [one.cell, one.plain]));
    expect(plain['dO_{12}/dF_{21}']).toBe('X_{22}');
    expect(plain['dO_{21}/dX_{32}']).toBe('F_{22}');
  });

  test('a pair without dependence is kept as 0 without terms', () => {
    const zero = local.find(one => one.cell === 'dO_{22}/dX_{11}');
    expect(zero).toEqual(cell('local', 'dO_{22}/dX_{11}', [2, 2, 1, 1], '0', '0', []));
    expect(local.filter(one => one.plain === '0')).toHaveLength(20);
  });

  test('the chain runs over the outputs that depend on the cell', () => {
    expect(chain.map(one => one.cell).join(' ')).toBe(
      'X_{11} X_{12} X_{13} X_{21} X_{22} X_{23} X_{31} X_{32} X_{33} F_{11} F_{12} F_{21} F_{22}',
    );
    expect(chain.map(one => one.terms.length)).toEqual([1, 2, 1, 2, 4, 2, 1, 2, 1, 4, 4, 4, 4]);
    expect(chain[1]).toEqual(
      cell(
        'chain',
        'X_{12}',
        [1, 2],
        'dL/dO_{11}*dO_{11}/dX_{12} + dL/dO_{12}*dO_{12}/dX_{12}',
        `${d('O_{11}')} \\frac{\\partial O_{11}}{\\partial X_{12}} + ${d('O_{12}')} \\frac{\\partial O_{12}}{\\partial X_{12}}`,
        [term('dL/dO_{11}', 'dO_{11}/dX_{12}'), term('dL/dO_{12}', 'dO_{12}/dX_{12}')],
      ),
    );
  });
});
