/** Random calls of every record: kernels and claims held against the definition and its reverse mode. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Operator, operators } from '../../src/ops/index.js';
import { faults } from './differential/faults.js';
import { ownRecords } from './differential/own-records.js';
import { findingText } from './differential/report.js';
import { outcomeOf, runTrials, type Tally } from './differential/run.js';
import type { Trial } from './differential/trial.js';

const SEED = 20261204;
const LEAST = 2000;
const runs = Math.max(60, Math.ceil((1.2 * LEAST) / operators.length));

const tallies = new Map<string, Tally>();

beforeAll(() => {
  for (const operator of operators)
    tallies.set(operator.name, runTrials({ operators: [operator], runs, seed: SEED }));
}, 120_000);

describe.each(operators.map(operator => [operator.name, operator] as const))('%s', (name, operator) => {
  test('its kernels and claims give what the definition gives', () => {
    const { finding, decided } = tallies.get(name)!;
    expect(finding && findingText(finding)).toBe(null);
    expect(decided.get(name)).toBe(runs);
  });

  test('every witness has been heard', () => {
    const { comparisons } = tallies.get(name)!;
    const kernels = ['y', ...Object.keys(operator.kernel.vjp).map(wrt => `d${wrt}`)];
    const claims = Object.entries(operator.claims(operator.params, 1)).flatMap(([wrt, claim]) =>
      claim.kind === 'hole' ? [] : [`d${wrt}`],
    );
    const wanted = [
      ...kernels.map(result => `${name} kernel ${result}`),
      ...claims.map(result => `${name} claim ${result}`),
    ];
    for (const one of wanted)
      expect([one, comparisons.get(one) ?? 0]).toEqual([one, expect.toSatisfy(isMany)]);
  });
});

const isMany = (count: number): boolean => count >= runs / 5;

test(`at least ${LEAST} configurations were decided`, () => {
  const counts = [...tallies.values()].flatMap(({ decided }) => [...decided.values()]);
  expect(counts.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(LEAST);
});

test('only the sliding kernels refuse calls that the records accept: no axes, and no taps', () => {
  const refused = [...tallies.values()].flatMap(tally => [...tally.refused]);
  const codes = ['kernel-size-not-positive', 'rank-mismatch'];
  const wanted = ['convolve', 'correlate'].flatMap(name => codes.map(code => `${name} kernel y: ${code}`));
  expect(refused.sort()).toEqual(wanted);
});

test.each(ownRecords.map(record => [record.name, record] as const))('%s is left alone', (name, record) => {
  const { finding, decided } = runTrials({ operators: [record], runs: 200, seed: SEED });
  expect(finding && findingText(finding)).toBe(null);
  expect(decided.get(name)).toBe(200);
});

describe.each(faults.map(fault => [fault.name, fault] as const))('planted: %s', (_, fault) => {
  const { finding } = runTrials({ operators: [fault.operator], runs: 500, seed: SEED });

  test('is found, and the report names operator, result and cell', () => {
    const { op } = finding!.trial;
    expect(op).toBe(fault.operator.name);
    const text = findingText(finding!);
    expect(text.startsWith(`${op}: the kernel`)).toBe(true);
    expect(text).toMatch(/^ {2}cell {6}(y|d?[xwb])(\[[\d,]*\]|: shape or element type)$/m);
    expect(text).toMatch(/^ {2}expected /m);
    expect(text).toMatch(/^ {2}got /m);
    if (fault.name !== 'input overwritten')
      expect(finding!.difference).toMatchObject({ result: fault.result });
  });

  test('the call is small, and its replay shows the same difference', () => {
    const { trial, difference } = finding!;
    const extents = Object.values(trial.shapes).flat();
    expect(Math.max(...extents)).toBeLessThanOrEqual(3);
    const replay = /--replay '(.*)'$/m.exec(findingText(finding!))![1]!;
    const again = outcomeOf(fault.operator, JSON.parse(replay) as Trial);
    expect(again).toEqual({ trial, difference });
  });
});

/** Each record with the first of its known mistakes in the place of a claim. */
const mistaken = operators.flatMap(operator =>
  operator.mistakes.slice(0, 1).map(mistake => ({ operator, mistake })),
);

test.each(mistaken)(
  '$operator.name with a mistaken claim is found: $mistake.name',
  ({ operator, mistake }) => {
    const claims: Operator['claims'] = (params, rank) => ({
      ...operator.claims(params, rank),
      [mistake.wrt]: mistake.claim(params, rank),
    });
    const { finding } = runTrials({ operators: [{ ...operator, claims }], runs: 200, seed: SEED });
    // A mistake may also ask its operators for what they refuse.
    const { difference } = finding!;
    if ('crash' in difference) expect(difference.crash).toContain('BackproofError');
    else expect(difference).toMatchObject({ result: `d${mistake.wrt}`, witness: 'claim' });
  },
);

test('the same seed tries the same calls, another seed others', () => {
  const { operator } = faults[0]!;
  const found = (seed: number) => runTrials({ operators: [operator], runs: 300, seed }).finding;
  expect(found(1)).toEqual(found(1));
  expect(found(1)).not.toEqual(found(2));
});
