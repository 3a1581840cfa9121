import { describe, expect, test } from 'vitest';
import { lineIndex } from '../../../src/notes/document/position.js';
import type { Formula, Name } from '../../../src/notes/formula/tree.js';
import {
  buildSetup,
  distinctFonts,
  isPower,
  meaningOf,
  nameKey,
  type Reference,
  readDirective,
  type Setup,
} from '../../../src/notes/setup/index.js';
import { documentOf, readLines } from './document-of.js';

const setupOf = (body: string): Setup => {
  const text = `<!-- backproof: ${body} -->`;
  const source = { path: 'notes.md', lines: lineIndex(text) };
  const directive = readDirective(documentOf(text).marks[0]!, source);
  if (directive.kind !== 'operator') throw new Error('not covered');
  return buildSetup(directive, source);
};

const formulaOf = (latex: string): Formula => {
  const [equation] = readLines([`${latex} = 1`]).equations;
  if (equation?.kind !== 'read') throw new Error(`unread: ${latex}`);
  return equation.left;
};

const nameOf = (latex: string) => formulaOf(latex) as Name;
const meaning = (latex: string, setup: Setup) => meaningOf(formulaOf(latex) as Reference, setup);

describe('keys', () => {
  test.each([
    ['X_{11}', 'X'],
    [String.raw`\mathbf{X}_{1,2}`, 'X'],
    [String.raw`\hat{y}_1`, 'hat_y'],
    [String.raw`\delta_{12}`, 'delta'],
    ["K'", "K'"],
    ['w_1^*', 'w*'],
    ['W^{[2]}', 'W^2'],
    ['x^{(l)}', 'x^l'],
    ['w^{l+1}', 'w^l+1'],
    ['x^2', 'x'],
    ['a_{prev}', 'a_prev'],
    [String.raw`conv\_out`, 'conv_out'],
  ])('%s is %s', (latex, key) => {
    expect(nameKey(nameOf(latex))).toBe(key);
  });

  test('a superscript is a power, a layer, or what the setup says', () => {
    const name = nameOf('x^2');
    expect(isPower(name)).toBe(true);
    expect(nameKey(name, { layer: 'superscript', fonts: new Set() })).toBe('x^2');
    expect(isPower(nameOf('x^l'), { layer: 'none', fonts: new Set() })).toBe(true);
  });

  test('fonts distinguish where a document writes both in one place', () => {
    const both = readLines([String.raw`\mathcal{L} = 1`, 'L = 3', String.raw`\mathbf{X} = 1`, 'X_{11} = 2']);
    const fonts = distinctFonts(both.equations);
    expect([...fonts]).toEqual(['L']);
    expect(nameKey(nameOf(String.raw`\mathcal{L}`), { layer: null, fonts })).toBe('mathcal_L');
  });
});

const PAIR = setupOf('conv2d input=X[3,3] kernel=F[2,2] bias=b output=O loss=L upstream=dO|delta');
const cell = (role: string, at: number) => ({ kind: 'cell', role, cell: at });

