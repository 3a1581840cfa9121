import { describe, expect, test } from 'vitest';
import { inferSetup } from '../../../src/notes/setup/index.js';
import { type ConvNotes, forwardLines } from './conv-notes.js';
import { NOTES_A, NOTES_B } from './development-notes.js';
import { readLines } from './document-of.js';

const infer = (lines: readonly string[]) => {
  const read = readLines(lines);
  return inferSetup(read.equations, read.lines);
};

const inferred = (lines: readonly string[]) => {
  const found = infer(lines);
  if (found.kind !== 'inferred') throw new Error(`${found.code}: ${found.reason}`);
  return found;
};

const PLAIN: ConvNotes = {
  input: [4, 4],
  kernel: [2, 2],
  stride: [1, 1],
  dilation: [1, 1],
  padding: [
    [0, 0],
    [0, 0],
  ],
  convention: 'correlation',
  index: 'pair',
  glued: true,
  names: { x: 'X', w: 'F', y: 'O', b: null },
  kernelFirst: false,
};

describe('the development notes', () => {
  test('notes-a: pairs, one wrong line of four', () => {
    const found = infer(NOTES_A);
    expect(found).toMatchObject({ kind: 'inferred', contradicting: [3], notes: [] });
    if (found.kind !== 'inferred') return;
    expect(found.setup).toMatchObject({
      operator: { name: 'conv2d' },
      roles: { input: { names: ['X'], shape: [3, 3] }, kernel: { names: ['F'], shape: [2, 2] } },
      loss: ['L'],
      index: 'pair',
      inferredFrom: [1, 2, 4],
      params: { stride: 1, padding: 0, dilation: 1, convention: 'correlation' },
    });
    expect(found.setup.roles.output).toEqual({ names: ['O'], shape: [2, 2] });
  });

  test('notes-b: a running index, ellipses, stride 2', () => {
    const found = infer(NOTES_B);
    expect(found).toMatchObject({ kind: 'inferred', contradicting: [5], notes: [] });
    if (found.kind !== 'inferred') return;
    expect(found.setup).toMatchObject({
      operator: { name: 'conv2d' },
      roles: { input: { names: ['a'], shape: [5, 5] }, kernel: { names: ['w'], shape: [3, 3] } },
      index: 'running',
      inferredFrom: [1, 2, 3, 4],
      params: { stride: 2, padding: 0, dilation: 1, convention: 'correlation' },
    });
    expect(found.setup.roles.output).toEqual({ names: ['z'], shape: [2, 2] });
  });
});

test.each<[string, Partial<ConvNotes>, Readonly<Record<string, unknown>>]>([
  ['other names', { names: { x: 'I', w: 'K', y: 'Y', b: null }, kernelFirst: true }, { stride: 1 }],
  ['stride 2', { input: [7, 7], kernel: [3, 3], stride: [2, 2] }, { stride: 2 }],
  ['two strides', { input: [7, 9], kernel: [3, 3], stride: [2, 3] }, { stride: [2, 3] }],
  [
    'padding 1',
    {
      kernel: [3, 3],
      padding: [
        [1, 1],
        [1, 1],
      ],
    },
    { padding: 1 },
  ],
  [
    'lopsided padding',
    {
      kernel: [2, 2],
      padding: [
        [0, 1],
        [0, 1],
      ],
    },
    {
      padding: [
        [0, 1],
        [0, 1],
      ],
    },
  ],
  ['dilation 2', { input: [6, 6], dilation: [2, 2] }, { dilation: 2 }],
  ['pair0', { index: 'pair0' }, { stride: 1 }],
  ['commas', { input: [12, 12], kernel: [3, 3], glued: false }, { stride: 1 }],
  ['running', { input: [5, 6], kernel: [3, 2], index: 'running' }, { stride: 1 }],
  ['running0, stride 2', { input: [7, 7], kernel: [3, 3], stride: [2, 2], index: 'running0' }, { stride: 2 }],
  [
    'running, padding',
    {
      input: [4, 5],
      kernel: [3, 3],
      padding: [
        [1, 1],
        [1, 1],
      ],
      index: 'running',
    },
    { padding: 1 },
  ],
  ['true convolution', { convention: 'convolution' }, { convention: 'convolution' }],
  [
    'true convolution, running',
    { convention: 'convolution', input: [5, 5], index: 'running' },
    { convention: 'convolution' },
  ],
  ['a 5 x 4 kernel', { input: [8, 8], kernel: [5, 4] }, { padding: 0 }],
  ['a bias', { names: { x: 'X', w: 'F', y: 'O', b: 'b' } }, { padding: 0 }],
  ['a bias b_1', { names: { x: 'X', w: 'F', y: 'O', b: 'b_1' } }, { padding: 0 }],
  ['one axis', { input: [9], kernel: [3], stride: [2], dilation: [1], padding: [[0, 0]] }, { stride: 2 }],
  [
    'one axis, padded',
    { input: [5], kernel: [3], stride: [1], dilation: [1], padding: [[1, 1]] },
    { padding: 1 },
  ],
])('%s', (_, change, params) => {
  const notes = { ...PLAIN, ...change };
  const { setup, contradicting } = inferred(forwardLines(notes));
  expect(setup.operator.name).toBe(`conv${notes.input.length}d`);
  expect(setup.params).toMatchObject(params);
  expect(setup.roles.kernel).toEqual({ names: [notes.names.w], shape: notes.kernel });
  expect(setup.roles.input!.names).toEqual([notes.names.x]);
  expect(setup.call.output.slice(2)).toEqual(setup.roles.output.shape);
  expect(setup.roles.bias !== undefined).toBe(notes.names.b !== null);
  const running = notes.index.startsWith('running') || notes.index === 'pair0';
  expect(setup.index).toBe(running ? notes.index : 'pair');
  expect(contradicting).toEqual([]);
});

