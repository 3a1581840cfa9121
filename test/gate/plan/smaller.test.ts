import { describe, expect, test } from 'vitest';
import { callOf } from '../../../src/gate/plan/call.js';
import { configurationText } from '../../../src/gate/plan/configuration-text.js';
import type { Configuration } from '../../../src/gate/plan/gate-case.js';
import { measure } from '../../../src/gate/plan/measure.js';
import { randomConfigurations } from '../../../src/gate/plan/random.js';
import { slidingKind } from '../../../src/gate/plan/sliding-call.js';
import { smallerConfigurations } from '../../../src/gate/plan/smaller.js';
import { DEFAULTS } from '../../../src/gate/subject/declares.js';
import { operatorNamed, operators } from '../../../src/ops/index.js';

const names = operators.map(({ name }) => name);

/** The smallest that is still as wanted, taking the first candidate that is. */
function shrunk(op: string, from: Configuration, isWanted: (one: Configuration) => boolean): string {
  let least = from;
  for (let next: Configuration | undefined = from; next; ) {
    least = next;
    next = undefined;
    for (const one of smallerConfigurations(operatorNamed(op), least)) {
      if (!isWanted(one)) continue;
      next = one;
      break;
    }
  }
  return configurationText(op, least);
}

test.each(names)('%s: candidates are calls, and less', async op => {
  const operator = operatorNamed(op);
  for (const one of await randomConfigurations(op, 7, 40, DEFAULTS)) {
    for (const candidate of smallerConfigurations(operator, one)) {
      expect(callOf(operator, candidate)).not.toBeNull();
      expect(measure(operator, candidate)).toBeLessThan(measure(operator, one));
    }
  }
});

const LEAST: Readonly<Record<string, string>> = {
  conv: 'x=1x1x1 w=1x1x1 stride=1 padding=[0,0] dilation=1 groups=1',
  conv_transpose: 'x=1x1x1 w=1x1x1 stride=1 padding=[0,0] dilation=1 groups=1 output_padding=0',
  max_pool: 'x=1x1x1 kernel_size=1 stride=1 padding=[0,0] dilation=1 ceil_mode=false',
  avg_pool: 'x=1x1x1 kernel_size=1 stride=1 padding=[0,0] ceil_mode=false count_include_pad=true',
};

test.each(names.filter(name => slidingKind(name)?.rank === 1))(
  '%s: everything ends at one cell',
  async op => {
    for (const one of await randomConfigurations(op, 9, 60, DEFAULTS)) {
      expect(shrunk(op, one, () => true)).toBe(LEAST[slidingKind(op)!.kind]);
    }
  },
);

describe('what matters stays', () => {
  const from: Configuration = {
    shapes: { x: [65537, 6, 33, 20], w: [12, 2, 4, 3], b: [12] },
    params: { stride: [3, 2], padding: 'same-upper', dilation: [2, 3], groups: 3 },
  };
  const list = ({ params }: Configuration, name: string) => params[name] as readonly number[];

  test.each<[string, (one: Configuration) => boolean, string]>([
    ['nothing', () => true, 'x=1x1x1x1 w=1x1x1x1 stride=1,1 padding=[0,0],[0,0] dilation=1,1 groups=1'],
    [
      'the batch',
      ({ shapes }) => shapes.x![0]! > 1,
      'x=2x1x1x1 w=1x1x1x1 stride=1,1 padding=[0,0],[0,0] dilation=1,1 groups=1',
    ],
    [
      'groups',
      ({ params }) => Number(params.groups) > 1,
      'x=1x2x1x1 w=2x1x1x1 stride=1,1 padding=[0,0],[0,0] dilation=1,1 groups=2',
    ],
    [
      'the bias',
      ({ shapes }) => shapes.b !== undefined,
      'x=1x1x1x1 w=1x1x1x1 b=1 stride=1,1 padding=[0,0],[0,0] dilation=1,1 groups=1',
    ],
    [
      'the mode',
      ({ params }) => params.padding === 'same-upper',
      'x=1x1x1x1 w=1x1x1x1 stride=1,1 padding=same-upper dilation=1,1 groups=1',
    ],
    [
      'a stride',
      one => list(one, 'stride')[1]! > 1,
      'x=1x1x1x1 w=1x1x1x1 stride=1,2 padding=[0,0],[0,0] dilation=1,1 groups=1',
    ],
    [
      'a wide input',
      ({ shapes }) => shapes.x![2]! >= 17,
      'x=1x1x17x1 w=1x1x1x1 stride=1,1 padding=[0,0],[0,0] dilation=1,1 groups=1',
    ],
    [
      'a kernel',
      ({ shapes }) => shapes.w![3]! === 3,
      'x=1x1x1x3 w=1x1x1x3 stride=1,1 padding=[0,0],[0,0] dilation=1,1 groups=1',
    ],
    [
      'outputs of a group',
      ({ shapes, params }) => shapes.w![0]! / Number(params.groups) > 1,
      'x=1x1x1x1 w=2x1x1x1 stride=1,1 padding=[0,0],[0,0] dilation=1,1 groups=1',
    ],
  ])('%s', (_, isWanted, least) => {
    expect(shrunk('conv2d', from, isWanted)).toBe(least);
  });

  test('output padding goes with its stride', () => {
    const one: Configuration = {
      shapes: { x: [1, 1, 2], w: [1, 1, 2] },
      params: { stride: [3], padding: [[0, 0]], dilation: [1], groups: 1, output_padding: [2] },
    };
    expect(
      shrunk('conv_transpose1d', one, ({ params }) => list({ shapes: {}, params }, 'output_padding')[0]! > 0),
    ).toBe('x=1x1x1 w=1x1x1 stride=2 padding=[0,0] dilation=1 groups=1 output_padding=1');
  });

  test('a call that is none has no candidates', () => {
    const operator = operatorNamed('conv2d');
    expect([...smallerConfigurations(operator, { shapes: { x: [1, 1, 1, 1] }, params: {} })]).toEqual([]);
  });
});
