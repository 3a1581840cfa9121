/** The strict reader: whatever is not promised is an error that names its line. */
import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../../src/error.js';
import { readVectors, writeVectors } from '../../../src/gate/index.js';
import { vectorOperators } from '../../../src/gate/vectors/format.js';
import { pinned, pinnedText, verified } from './cases.js';

const [first, second] = pinnedText('conv2d').split('\n') as [string, string];

const operatorNames = vectorOperators.join(', ');

type Json = Record<string, unknown>;
type Change = (one: Json) => void;

/** The first case with something changed, behind a good line. */
function changed(change: Change): string {
  const one = JSON.parse(first) as Json;
  change(one);
  return `${second}\n${JSON.stringify(one)}\n`;
}

function refusal(text: string): BackproofError {
  try {
    readVectors(text, 'f.jsonl');
  } catch (error) {
    if (error instanceof BackproofError) return error;
    throw error;
  }
  throw new Error('accepted');
}

/** What stands at a path: 'inputs.x'. */
const inside = (one: Json, path: string) => path.split('.').reduce((at, key) => at[key] as Json, one);
const put =
  (path: string, key: string, value: unknown): Change =>
  one => {
    (path === '' ? one : inside(one, path))[key] = value;
  };
const cell =
  (value: unknown): Change =>
  one => {
    (inside(one, 'inputs.x').data as unknown[])[3] = value;
  };

const refused: readonly (readonly [what: string, code: string, path: string, change: Change])[] = [
  ['an unknown key', 'vector-key', '', put('', 'expected', 1)],
  ['a missing key', 'vector-key', '', one => delete one.flags],
  ['an unknown key of a tensor', 'vector-key', 'inputs.x', put('inputs.x', 'strides', [1])],
  ['an unknown input', 'vector-key', 'inputs', put('inputs', 'bias', null)],
  ['an unknown output', 'vector-key', 'outputs', put('outputs', 'z', null)],
  ['a gradient of no input', 'vector-key', 'grads', one => put('grads', 'b', inside(one, 'grads').w)(one)],
  ['an unknown parameter', 'vector-key', 'params', put('params', 'convention', 'correlation')],
  ['a missing parameter', 'vector-key', 'params', one => delete inside(one, 'params').groups],
  ['a prototype as a key', 'vector-key', 'params', put('params', 'constructor', 1)],
  ['another version', 'vector-type', 'formatVersion', put('', 'formatVersion', 2)],
  ['an id that is a number', 'vector-type', 'id', put('', 'id', 7)],
  ['an empty id', 'vector-type', 'id', put('', 'id', '')],
  ['an unknown operator', 'vector-operator', 'op', put('', 'op', 'conv4d')],
  ['an operator of Object', 'vector-operator', 'op', put('', 'op', 'toString')],
  ['a stride that is no list', 'vector-type', 'params.stride', put('params', 'stride', 1)],
  ['a stride of 0', 'vector-type', 'params.stride[1]', put('params', 'stride', [1, 0])],
  ['one stride for two axes', 'vector-call', '', put('params', 'stride', [1])],
  ['a padding that is no pair', 'vector-type', 'params.padding[0]', put('params', 'padding', [1, 1])],
  [
    'a padding of three',
    'vector-length',
    'params.padding[0]',
    put('params', 'padding', [
      [1, 1, 1],
      [0, 0],
    ]),
  ],
  ['a padding to come', 'vector-type', 'params.padding', put('params', 'padding', 'full')],
  ['groups that do not divide', 'vector-call', '', put('params', 'groups', 7)],
  ['no kernel', 'vector-call', '', one => delete inside(one, 'inputs').w && put('', 'grads', {})(one)],
  ['a tensor that is a list', 'vector-type', 'inputs.x', put('inputs', 'x', [1])],
  ['a negative extent', 'vector-type', 'inputs.x.shape[0]', put('inputs.x', 'shape', [-2, 3, 7, 6])],
  [
    'an extent of one and a half',
    'vector-type',
    'inputs.x.shape[1]',
    put('inputs.x', 'shape', [2, 1.5, 7, 6]),
  ],
  [
    'an extent as a text',
    'vector-type',
    'inputs.x.shape[0]',
    put('inputs.x', 'shape', ['Infinity', 3, 7, 6]),
  ],
  [
    'extents beyond all memory',
    'vector-length',
    'inputs.x.shape',
    put('inputs.x', 'shape', [2e9, 2e9, 7, 6]),
  ],
  ['too few numbers', 'vector-length', 'inputs.x.data', put('inputs.x', 'data', [1, 2, 3])],
  ['an unknown dtype', 'vector-type', 'inputs.x.dtype', put('inputs.x', 'dtype', 'float128')],
  ['a number that is null', 'vector-number', 'inputs.x.data[3]', cell(null)],
  ['a number that is a list', 'vector-number', 'inputs.x.data[3]', cell([1])],
  ['a number as a text', 'vector-number', 'inputs.x.data[3]', cell('3')],
  ['an infinity by another name', 'vector-number', 'inputs.x.data[3]', cell('inf')],
  ['a fraction over 0', 'vector-number', 'inputs.x.data[3]', cell('1/0')],
  ['an endless fraction', 'vector-number', 'inputs.x.data[3]', cell(`${'9'.repeat(5000)}/7`)],
  [
    'half an integer',
    'vector-number',
    'inputs.x.data[0]',
    one => {
      const x = inside(one, 'inputs.x');
      x.dtype = 'int32';
      (x.data as unknown[])[0] = 0.5;
    },
  ],
  ['gradients of no upstream', 'vector-type', 'upstream', put('', 'upstream', null)],
  ['an exact flag that is a number', 'vector-type', 'exact', put('', 'exact', 1)],
  [
    'a tolerance of an exact case',
    'vector-key',
    'tolerance',
    put('', 'tolerance', { abs: 0, rel: 0, reason: 'r' }),
  ],
  ['a tolerance without a reason', 'vector-key', 'tolerance', put('', 'tolerance', { abs: 0, rel: 0 })],
  [
    'a negative tolerance',
    'vector-type',
    'tolerance.abs',
    put('', 'tolerance', { abs: -1, rel: 0, reason: 'r' }),
  ],
  ['a tolerance that is null', 'vector-type', 'tolerance', put('', 'tolerance', null)],
  ['flags as a text', 'vector-type', 'flags', put('', 'flags', 'plain')],
  ['a flag that is a number', 'vector-type', 'flags[0]', put('', 'flags', [1])],
  ['a comment that is null', 'vector-type', 'comment', put('', 'comment', null)],
];

