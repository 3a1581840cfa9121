import { expect, test } from 'vitest';
import { readCase } from '../../../src/gate/plan/case-text.js';
import { supports } from '../../../src/gate/plan/support.js';
import { DEFAULTS, type Supports } from '../../../src/gate/subject/declares.js';
import { operatorNamed } from '../../../src/ops/index.js';

const why = (declared: Partial<Supports>, text: string): string | null => {
  const one = readCase(`${text} float64 check=exact seed=1`);
  return supports(
    { ...DEFAULTS, supports: { ...DEFAULTS.supports, ...declared } },
    operatorNamed(one.op),
    one,
  );
};

const conv = (params: string) => `conv2d x=1x2x4x5 w=2x1x2x2 ${params} groups=2`;
const UNEVEN = conv('stride=1,2 padding=[0,1],[2,2] dilation=1,1');
const SAME = conv('stride=1,1 padding=same-upper dilation=1,1');

test.each<[Partial<Supports>, string, string | null]>([
  [{}, UNEVEN, null],
  [{}, SAME, 'padding same-upper is not declared'],
  [{ padding: [0, 'same-upper'] }, SAME, null],
  [{ padding: ['same-lower'] }, SAME, 'padding same-upper is not declared'],
  [{ padding: ['same-lower'] }, UNEVEN, 'padding 0 is not declared'],
  [{}, 'correlate x=1x2x4x5 w=2x2x2x2 step=1 groups=1 padding=full', null],
  [{ stride: [1] }, UNEVEN, 'stride 2 is not declared'],
  [{ stride: [1, 2] }, UNEVEN, null],
  [{ dilation: [2] }, UNEVEN, 'dilation 1 is not declared'],
  [{ groups: [1] }, UNEVEN, 'groups 2 is not declared'],
  [{ groups: [1, 2], dilation: [1], stride: [2, 1], padding: [0, 1, 2], maxRank: 2 }, UNEVEN, null],
  [{ padding: [0, 1] }, UNEVEN, 'padding 2 is not declared'],
  [{ padding: [0] }, SAME, 'padding same-upper is not declared'],
  [{ padding: 'symmetric' }, UNEVEN, 'padding [0,1] is not declared: it is not symmetric'],
  [{ padding: 'symmetric' }, conv('stride=1,1 padding=[1,1],[0,0] dilation=1,1'), null],
  [{ padding: 'symmetric' }, SAME, 'padding same-upper is not declared'],
  [{ maxRank: 1 }, UNEVEN, '2 spatial axes are more than the 1 declared'],
  [{ stride: [1], padding: [0], dilation: [1], groups: [1], maxRank: 1 }, 'linear x=2x3 w=4x3', null],
  [{ maxRank: 2 }, 'relu x=2x3x4', '3 spatial axes are more than the 2 declared'],
])('%j', (declared, text, expected) => {
  expect(why(declared, text)).toBe(expected);
});
