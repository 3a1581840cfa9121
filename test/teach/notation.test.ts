import { describe, expect, test } from 'vitest';
import { gradientTable, indexStyles } from '../../src/teach/index.js';
import { conv2d, named, plainOf, thrown } from './tables.js';

describe('running indices: a 5 x 5 input, a 3 x 3 filter, stride 2', () => {
  const options = { output: 'z', index: 'running', params: { stride: 2 } } as const;
  const table = conv2d('a=5x5', 'w=3x3', options);

  test('forward', () => {
    const products = (cells: number[]) => cells.map((a, k) => `a_{${a}}*w_{${k + 1}}`).join(' + ');
    expect(plainOf(table, 'forward')).toEqual({
      'z_{1}': products([1, 2, 3, 6, 7, 8, 11, 12, 13]),
      'z_{2}': products([3, 4, 5, 8, 9, 10, 13, 14, 15]),
      'z_{3}': products([11, 12, 13, 16, 17, 18, 21, 22, 23]),
      'z_{4}': products([13, 14, 15, 18, 19, 20, 23, 24, 25]),
    });
  });

  test('kernel, with the terms that notes get wrong', () => {
    const sum = (...cells: number[]) => cells.map((a, k) => `dL/dz_{${k + 1}}*a_{${a}}`).join(' + ');
    expect(plainOf(table, 'kernel')).toEqual({
      'w_{1}': sum(1, 3, 11, 13),
      'w_{2}': sum(2, 4, 12, 14),
      'w_{3}': sum(3, 5, 13, 15),
      'w_{4}': sum(6, 8, 16, 18),
      'w_{5}': sum(7, 9, 17, 19),
      'w_{6}': sum(8, 10, 18, 20),
      'w_{7}': sum(11, 13, 21, 23),
      'w_{8}': sum(12, 14, 22, 24),
      'w_{9}': sum(13, 15, 23, 25),
    });
  });

  test('input', () => {
    const input = plainOf(table, 'input');
    expect(input['a_{1}']).toBe('dL/dz_{1}*w_{1}');
    expect(input['a_{3}']).toBe('dL/dz_{1}*w_{3} + dL/dz_{2}*w_{1}');
    expect(input['a_{8}']).toBe('dL/dz_{1}*w_{6} + dL/dz_{2}*w_{4}');
    expect(input['a_{13}']).toBe('dL/dz_{1}*w_{9} + dL/dz_{2}*w_{7} + dL/dz_{3}*w_{3} + dL/dz_{4}*w_{1}');
  });

  test('index is the running number', () => {
    const index = (style: 'running' | 'running0') =>
      conv2d('a=5x5', 'w=3x3', { ...options, index: style, of: ['input'] }).cells.map(one => one.index);
    expect(index('running')).toEqual(Array.from({ length: 25 }, (_, k) => [k + 1]));
    expect(index('running0')).toEqual(Array.from({ length: 25 }, (_, k) => [k]));
  });
});

describe('index styles', () => {
  const first = (style: (typeof indexStyles)[number]) =>
    conv2d('X=3x3', 'F=2x2', { index: style, of: ['input', 'kernel'] }).cells.find(
      one => one.terms.length === 4,
    )!;

  test('the middle cell of a 3 x 3 input', () => {
    expect(indexStyles.map(style => [style, first(style).cell, first(style).index])).toEqual([
      ['pair', 'X_{22}', [2, 2]],
      ['pair0', 'X_{11}', [1, 1]],
      ['running', 'X_{5}', [5]],
      ['running0', 'X_{4}', [4]],
    ]);
    expect(first('pair0').plain).toBe(
      'dL/dO_{00}*F_{11} + dL/dO_{01}*F_{10} + dL/dO_{10}*F_{01} + dL/dO_{11}*F_{00}',
    );
  });

  test('commas once an index of that tensor exceeds 9, in that tensor alone', () => {
    const wide = conv2d('X=2x12', 'F=1x2', { of: ['input', 'forward'] });
    expect(wide.cells.find(one => one.of === 'input' && one.index[1] === 12)).toMatchObject({
      cell: 'X_{1,12}',
      plain: 'dL/dO_{1,11}*F_{12}',
      latex: '\\frac{\\partial L}{\\partial O_{1,11}} F_{12}',
    });
    expect(wide.cells.find(one => one.cell === 'X_{1,1}')).toBeDefined();
    const nine = conv2d('X=2x9', 'F=1x2', { of: ['input'] });
    expect(nine.cells.at(-1)!.cell).toBe('X_{29}');
    const ten = conv2d('X=2x10', 'F=1x2', { of: ['input'] });
    expect(ten.cells.at(-1)!.cell).toBe('X_{2,10}');
    const tenFromZero = conv2d('X=2x10', 'F=1x2', { of: ['input'], index: 'pair0' });
    expect(tenFromZero.cells.at(-1)!.cell).toBe('X_{19}');
    // A running number needs no comma.
    expect(conv2d('X=3x5', 'F=1x2', { of: ['input'], index: 'running' }).cells.at(-1)!.cell).toBe('X_{15}');
  });
});

