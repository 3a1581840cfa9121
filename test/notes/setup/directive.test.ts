import { describe, expect, test } from 'vitest';
import { lineIndex } from '../../../src/notes/document/position.js';
import { buildSetup, readDirective, type Setup } from '../../../src/notes/setup/index.js';
import { thrown } from '../../tensor/thrown.js';
import { documentOf } from './document-of.js';

const read = (body: string) => {
  const text = `# Notes\n\n<!-- backproof: ${body} -->`;
  const [mark] = documentOf(text).marks;
  const source = { path: 'notes.md', lines: lineIndex(text) };
  return { directive: readDirective(mark!, source), source };
};

const setupOf = (body: string): Setup => {
  const { directive, source } = read(body);
  if (directive.kind !== 'operator') throw new Error('not covered');
  return buildSetup(directive, source);
};

const CONV = 'conv2d input=X[3,3] kernel=F[2,2] output=O';

test('the example of the contract', () => {
  const setup = setupOf(
    'conv2d input=X[3,3] kernel=F[2,2] output=O loss=L stride=1 padding=0 dilation=1 index=pair',
  );
  expect(setup.operator.name).toBe('conv2d');
  expect(setup.call.inputs).toEqual({ x: [1, 1, 3, 3], w: [1, 1, 2, 2] });
  expect(setup.roles).toEqual({
    input: { names: ['X'], shape: [3, 3] },
    kernel: { names: ['F'], shape: [2, 2] },
    output: { names: ['O'], shape: [2, 2] },
  });
  expect([setup.loss, setup.upstream, setup.index, setup.product]).toEqual([['L'], [], 'pair', null]);
  expect(setup.params).toMatchObject({ stride: 1, padding: 0, dilation: 1 });
});

test('alternatives, short-hands, Greek, accents and both ways to write dims', () => {
  const setup = setupOf(
    String.raw`conv1d input=X|x=5 kernel=\theta[2] output=\hat{y} bias=b upstream=dO|δ loss=\mathcal{L} index=running0`,
  );
  expect(setup.roles.input).toEqual({ names: ['X', 'x'], shape: [5] });
  expect(setup.roles.kernel!.names).toEqual(['theta']);
  expect(setup.roles.output).toEqual({ names: ['hat_y'], shape: [4] });
  expect(setup.roles.bias).toEqual({ names: ['b'], shape: [] });
  expect([setup.upstream, setup.loss, setup.index]).toEqual([['dO', 'delta'], ['L'], 'running0']);
});

test.each([
  ['stride=2', { stride: 2 }, [3, 3]],
  ['stride=2,1', { stride: [2, 1] }, [3, 6]],
  ['padding=1', { padding: 1 }, [8, 8]],
  ['padding=1,0', { padding: [1, 0] }, [8, 6]],
  [
    'padding=[1,0],[0,2]',
    {
      padding: [
        [1, 0],
        [0, 2],
      ],
    },
    [7, 8],
  ],
  ['padding=same', { padding: 'same' }, [7, 7]],
  ['padding=full dilation=2', { padding: 'full', dilation: 2 }, [9, 9]],
  ['convention=convolution', { convention: 'convolution' }, [6, 6]],
])('parameter %s', (text, params, output) => {
  const setup = setupOf(`conv2d input=X[7,7] kernel=F[2,2] output=O ${text}`);
  expect(setup.params).toMatchObject(params);
  expect(setup.roles.output.shape).toEqual(output);
});

test.each([
  ['X[3,5,5]', 'F[3,2,2]', 'O', [1, 3, 5, 5], [1, 3, 2, 2], [4, 4]],
  ['X[5,5]', 'F[3,2,2]', 'O[3,4,4]', [1, 1, 5, 5], [3, 1, 2, 2], [3, 4, 4]],
  ['X[5,5]', 'F[3,2,2]', 'O', [1, 1, 5, 5], [3, 1, 2, 2], [3, 4, 4]],
  ['X[2,5,5]', 'F[3,2,2,2]', 'O', [1, 2, 5, 5], [3, 2, 2, 2], [3, 4, 4]],
  ['X[4,2,5,5]', 'F[3,2,2,2]', 'O', [4, 2, 5, 5], [3, 2, 2, 2], [4, 3, 4, 4]],
  ['X[5,5]', 'F', 'O', [1, 1, 5, 5], [1, 1, 2, 2], [4, 4]],
  ['X[3,5,5]', 'F', 'O[6,4,4]', [1, 3, 5, 5], [6, 3, 2, 2], [6, 4, 4]],
])('dims %s %s %s', (x, f, o, input, kernel, output) => {
  const size = f === 'F' ? ' kernel_size=2' : '';
  const setup = setupOf(`conv2d input=${x} kernel=${f} output=${o}${size}`);
  expect(setup.call.inputs).toEqual({ x: input, w: kernel });
  expect(setup.roles.output.shape).toEqual(output);
});

test('groups, a bias per channel, a product and a layer', () => {
  const setup = setupOf(
    'conv2d input=X[4,5,5] kernel=F[2,2,3,3] bias=b[2] output=O groups=2 product=convolution layer=superscript',
  );
  expect(setup.call.inputs.b).toEqual([2]);
  expect(setup.roles.output.shape).toEqual([2, 3, 3]);
  expect([setup.product, setup.naming?.layer]).toEqual(['convolution', 'superscript']);
});

test.each([
  ['output-size output=O', 'output-size'],
  ['update', 'update'],
  ['sigmoid input=Z output=A', 'sigmoid'],
  ['bce input=A target=y output=J reduction=mean', 'bce'],
])('%s is accepted and not covered', (body, operator) => {
  expect(read(body).directive).toMatchObject({ kind: 'not-covered', operator });
});

