/** A whole diagnosis: the record, and the text that goes into a bug report. */
import { describe, expect, test } from 'vitest';
import { type DiagnoseOptions, diagnose, type Finding } from '../../../src/gate/diagnosis/diagnose.js';
import type { Problem } from '../../../src/gate/diagnosis/problem.js';
import { diagnosisText } from '../../../src/gate/diagnosis/text.js';
import { asked, askRight, askWrong, rightKernel, type Tamper, withInput, withOutput } from './kernels.js';
import { WRONG } from './wrong.js';

const problem: Problem = {
  op: 'conv2d',
  params: {
    stride: [1, 1],
    padding: [
      [0, 0],
      [0, 0],
    ],
    dilation: [1, 1],
    groups: 1,
  },
  shapes: { x: [1, 1, 3, 3], w: [2, 1, 2, 2] },
  dtype: 'float64',
  result: 'dx',
  index: [0, 0, 1, 1],
  mayRead: null,
};
const finding: Finding = {
  ...{ case: 'small-1', expected: 12, got: -7, bound: 0 },
  replay: 'backproof gate ./kernels.mjs --op conv2d --case small-1 --seed 1',
};
const heading = { op: 'conv2d', result: 'dx', verdict: 'mismatch', rung: 'exact' };
const noFlip: Tamper = withInput('w', ([o, c, p, q], read) => read([o!, c!, 1 - p!, 1 - q!]));

const failureOf = (tamper: Tamper, options: DiagnoseOptions = {}) =>
  diagnose(askWrong(problem, tamper), problem, finding, options);

test('a record in the form of the report', async () => {
  expect(await failureOf(noFlip)).toEqual({
    ...finding,
    ...{ params: problem.params, shapes: problem.shapes, index: [0, 0, 1, 1] },
    expectedFormula:
      'yBar[0,0,0,0]*w[0,0,1,1] + yBar[0,0,0,1]*w[0,0,1,0] + yBar[0,0,1,0]*w[0,0,0,1] + ... and 5 more',
    kernelFormula:
      'yBar[0,0,0,0]*w[0,0,0,0] + yBar[0,0,0,1]*w[0,0,0,1] + yBar[0,0,1,0]*w[0,0,1,0] + ... and 5 more',
    missing: expect.arrayContaining(['yBar[0,0,0,0]*w[0,0,1,1]', 'yBar[0,1,1,1]*w[1,0,0,0]']),
    extra: expect.arrayContaining(['yBar[0,0,0,0]*w[0,0,0,0]', 'yBar[0,1,1,1]*w[1,0,1,1]']),
    diagnosis: [
      {
        mistake: 'the kernel is not rotated by 180 degrees [no-flip]',
        where: 'conv2d dx',
        evidence: "with this mistake the formula is exactly the kernel's here",
      },
      {
        mistake: 'w is rotated by 180 degrees',
        where: 'conv2d dx',
        evidence: "this turns the definition's terms into all 8 of the kernel's",
      },
      // One element cannot tell the two apart where every tap is in use.
      expect.objectContaining({ mistake: 'yBar is rotated by 180 degrees' }),
    ],
  });
});

test('the text', async () => {
  expect(diagnosisText(await failureOf(noFlip), heading).split('\n')).toEqual([
    'mismatch: conv2d dx, seen at rung exact',
    '  case     small-1: x[1,1,3,3], w[2,1,2,2], stride [1,1], padding [[0,0],[0,0]], dilation [1,1], groups 1',
    '  element  dx[0,0,1,1]: expected 12, got -7 (exact: no difference is allowed)',
    '  expected yBar[0,0,0,0]*w[0,0,1,1] + yBar[0,0,0,1]*w[0,0,1,0] + yBar[0,0,1,0]*w[0,0,0,1] + ... and 5 more',
    '  kernel   yBar[0,0,0,0]*w[0,0,0,0] + yBar[0,0,0,1]*w[0,0,0,1] + yBar[0,0,1,0]*w[0,0,1,0] + ... and 5 more',
    '  missing  8 terms: yBar[0,0,0,0]*w[0,0,1,1], yBar[0,0,0,1]*w[0,0,1,0], yBar[0,0,1,0]*w[0,0,0,1], yBar[0,0,1,1]*w[0,0,0,0], ... and 4 more',
    '  extra    8 terms: yBar[0,0,0,0]*w[0,0,0,0], yBar[0,0,0,1]*w[0,0,0,1], yBar[0,0,1,0]*w[0,0,1,0], yBar[0,0,1,1]*w[0,0,1,1], ... and 4 more',
    "  suspect  the kernel is not rotated by 180 degrees [no-flip] (conv2d dx): with this mistake the formula is exactly the kernel's here",
    "  suspect  w is rotated by 180 degrees (conv2d dx): this turns the definition's terms into all 8 of the kernel's",
    "  suspect  yBar is rotated by 180 degrees (conv2d dx): this turns the definition's terms into all 8 of the kernel's",
    '  replay   backproof gate ./kernels.mjs --op conv2d --case small-1 --seed 1',
  ]);
});