describe('channels and batch', () => {
  test('are written where they were given', () => {
    const shapesOf = (input: string, kernel: string) => conv2d(input, kernel, { of: ['forward'] }).shapes;
    expect(shapesOf('X=3x3', 'F=2x2')).toEqual({ input: [3, 3], kernel: [2, 2], output: [2, 2] });
    // beside an input with channels a kernel's third extent is the input channel
    expect(shapesOf('X=2x3x3', 'F=2x2x2')).toEqual({ input: [2, 3, 3], kernel: [2, 2, 2], output: [2, 2] });
    // beside one without, the output channel
    expect(shapesOf('X=3x3', 'F=4x2x2')).toEqual({ input: [3, 3], kernel: [4, 2, 2], output: [4, 2, 2] });
    expect(shapesOf('X=2x3x3', 'F=4x2x2x2').output).toEqual([4, 2, 2]);
    expect(shapesOf('X=5x2x3x3', 'F=4x2x2x2').output).toEqual([5, 4, 2, 2]);
    expect(shapesOf('X=1x1x3x3', 'F=2x2').output).toEqual([1, 1, 2, 2]);
  });

  test('an output axis of several cells is written whatever was given', () => {
    const table = gradientTable('regroup', { input: named('X=2x1x1') });
    expect(table.shapes.output).toEqual([2, 1, 1]);
    expect(plainOf(table, 'forward')).toEqual({ 'O_{111}': 'X_{111}', 'O_{211}': 'X_{211}' });
  });

  test('input channels are summed', () => {
    const table = conv2d('X=2x2x2', 'F=2x2x2');
    expect(plainOf(table, 'forward')['O_{11}']).toBe(
      'X_{111}*F_{111} + X_{112}*F_{112} + X_{121}*F_{121} + X_{122}*F_{122}' +
        ' + X_{211}*F_{211} + X_{212}*F_{212} + X_{221}*F_{221} + X_{222}*F_{222}',
    );
    expect(table.cells.find(one => one.of === 'input' && one.cell === 'X_{212}')!.index).toEqual([2, 1, 2]);
  });

  test('an input cell feeds every output channel', () => {
    expect(plainOf(conv2d('X=2x2', 'F=2x2x2'), 'input')['X_{12}']).toBe(
      'dL/dO_{111}*F_{112} + dL/dO_{211}*F_{212}',
    );
  });

  test('a batch shares the kernel', () => {
    expect(plainOf(conv2d('X=2x1x2x2', 'F=1x1x2x2'), 'kernel')['F_{1112}']).toBe(
      'dL/dO_{1111}*X_{1112} + dL/dO_{2111}*X_{2112}',
    );
  });

  test('groups keep their channels apart', () => {
    const table = conv2d('X=1x2x2x2', 'F=2x1x2x2', { params: { groups: 2 }, of: ['input'] });
    expect(plainOf(table, 'input')['X_{1211}']).toBe('dL/dO_{1211}*F_{2111}');
  });

  test('other ranks', () => {
    const line = { input: named('x=4'), kernel: named('w=2'), output: 'y', of: ['input' as const] };
    expect(plainOf(gradientTable('conv1d', line), 'input')['x_{2}']).toBe(
      'dL/dy_{1}*w_{2} + dL/dy_{2}*w_{1}',
    );
    const solid = { input: named('X=2x2x2'), kernel: named('F=1x1x2'), of: ['kernel' as const] };
    expect(plainOf(gradientTable('conv3d', solid), 'kernel')['F_{112}']).toBe(
      'dL/dO_{111}*X_{112} + dL/dO_{121}*X_{122} + dL/dO_{211}*X_{212} + dL/dO_{221}*X_{222}',
    );
    const shapes = (rank?: number) =>
      gradientTable('correlate', { input: named('X=2x4x4'), kernel: named('F=2x2x2'), rank }).shapes.output;
    expect([shapes(), shapes(3)]).toEqual([
      [3, 3],
      [1, 3, 3],
    ]);
  });
});