test('ranges of whole maps', () => {
  const { directive } = read(
    'conv2d input=X[3,5,5] kernel=K[3,2,2] output=Y index=channel range=i:1..d,j:1..3',
  );
  expect(directive).toMatchObject({
    index: 'channel',
    ranges: [
      { name: 'i', from: '1', to: 'd' },
      { name: 'j', from: '1', to: '3' },
    ],
  });
});

describe('mistakes are named, placed and answered', () => {
  test.each([
    ['conv2s input=X[3,3] kernel=F[2,2] output=O', 'unknown-operator', 'conv2d'],
    ['Conv2D input=X[3,3] kernel=F[2,2] output=O', 'unknown-operator', 'conv2d'],
    ['sigmod input=Z', 'unknown-operator', 'sigmoid'],
    ['waterfall input=Z', 'unknown-operator', ''],
    ['', 'malformed-directive', 'conv2d'],
    ['input=X[3,3] kernel=F[2,2] output=O', 'malformed-directive', 'conv2d'],
    [`${CONV} strides=1`, 'unknown-directive-key', 'stride'],
    [`${CONV} Padding=1`, 'unknown-directive-key', 'padding'],
    [`${CONV} colour=red`, 'unknown-directive-key', ''],
    [`${CONV} target=y`, 'unknown-directive-key', ''],
    [`${CONV} reduction=mean`, 'unknown-directive-key', ''],
    [`${CONV} stride=1 stride=2`, 'malformed-directive', ''],
    [`${CONV} stride=`, 'malformed-directive', 'stride=...'],
    [`${CONV} stride`, 'malformed-directive', 'stride=...'],
    [`${CONV} stride = 2`, 'malformed-directive', 'stride=...'],
    ['conv2d input=X[3, 3] kernel=F[2,2] output=O', 'malformed-directive', 'input=X[3,3]'],
    [`${CONV} padding=[1,0], [0,1]`, 'malformed-directive', 'padding=[1,0],[0,1]'],
    [`${CONV} stride=two`, 'bad-directive-value', ''],
    [`${CONV} stride=1.5`, 'bad-directive-value', ''],
    [`${CONV} stride=0`, 'bad-directive-value', ''],
    [`${CONV} stride=1,1,1`, 'bad-directive-value', ''],
    [`${CONV} padding=-1`, 'bad-directive-value', ''],
    [`${CONV} padding=sane`, 'bad-directive-value', ''],
    [`${CONV} padding=[1,2`, 'bad-directive-value', ''],
    [`${CONV} groups=1,2`, 'bad-directive-value', ''],
    [`${CONV} groups=0`, 'bad-directive-value', ''],
    [`${CONV} index=pairs`, 'bad-directive-value', 'pair'],
    [`${CONV} product=star`, 'bad-directive-value', ''],
    [`${CONV} convention=corelation`, 'bad-directive-value', 'correlation'],
    [`${CONV} layer=top`, 'bad-directive-value', ''],
    [`${CONV} range=i:1-3`, 'bad-directive-value', 'range=i:1..d'],
    [`${CONV} loss=L[1]`, 'bad-directive-value', ''],
    ['conv2d input=3X[3,3] kernel=F[2,2] output=O', 'bad-directive-value', ''],
    ['conv2d input=X[3,3 kernel=F[2,2] output=O', 'bad-directive-value', ''],
    ['conv2d input=X[0,3] kernel=F[2,2] output=O', 'bad-directive-value', ''],
    ['conv2d input=X[3,3] output=O', 'missing-role', 'kernel'],
    ['conv2d input=X[3,3] kernel=F[2,2]', 'missing-role', 'output'],
    ['conv2d kernel=F[2,2] output=O', 'missing-role', 'input'],
    ['conv2d input=X kernel=F[2,2] output=O', 'missing-shape', 'input=X[3,3]'],
    ['conv2d input=X[3,3] kernel=F output=O', 'missing-shape', 'kernel_size=2'],
    [`${CONV}[3,3]`, 'setup-contradiction', ''],
    ['conv2d input=X[3] kernel=F[2,2] output=O', 'setup-contradiction', ''],
    ['conv2d input=X[1,1,1,3,3] kernel=F[2,2] output=O', 'setup-contradiction', ''],
    ['conv2d input=X[3,5,5] kernel=F[2,2] output=O', 'setup-contradiction', ''],
    ['conv2d input=X[3,5,5] kernel=F[3,2,2] output=O[1,4,4]', 'setup-contradiction', '[1,3,2,2]'],
    ['conv2d input=X[3,5,5] kernel=F[6,2,2,2] output=O', 'setup-contradiction', ''],
    ['conv2d input=X[2,2] kernel=F[3,3] output=O', 'setup-contradiction', ''],
    ['conv2d input=X[3,3] kernel=X[2,2] output=O', 'setup-contradiction', ''],
    ['conv2d input=X[3,3] kernel=F[2,2] output=O loss=O', 'setup-contradiction', ''],
    ['conv2d input=X[3,3] kernel=F[2,2] output=O bias=b[3]', 'setup-contradiction', ''],
    [`${CONV} kernel_size=3`, 'setup-contradiction', ''],
    [`${CONV} groups=2`, 'setup-contradiction', ''],
  ])('%s', (body, code, hint) => {
    const error = thrown(() => setupOf(body));
    expect(error.code).toBe(code);
    expect(error.fix).toContain(hint);
    expect(error.where).toBe('notes.md line 3, directive');
    expect(error.data).toMatchObject({ line: 3, column: expect.any(Number) });
  });

  test('the column is that of the pair', () => {
    const error = thrown(() => read(`${CONV} strides=1`));
    expect(error.data).toMatchObject({ line: 3, column: '<!-- backproof: '.length + CONV.length + 2 });
  });
});
