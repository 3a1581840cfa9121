import { describe, expect, test } from 'vitest';
import { gatePretty } from '../../../src/report/gate/pretty.js';
import { hostile, mismatch, reportOf, resultOf, runOf } from './results.js';

const plain = (run: Parameters<typeof gatePretty>[0]) => gatePretty(run, false);

test('a verified result in one sentence, conditions and domain once', () => {
  const conditions = [
    { condition: 'out', verdict: 'verified', cases: 3, reason: '' },
    { condition: 'strides', verdict: 'skipped', cases: 0, reason: 'not declared' },
  ] as const;
  const results = (['y', 'dx'] as const).map(result => resultOf({ result, conditions }));
  expect(plain(runOf(results))).toBe(
    [
      'k.mjs (seed 1)',
      '',
      'verified  conv2d.y    exact on 213 configurations (miss <= 5e-13 each), bounded on 40 configurations',
      '          within (L+2) u sum|x||w|; killed 61 of 61 planted mistakes (3 more make no difference at',
      '          these calls)',
      'verified  conv2d.dx   exact on 213 configurations (miss <= 5e-13 each), bounded on 40 configurations',
      '          within (L+2) u sum|x||w|; killed 61 of 61 planted mistakes (3 more make no difference at',
      '          these calls)',
      '  conditions  out verified',
      '  conditions  strides not tried: not declared',
      '  domain  every stride',
      '',
      'k.mjs: 2 verified, 0 failed, 0 skipped.',
      '',
      'Verified, for the domain and at the rungs above.',
    ].join('\n'),
  );
});

test('a wrong result with its diagnosis, in at most twelve lines', () => {
  const text = plain(runOf([resultOf({ result: 'y' }), mismatch]));
  const block = text.slice(text.indexOf('mismatch  conv2d.dx'), text.indexOf('\n  domain'));
  expect(block.split('\n').length).toBeLessThanOrEqual(12);
  for (const words of [
    'seen at  rung exact',
    'missing  1 term: yBar[0]*w[0]',
    'rows are lost',
    "--case 'conv2d",
  ])
    expect(block).toContain(words);
  expect(text.split('\n').at(-1)).toContain('the replay line');
});

test('what all results suffer from is said once', () => {
  const fall = {
    verdict: 'startup',
    reason: 'no such program',
    stderr: 'not found\n',
    domain: '',
    cases: 0,
  } as const;
  const text = plain(runOf((['y', 'dx', 'dw', 'db'] as const).map(result => resultOf({ ...fall, result }))));
  expect(text.match(/no such program/g)).toHaveLength(1);
  expect(text).toContain('startup   conv2d.y, dx, dw, db');
});

describe('the last line says what to do', () => {
  const alive = { mutants: { killed: 1, live: 2, equivalent: 0 }, survivors: ['C1', 'C2'] };
  test.each([
    [[resultOf({ verdict: 'crash' })], {}, 'fell'],
    [[resultOf({ verdict: 'startup' })], {}, 'peer-check'],
    [[resultOf({ verdict: 'suspect' })], {}, '--seed'],
    [[resultOf(alive)], {}, '--cases'],
    [[resultOf({ verdict: 'skipped', ...alive })], {}, '--cases'],
    [[resultOf({ verdict: 'skipped', reason: 'no backward pass' })], {}, 'nothing was judged'],
    [[], {}, 'nothing was judged'],
    [[resultOf()], { absent: ['relu'] }, '--require'],
    [[resultOf()], { spent: ['k.mjs'] }, 'peer-check'],
    [[resultOf()], { reports: [reportOf([resultOf()], { interrupted: true })] }, 'interrupted'],
  ])('%#', (results, change, words) => {
    const last = plain(runOf(results, change)).split('\n').at(-1)!;
    expect(last).toContain(words);
    expect(last).toMatch(/^Not verified: /);
  });
});

test('text of a kernel cannot steer a terminal', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(plain(runOf([hostile]))).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u);
});