describe('wrong lines are outvoted and named', () => {
  const lines = forwardLines(PLAIN);
  test.each<[string, number, string, string]>([
    ['an index', 4, 'X_{22}', 'X_{24}'],
    ['a wild index', 4, 'X_{22}', 'X_{92}'],
    ['a wild kernel index', 8, 'F_{22}', 'F_{99}'],
    ['a left side', 5, 'O_{23}', 'O_{32}'],
    ['a left side outside', 3, 'O_{21}', 'O_{24}'],
    ['a lost term', 8, ' + X_{44} F_{22}', ''],
    ['a term too many', 0, '$', ' + X_{33} F_{22}'],
    ['a sign', 2, '+ X_{24}', '- X_{24}'],
    ['another name', 2, 'X_{24}', 'Y_{24}'],
    ['two names exchanged', 4, 'X_{22} F_{11}', 'F_{22} X_{11}'],
    ['a digit read as a letter', 4, 'F_{12}', 't_{12}'],
  ])('%s', (_, at, from, to) => {
    const spoilt = lines.map((line, k) =>
      k !== at ? line : from === '$' ? line + to : line.replace(from, to),
    );
    const { setup, contradicting } = inferred(spoilt);
    expect(setup.roles.input!.shape).toEqual([4, 4]);
    expect(setup.roles.kernel!.shape).toEqual([2, 2]);
    expect(setup.roles.output.shape).toEqual([3, 3]);
    expect(contradicting).toEqual([at + 1]);
  });

  test('gradients with a stray index extend nothing', () => {
    const gradients = [
      String.raw`\frac{\partial L}{\partial X_{15}} = \frac{\partial L}{\partial O_{11}} F_{13}`,
      String.raw`\frac{\partial L}{\partial X_{11}} = \frac{\partial L}{\partial O_{41}} F_{11}`,
    ];
    const { setup } = inferred([...lines, ...gradients]);
    expect(setup.roles.input!.shape).toEqual([4, 4]);
    expect(setup.roles.output.shape).toEqual([3, 3]);
  });

  test('gradients that mention more of the same fit extend it', () => {
    const gradients = [11, 12, 21, 22].map(
      at =>
        String.raw`\frac{\partial E}{\partial F_{${at}}} = \frac{\partial E}{\partial O_{11}} X_{${at}} + ` +
        String.raw`\frac{\partial E}{\partial O_{33}} X_{${at + 22}} + \frac{\partial E}{\partial O_{32}} X_{43}`,
    );
    const { setup, notes } = inferred([...lines.slice(0, 2), lines[3]!, lines[4]!, ...gradients]);
    expect(setup.roles.output.shape).toEqual([3, 3]);
    expect(setup.roles.input!.shape).toEqual([4, 4]);
    expect(setup.loss).toEqual(['E']);
    expect(notes.join()).toContain('3 x 3');
  });
});

