import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../../src/error.js';
import { caseText, readCase } from '../../../src/gate/plan/case-text.js';
import { CHECKS, type GateCase } from '../../../src/gate/plan/gate-case.js';
import { exampleCalls, randomConfigurations } from '../../../src/gate/plan/random.js';
import { DEFAULTS } from '../../../src/gate/subject/declares.js';
import { FILLINGS } from '../../../src/gate/vectors/filling.js';
import { randomFrom } from '../../../src/gate/vectors/random.js';
import { operators } from '../../../src/ops/index.js';

const CONV2D =
  'conv2d x=2x2x3x5 w=4x1x2x2 b=4 stride=1,2 padding=[0,2],[1,0] dilation=2,1 groups=2 float64 check=exact seed=7';

const refusalOf = (text: string): BackproofError => {
  try {
    readCase(text);
  } catch (error) {
    if (error instanceof BackproofError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
};

describe('a case as text', () => {
  test('conv2d, as it is printed', () => {
    const one: GateCase = {
      op: 'conv2d',
      shapes: { x: [2, 2, 3, 5], w: [4, 1, 2, 2], b: [4] },
      params: {
        stride: [1, 2],
        padding: [
          [0, 2],
          [1, 0],
        ],
        dilation: [2, 1],
        groups: 2,
      },
      ...{ dtype: 'float64', check: 'exact', filling: null, seed: 7 },
    };
    expect(caseText(one)).toBe(CONV2D);
    expect(readCase(CONV2D)).toEqual(one);
    expect(caseText({ ...one, filling: 'small' })).toBe(`${CONV2D} filling=small`);
  });

  test.each([
    'conv1d x=1x2x5 w=2x2x3 stride=1 padding=same-lower dilation=3 groups=1 float32 check=adjoint seed=0',
    'max_pool1d x=1x1x3 kernel_size=2 stride=1 padding=[0,1] dilation=1 ceil_mode=true float64 check=ties seed=9007199254740991',
    'relu x=[] float64 check=kink seed=1 filling=zeros',
    'max_unpool x=1x1x2 selection=1x1x2x2 stride=kernel_size padding=[0,1] dilation=[1] output_size=[3] float64 check=exact seed=1',
    'crop x=1x1x6 start=-2 length=[4] float64 check=exact seed=1',
    'layer_norm x=3x2 w=2 eps=1e-7 float64 check=bounded seed=1',
    'softmax_cross_entropy x=2x3 target=2x3 reduction=none target_kind=indices float64 check=bounded seed=1',
  ])('%s', text => {
    expect(caseText(readCase(text))).toBe(text);
  });

  test.each(operators.map(({ name }) => name))('%s: read back as it was', async op => {
    const random = randomFrom(`text ${op}`);
    for (const call of [...exampleCalls(op), ...(await randomConfigurations(op, 11, 60, DEFAULTS))]) {
      const one: GateCase = {
        op,
        ...call,
        dtype: random.integer(0, 1) === 0 ? 'float64' : 'float32',
        check: random.shuffled(CHECKS)[0]!,
        filling: random.integer(0, 1) === 0 ? null : random.shuffled(FILLINGS)[0]!,
        seed: random.integer(0, 1e9),
      };
      expect(readCase(caseText(one))).toEqual(one);
    }
  });
});

describe('a text that is no case', () => {
  const words = CONV2D.split(' ');

  test.each(words.map((word, k) => [word, k] as const))('%s left out', (word, k) => {
    const text = words.filter((_, at) => at !== k).join(' ');
    // Without a bias it is a case too.
    if (word === 'b=4') expect(readCase(text).shapes.b).toBeUndefined();
    else expect(refusalOf(text).code).toBe('bad-case');
  });

  test.each(words)('%s twice', word => {
    expect(refusalOf(`${CONV2D} ${word}`).code).toBe('bad-case');
  });

  test.each([
    ['conv2', 'Did you mean conv2d?', CONV2D.replace('conv2d', 'conv2')],
    ['strides', 'Did you mean stride?', CONV2D.replace('stride', 'strides')],
    ['exacts', 'Did you mean exact?', CONV2D.replace('=exact', '=exacts')],
    ['smal', 'Did you mean small?', `${CONV2D} filling=smal`],
    ['float46', 'Did you mean float64?', CONV2D.replace('float64', 'float46')],
  ])('%s: %s', (_, fix, text) => {
    const error = refusalOf(text);
    expect({ code: error.code, fix: error.fix }).toEqual({ code: 'bad-case', fix });
  });

  test.each([
    ['stride', 'stride=0,2'],
    ['stride', 'stride=1'],
    ['stride', 'stride=1,2,3'],
    ['stride', 'stride=[1,2]'],
    ['stride', 'stride=1e0,2'],
    ['stride', 'stride=01,2'],
    ['stride', 'stride=1,2,'],
    ['stride', 'stride='],
    ['stride', 'stride=true'],
    ['stride', 'stride=99999999999999999999,1'],
    ['padding', 'padding=[0,2]'],
    ['padding', 'padding=[0,-2],[1,0]'],
    ['padding', 'padding=0,1'],
    ['padding', 'padding=same'],
    ['padding', 'padding=[[0,2],[1,0]]'],
    ['padding', `padding=${'['.repeat(1000)}`],
    ['groups', 'groups=3'],
    ['groups', 'groups=2,2'],
    ['groups', 'groups=[2]'],
    ['x', 'x=2x2x0x5'],
    ['x', 'x=2x2x3'],
    ['x', 'x=[2,2,3,5]'],
    ['x', 'x=-2x2x3x5'],
    ['x', 'x=2x2x3x99999999999999999999'],
    ['x', 'x=2x2x3x2147483648'],
    ['seed', 'seed=-1'],
    ['seed', 'seed=1.5'],
    ['seed', 'seed=1e3'],
    ['seed', 'seed=9007199254740993'],
    ['seed', 'seed=07'],
    ['check', 'check='],
    ['check', 'check=Exact'],
  ])('%s: %s', (name, word) => {
    const text = words.map(one => (one.startsWith(`${name}=`) ? word : one)).join(' ');
    const error = refusalOf(text);
    expect(error.code).toBe('bad-case');
    for (const part of [error.what, error.expected, error.got, error.fix]) expect(part).not.toBe('');
  });

  test.each([
    ['empty', ''],
    ['a blank', ' '],
    ['two blanks', CONV2D.replace(' ', '  ')],
    ['a blank behind', `${CONV2D} `],
    ['a line break', CONV2D.replace(' ', '\n')],
    ['a line break behind', `${CONV2D}\n`],
    ['a control character', `${CONV2D}\u0000`],
    ['another alphabet', CONV2D.replace('x', '\u0445')],
    ['the name of a method', CONV2D.replace('groups=2', '__proto__=2')],
    ['an operator of every object', 'constructor float64 check=exact seed=1'],
    ['another order', CONV2D.replace('float64 check=exact', 'check=exact float64')],
    [
      'output_padding beyond its stride',
      'conv_transpose1d x=1x1x2 w=1x1x2 stride=1 padding=[0,0] dilation=1 groups=1 output_padding=1 float64 check=exact seed=1',
    ],
    [
      'a window in the padding',
      'max_pool1d x=1x1x1000000000 kernel_size=1 stride=1 padding=[1000000000,0] dilation=1 ceil_mode=false float64 check=exact seed=1',
    ],
    ['a million letters', 'a'.repeat(1e6)],
    ['a million words', `conv2d${' a=1'.repeat(1e6)}`],
    ['a huge extent', 'relu x=2147483648 float64 check=exact seed=1'],
  ])('%s', (_, text) => {
    expect(refusalOf(text).code).toBe('bad-case');
  });

  test('no error repeats a long text', () => {
    const texts = ['a'.repeat(3000), `conv2d x=${'9'.repeat(3000)}`, `${CONV2D} ${'z'.repeat(3000)}=1`];
    for (const text of texts) expect(refusalOf(text).message.length).toBeLessThan(1500);
  });
});