describe('bias', () => {
  test('is a term of its own when it is named, and has its gradient', () => {
    const table = conv2d('X=2x2', 'F=1x2', { bias: { name: 'b' } });
    expect(plainOf(table, 'forward')['O_{21}']).toBe('X_{21}*F_{11} + X_{22}*F_{12} + b');
    expect(plainOf(table, 'bias')).toEqual({ b: 'dL/dO_{11} + dL/dO_{21}' });
    expect(plainOf(table, 'chain').b).toBe('dL/dO_{11}*dO_{11}/db + dL/dO_{21}*dO_{21}/db');
    const local = table.cells.filter(one => one.cell.endsWith('/db'));
    expect(local.map(one => [one.plain, one.terms])).toEqual([
      ['1', [{ coefficient: '1', factors: [] }]],
      ['1', [{ coefficient: '1', factors: [] }]],
    ]);
    expect(table.cells.at(-1)).toMatchObject({ of: 'bias', cell: 'b', index: [] });
  });

  test('is indexed when there are several output channels, or its extent was written', () => {
    const several = conv2d('X=2x2', 'F=2x2x2', { bias: { name: 'b' }, of: ['bias', 'forward'] });
    expect(plainOf(several, 'bias')).toEqual({ 'b_{1}': 'dL/dO_{111}', 'b_{2}': 'dL/dO_{211}' });
    expect(plainOf(several, 'forward')['O_{211}']).toMatch(/ \+ b_\{2\}$/u);
    const written = conv2d('X=2x2', 'F=2x2', { bias: named('b=1'), of: ['bias'] });
    expect(plainOf(written, 'bias')).toEqual({ 'b_{1}': 'dL/dO_{11}' });
  });

  test('asked for without a name it has a gradient, and the forward pass does not mention it', () => {
    const table = conv2d('X=2x2', 'F=2x2', { of: ['forward', 'local', 'chain', 'bias'] });
    expect(plainOf(table, 'bias')).toEqual({ b: 'dL/dO_{11}' });
    expect(table.cells.filter(one => one.of !== 'bias' && /b/u.test(one.plain))).toEqual([]);
    expect(conv2d('X=2x2', 'F=2x2').cells.some(one => one.of === 'bias')).toBe(false);
    // its standard name gives way
    const taken = conv2d('b=2x2', 'B=2x2', { of: ['bias'] });
    expect(taken.cells.map(one => one.cell)).toEqual(['bias']);
  });
});

describe('names', () => {
  test('output and loss', () => {
    const table = conv2d('X=2x2', 'F=2x2', { output: 'Y', loss: 'E', of: ['kernel'] });
    expect(plainOf(table, 'kernel')['F_{12}']).toBe('dE/dY_{11}*X_{12}');
    expect(table.closedForms.kernel!.text).toBe('dE/dF = correlate(X, dE/dY)');
  });

  test('longer names are one word in LaTeX', () => {
    const { cells } = conv2d("x'=2x2", 'W_1=2x2', { loss: 'Loss', of: ['kernel'] });
    expect(cells[1]!.plain).toBe("dLoss/dO_{11}*x'_{12}");
    expect(cells[1]!.latex).toBe("\\frac{\\partial \\mathit{Loss}}{\\partial O_{11}} x'_{12}");
    const input = conv2d("x'=2x2", 'W_1=2x2', { of: ['input'] }).cells[0]!;
    expect(input.latex).toBe('\\frac{\\partial L}{\\partial O_{11}} \\mathit{W\\_1}_{11}');
  });

  test.each(['', '1x', 'a b', 'a-b', '<b>', 'X|x', '$x', 'x/y', 'x{'])('%j is refused', name => {
    for (const options of [{ output: name }, { loss: name }, { bias: { name } }]) {
      const error = thrown(() => conv2d('X=2x2', 'F=2x2', options));
      expect([error.code, error.data.name]).toEqual(['bad-name', name]);
    }
  });

  test('each name is its own', () => {
    const codes = [{ loss: 'X' }, { output: 'F' }, { bias: { name: 'L' } }, { output: 'L' }].map(
      options => thrown(() => conv2d('X=2x2', 'F=2x2', options)).code,
    );
    expect(codes).toEqual(Array(4).fill('duplicate-name'));
    expect(thrown(() => conv2d('O=2x2', 'F=2x2')).data).toEqual({ name: 'O', roles: ['output', 'input'] });
  });
});