test('a stride that one output does not show is assumed and said', () => {
  const { setup, notes } = inferred(['y_1 = w_1 x_1 + w_2 x_2 + w_3 x_3']);
  expect(setup.operator.name).toBe('conv1d');
  expect(setup.params).toMatchObject({ stride: 1 });
  expect(notes.join()).toContain('any stride');
  expect(notes.join()).toContain('w is taken as the kernel');
});

test.each<[string, string[], string]>([
  ['nothing', [], 'no-forward-equations'],
  [
    'gradients alone',
    [String.raw`\frac{\partial L}{\partial F_{11}} = \frac{\partial L}{\partial O_{11}} X_{11}`],
    'no-forward-equations',
  ],
  ['symbolic indices', ['O_{ij} = X_{ij} F_{11}'], 'no-forward-equations'],
  [
    'a matrix product',
    ['z_{11} = a_{11} w_{11} + a_{12} w_{21}', 'z_{12} = a_{11} w_{12} + a_{12} w_{22}'],
    'no-fit',
  ],
  ['one product', ['y_1 = w_1 x_1'], 'too-few-equations'],
  ['products cell by cell', ['y_1 = w_1 x_1', 'y_2 = w_1 x_2', 'y_3 = w_1 x_3'], 'too-few-equations'],
  ['two lines that disagree', ['O_1 = X_1 F_1 + X_2 F_2', 'O_2 = X_7 F_1 + X_1 F_2'], 'no-majority'],
  [
    'three lines and two strides',
    ['O_1 = X_1 F_1 + X_2 F_2', 'O_2 = X_2 F_1 + X_3 F_2', 'O_2 = X_3 F_1 + X_4 F_2'],
    'ambiguous',
  ],
  [
    'an open ellipsis',
    [String.raw`y_1 = w_1 x_1 + w_2 x_2 + \dots`, String.raw`y_2 = w_1 x_2 + w_2 x_3 + \dots`],
    'no-fit',
  ],
  [
    'two layers',
    [
      'Z_1 = X_1 F_1 + X_2 F_2',
      'Z_2 = X_2 F_1 + X_3 F_2',
      'Y_1 = Z_1 G_1 + Z_2 G_2',
      'Y_2 = Z_2 G_1 + Z_3 G_2',
    ],
    'ambiguous',
  ],
  [
    'numbers beyond all bounds',
    ['y_{999999999} = w_{999999999} x_{999999998} + w_{999999998} x_{999999999}'],
    'no-fit',
  ],
])('%s gives an honest reason', (_, lines, code) => {
  const found = infer(lines);
  expect(found).toMatchObject({ kind: 'not-inferred', code });
});

test.each<[string, Partial<ConvNotes>]>([
  ['pairs', { input: [34, 34], kernel: [3, 3], glued: false }],
  ['running', { input: [34, 34], kernel: [3, 3], index: 'running' }],
  ['running, a large kernel', { input: [35, 35], kernel: [6, 6], index: 'running', stride: [1, 1] }],
  ['one axis', { input: [1015], kernel: [16], stride: [1], dilation: [1], padding: [[0, 0]] }],
])(
  'a thousand equations: %s',
  (_, change) => {
    const lines = forwardLines({ ...PLAIN, ...change });
    const read = readLines(lines);
    const found = inferSetup(read.equations, read.lines);
    expect(found).toMatchObject({ kind: 'inferred', contradicting: [] });
  },
  30_000,
);

describe('two examples under the same names', () => {
  const first = forwardLines(PLAIN);
  const second = ['$$O_{11} = X_{11} F_{11} + X_{12} F_{12}$$', '$$O_{12} = X_{12} F_{11} + X_{13} F_{12}$$'];

  test('are ambiguous, not one example with slips', () => {
    const found = infer([...first, ...second]);
    expect(found).toMatchObject({ kind: 'not-inferred', code: 'ambiguous' });
    expect(found).toMatchObject({ reason: expect.stringContaining('put a directive before each') });
  });

  test('so are two lines with the same cell of a larger kernel', () => {
    const larger = second.map((line, k) => line.replace(/\$\$$/, ` + X_{1${k + 3}} F_{13}$$$$`));
    expect(infer([...first, ...larger])).toMatchObject({ kind: 'not-inferred', code: 'ambiguous' });
  });

  test('one stray line stays a slip', () => {
    expect(inferred([...first, second[0]!]).contradicting).toHaveLength(1);
  });
});