describe('pair', () => {
  test.each([
    ['F_{11}', cell('kernel', 0)],
    ['F_{1,2}', cell('kernel', 1)],
    ['F_{1 2}', cell('kernel', 1)],
    ['F_{21}', cell('kernel', 2)],
    ['F[1,2]', cell('kernel', 1)],
    ['F[2][2]', cell('kernel', 3)],
    ['F22', cell('kernel', 3)],
    ['X(2,3)', cell('input', 5)],
    ['O_{22}', cell('output', 3)],
    ['F_{1,1,1}', cell('kernel', 0)],
    ['X', { kind: 'array', role: 'input' }],
    [String.raw`\mathbf{X}`, { kind: 'array', role: 'input' }],
    ['L', { kind: 'loss' }],
    ['b', cell('bias', 0)],
    ['b_1', cell('bias', 0)],
    ['b_2', { kind: 'outside', role: 'bias' }],
    ['F_{13}', { kind: 'outside', role: 'kernel', written: 'F_{13}' }],
    ['F_{1,12}', { kind: 'outside', role: 'kernel' }],
    ['F_{111}', { kind: 'outside', role: 'kernel' }],
    ['F_{00}', { kind: 'outside', role: 'kernel' }],
    ['F_1', { kind: 'outside', role: 'kernel' }],
    ['O_{i,j}', { kind: 'symbolic', role: 'output' }],
    ['O_{ij}', { kind: 'symbolic', role: 'output' }],
    ['O_k', { kind: 'symbolic', role: 'output' }],
    ['X_{i+1,1}', { kind: 'symbolic', role: 'input' }],
    ['dO_{12}', { kind: 'upstream', cell: 1 }],
    ['dO', { kind: 'upstream', cell: null }],
    [String.raw`\delta_{21}`, { kind: 'upstream', cell: 2 }],
    [String.raw`\delta_{ij}`, { kind: 'symbolic', role: 'upstream' }],
    [String.raw`\delta_{33}`, { kind: 'outside', role: 'output' }],
    ['X_{11}^2', { kind: 'unknown' }],
    ['L_1', { kind: 'unknown', suggestions: expect.arrayContaining(['L']) }],
    ['dX', { kind: 'unknown', key: 'dX' }],
  ])('%s', (latex, expected) => {
    expect(meaning(latex, PAIR)).toMatchObject(expected);
  });

  test.each([
    ['Q_{11}', 'O'],
    [String.raw`\theta_{11}`, 'O'],
    ['0_{11}', 'O'],
    ['o_{11}', 'O'],
    ['t_{11}', 'F'],
    ['I_{12}', 'F'],
    ['f_{12}', 'F'],
    ['x_{12}', 'X'],
    [String.raw`\hat{O}_{12}`, 'O'],
    ["X'_{12}", 'X'],
  ])('%s is unknown; meant was %s', (latex, suggestion) => {
    const found = meaning(latex, PAIR);
    expect(found).toMatchObject({ kind: 'unknown', suggestions: expect.arrayContaining([suggestion]) });
  });

  test('nothing is suggested for a name that is near to none', () => {
    expect(meaning('G_{11}', PAIR)).toMatchObject({ kind: 'unknown', key: 'G', suggestions: [] });
  });
});

describe('other index styles', () => {
  const running = setupOf('conv2d input=a[5,5] kernel=w[3,3] output=z stride=2 index=running');
  const running0 = setupOf('conv2d input=a[5,5] kernel=w[3,3] output=z stride=2 index=running0');
  const pair0 = setupOf('conv2d input=X[3,3] kernel=F[2,2] output=O index=pair0');
  const wide = setupOf('conv2d input=X[12,12] kernel=F[2,2] output=O');
  const channels = setupOf('conv2d input=X[2,5,5] kernel=F[3,2,2,2] output=O');
  const line = setupOf('conv1d input=x[20] kernel=w[3] output=y');
  const maps = setupOf('conv2d input=X[2,5,5] kernel=K[3,2,2,2] output=Y index=channel');
  const layers = setupOf('conv2d input=A0[5,5] kernel=W_1[2,2] output=Z1 index=pair layer=number');

  test.each<[string, Setup, Readonly<Record<string, unknown>>]>([
    ['a_{13}', running, cell('input', 12)],
    ['a_1', running, cell('input', 0)],
    ['a_{26}', running, { kind: 'outside', role: 'input' }],
    ['a_0', running, { kind: 'outside', role: 'input' }],
    ['a_{2,3}', running, cell('input', 7)],
    ['a_0', running0, cell('input', 0)],
    ['a_{25}', running0, { kind: 'outside', role: 'input' }],
    ['F_{00}', pair0, cell('kernel', 0)],
    ['X[2,2]', pair0, cell('input', 8)],
    ['F_{22}', pair0, { kind: 'outside', role: 'kernel' }],
    ['X_{11}', wide, cell('input', 0)],
    ['X_{1,12}', wide, cell('input', 11)],
    ['X_{111}', wide, { kind: 'ambiguous' }],
    // 11,9 fits into 12 x 12 and 1,19 does not.
    ['X_{119}', wide, cell('input', 10 * 12 + 8)],
    ['X_{1212}', wide, cell('input', 143)],
    ['O_{2,1,1}', channels, cell('output', 16)],
    ['F_{3,2,1,1}', channels, cell('kernel', 20)],
    ['X_{211}', channels, cell('input', 25)],
    ['x_{13}', line, cell('input', 12)],
    ['w_4', line, { kind: 'outside', role: 'kernel' }],
    ['X_j', maps, { kind: 'symbolic', role: 'input' }],
    ['K_{12}', maps, { kind: 'symbolic', role: 'kernel' }],
    ['W_1', layers, { kind: 'array', role: 'kernel' }],
    ['Z_1', layers, { kind: 'array', role: 'output' }],
  ])('%s', (latex, setup, expected) => {
    expect(meaning(latex, setup)).toMatchObject(expected);
  });
});