describe('the dictionary speaks before the formula', () => {
  const mistakes = [
    {
      ...{ id: 'X1', says: 'the filter is not rotated', where: 'the loop over taps of dx' },
      run: asked(problem, noFlip(rightKernel(problem), problem)).ask,
    },
  ];

  test('where an entry does what the kernel does', async () => {
    const { diagnosis } = await failureOf(noFlip, { mistakes });
    expect(diagnosis).toEqual([
      {
        mistake: 'the filter is not rotated [X1]',
        where: 'the loop over taps of dx',
        evidence: "gives the kernel's numbers on 4 probes at this configuration",
      },
    ]);
  });

  test('and is silent where none does', async () => {
    const { diagnosis } = await failureOf(
      withOutput((index, read) => -read(index)),
      { mistakes },
    );
    expect(diagnosis.map(one => one.mistake)).toEqual(['it is of the opposite sign']);
  });
});

test('changed coefficients are missing as they should be, and extra as they are', async () => {
  const failure = await failureOf(
    withInput('w', (index, read) => (index.join() === '1,0,0,0' ? 2 : 1) * read(index)),
  );
  expect(failure.missing).toEqual(['yBar[0,1,1,1]*w[1,0,0,0]']);
  expect(failure.extra).toEqual(['2*yBar[0,1,1,1]*w[1,0,0,0]']);
  expect(failure.kernelFormula).toBe(`${failure.expectedFormula} (it differs further on)`);
  expect(failure.diagnosis.map(one => one.mistake)).toEqual(['some of its terms are multiplied by 2']);
});

test('a formula that is not recovered says why', async () => {
  const failure = await failureOf(withOutput((index, read) => Math.abs(read(index))));
  expect(failure.kernelFormula).toMatch(/^not recovered: it is not linear in yBar/);
  expect([failure.missing, failure.extra, failure.diagnosis]).toEqual([[], [], []]);
  expect(diagnosisText(failure, heading)).toContain('suspect  no known mistake does this');
});

test('sums in a narrower type, and a formula that is right', async () => {
  const narrow = await failureOf(withOutput((index, read) => Math.fround(read(index))));
  expect(narrow.diagnosis.map(one => one.mistake)).toEqual([
    'sums are held in a narrower type than the elements: about 24 bits',
  ]);
  const right = await diagnose(askRight(problem), problem, finding);
  expect(right.kernelFormula).toBe(right.expectedFormula);
  expect(right.diagnosis[0]?.mistake).toMatch(/^the formula is right/);
});

test('further elements drop what explains only the first', async () => {
  const { problem: first, tamper } = WRONG.find(one => one.name === 'dx is shifted by a column')!;
  const at = { ...first, dtype: 'float64', index: [0, 0, 1, 1] } as const;
  const suspects = async (further: DiagnoseOptions['further']) =>
    (await diagnose(askWrong(at, tamper), at, finding, { further: further ?? [] })).diagnosis.map(
      one => one.mistake,
    );
  expect((await suspects([]))[0]).toBe('dx is rotated by 180 degrees');
  expect((await suspects([[0, 0, 1, 0]]))[0]).toBe('dx is read one column too far');
});

test('never more than twelve lines', async () => {
  for (const { problem: one, tamper } of WRONG) {
    const at: Problem = { ...one, dtype: 'float32' };
    const failure = await diagnose(askWrong(at, tamper), at, finding);
    const lines = diagnosisText(failure, { ...heading, op: at.op, result: at.result }).split('\n');
    expect(lines.length).toBeLessThanOrEqual(12);
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(260);
  }
});