test.each(refused)('%s is refused: %s', (_, code, path, change) => {
  const error = refusal(changed(change));
  expect(error.code, error.message).toBe(code);
  expect(error.data).toEqual({ file: 'f.jsonl', line: 2, path });
  expect(error.where).toBe(`f.jsonl, line 2${path && `, ${path}`}`);
  // What the file holds is cut; the names of all operators are ours, and are not.
  expect(error.message.replace(operatorNames, '').length).toBeLessThan(700);
});

describe('class indices and probabilities as targets', () => {
  const x = { shape: [2, 3], dtype: 'float64', data: [1, -2, 3, 0.5, 2, -1] };
  const tensors = (target: object) => ({ x, target });
  const indices = { shape: [2], dtype: 'int32', data: [2, 0] };
  const one = {
    ...{ formatVersion: 1, id: 'ce', op: 'softmax_cross_entropy' },
    params: { reduction: 'none', target_kind: 'indices' },
    inputs: tensors(indices),
    ...{ upstream: { ...x, shape: [2], data: [1, 2] }, outputs: {}, grads: {}, exact: false },
    ...{ flags: [], comment: '', source: '' },
  };
  const read = (change: object) => () => readVectors(JSON.stringify({ ...one, ...change }), 'f.jsonl');

  test('an index for each row, or a probability for each class', () => {
    expect(read({})()).toEqual([one]);
    const params = { reduction: 'none', target_kind: 'probabilities' };
    expect(read({ params, inputs: tensors(x), grads: { target: x } })()).toHaveLength(1);
  });

  test.each<[string, string, string, object]>([
    ['beyond the classes', 'vector-number', 'inputs.target.data[1]', { ...indices, data: [2, 3] }],
    ['below 0', 'vector-number', 'inputs.target.data[0]', { ...indices, data: [-1, 0] }],
    ['of half a class', 'vector-number', 'inputs.target.data[0]', { ...indices, data: [0.5, 0] }],
    ['as floats', 'vector-type', 'inputs.target.dtype', { ...indices, dtype: 'float64' }],
    ['as bytes', 'vector-type', 'inputs.target.dtype', { ...indices, dtype: 'uint8' }],
    ['of another count', 'vector-length', 'inputs.target.shape', { ...indices, shape: [1], data: [2] }],
    ['in a column', 'vector-length', 'inputs.target.shape', { ...indices, shape: [2, 1] }],
    ['as probabilities', 'vector-type', 'inputs.target.dtype', x],
  ])('indices %s are refused', (_, code, path, target) => {
    expect(read({ inputs: tensors(target) })).toThrow(
      expect.objectContaining({ code, data: { file: 'f.jsonl', line: 1, path } }),
    );
  });

  test('an index has no gradient', () => {
    expect(read({ grads: { target: indices } })).toThrow(
      expect.objectContaining({ code: 'vector-key', expected: 'x' }),
    );
  });
});

describe('output padding', () => {
  const tensor = (shape: number[]) => ({ shape, dtype: 'float64', data: shape.map(() => 2) });
  const read = (output_padding: unknown, stride: number[], dilation: number[]) => () =>
    readVectors(
      JSON.stringify({
        ...{ formatVersion: 1, id: 't', op: 'conv_transpose2d' },
        params: { stride, padding: 'valid', dilation, groups: 1, output_padding },
        inputs: { x: tensor([1, 1, 1, 1].map(() => 1)), w: tensor([1, 1, 1, 1]) },
        ...{ upstream: null, outputs: {}, grads: {}, exact: true, flags: [], comment: '', source: '' },
      }).replaceAll('"data":[2,2,2,2]', '"data":[2]'),
      'f.jsonl',
    );

  test('below the stride or the dilation', () => {
    expect(read([1, 2], [2, 1], [1, 3])()).toHaveLength(1);
    expect(read([1, 3], [2, 1], [1, 3])).toThrow(
      expect.objectContaining({
        code: 'vector-type',
        data: expect.objectContaining({ path: 'params.output_padding[1]' }),
      }),
    );
    expect(read([0, -1], [2, 1], [1, 3])).toThrow(expect.objectContaining({ code: 'vector-type' }));
    expect(read(1, [2, 1], [1, 3])).toThrow(expect.objectContaining({ code: 'vector-type' }));
  });
});

const lines: readonly (readonly [what: string, code: string, line: string])[] = [
  ['a cut line', 'vector-not-json', first.slice(0, -200)],
  ['an empty line', 'vector-not-json', ''],
  ['blanks', 'vector-not-json', '  \t'],
  ['words', 'vector-not-json', 'formatVersion: 1'],
  ['two cases on a line', 'vector-not-json', `${first} ${first}`],
  ['a list', 'vector-type', `[${first}]`],
  ['null', 'vector-type', 'null'],
  ['NaN without quotes', 'vector-not-json', first.replace('"data":[', '"data":[NaN,')],
  ['-0 without quotes', 'vector-number', first.replace(/"data":\[[^,]*/, '"data":[-0')],
  ['a number beyond float64', 'vector-number', first.replace(/"data":\[[^,]*/, '"data":[1e400')],
  ['a key twice', 'vector-key', first.replace('{', '{"id":"other",')],
  ['a key twice, spelled otherwise', 'vector-key', first.replace('{', '{"\\u0069d":"other",')],
  ['a key twice within', 'vector-key', first.replace('"shape"', '"dtype":"int32","shape"')],
  ['__proto__', 'vector-key', first.replace('{', '{"__proto__":{},')],
  ['brackets without end', 'vector-not-json', '['.repeat(200_000)],
  ['nesting without sense', 'vector-type', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['a byte order mark', 'vector-not-json', `\ufeff${first}`],
];

test.each(lines)('%s: %s', (_, code, line) => {
  const error = refusal(`${second}\n${line}\n`);
  expect(error.code, error.message).toBe(code);
  expect(error.data.line).toBe(2);
  expect(error.message.length).toBeLessThan(700);
});

describe('the whole file', () => {
  test('an id twice names both lines', () => {
    const error = refusal(`${first}\n${second}\n${first}\n`);
    expect(error).toMatchObject({
      code: 'vector-duplicate-id',
      got: expect.stringContaining('as on line 1'),
    });
    expect(error.data.line).toBe(3);
  });

  test('no last newline, and Windows lines, are fine; nothing is no case', () => {
    expect(readVectors(`${first}\r\n${second}`)).toHaveLength(2);
    expect(readVectors('')).toEqual([]);
  });

  test('a line that is too long is refused before it is read', () => {
    expect(refusal(`"${'a'.repeat(2 ** 26)}"`).code).toBe('vector-not-json');
  });

  test('a million cells are read, and computed again', () => {
    const [one] = pinned('conv2d');
    const cells = (shape: number[], value: number) => {
      const data = new Array<number>(shape.reduce((a, b) => a * b, 1)).fill(value);
      return { shape, dtype: 'float64' as const, data };
    };
    const inputs = { x: cells([1, 1, 1000, 1000], 3), w: cells([1, 1, 1, 1], 5) };
    const outputs = { y: cells([1, 1, 1000, 1000], 15) };
    const large = { ...one!, id: 'large', inputs, outputs, upstream: null, grads: {} };
    expect(verified(readVectors(writeVectors([large])))).toMatchObject({ agreed: 1, failed: [] });
  });
});

describe('the library called wrongly', () => {
  const read = readVectors as (text: unknown) => unknown;
  const write = writeVectors as (cases: unknown) => unknown;

  test.each([[undefined], [null], [7], [{}]])('readVectors(%j)', value => {
    expect(() => read(value)).toThrow(expect.objectContaining({ code: 'bad-vectors' }));
  });

  test.each([
    ['bad-vectors', undefined],
    ['bad-vectors', 'text'],
    ['vector-type', [null]],
    ['vector-not-json', [undefined]],
    ['vector-key', [{}]],
    ['vector-key', [{ ...pinned('conv1d')[0], more: 1 }]],
    ['vector-type', [{ ...pinned('conv1d')[0], inputs: null }]],
    ['vector-duplicate-id', [pinned('conv1d')[0], pinned('conv1d')[0]]],
  ])('writeVectors: %s', (code, cases) => {
    expect(() => write(cases)).toThrow(expect.objectContaining({ code }));
  });
});
