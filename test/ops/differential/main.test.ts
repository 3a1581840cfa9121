/** The fuzzer's command line: what it prints, and its exit codes. */
import { afterEach, expect, test, vi } from 'vitest';
import { main } from './main.js';

const printed = () => ({
  out: vi.spyOn(console, 'log').mockImplementation(() => {}),
  progress: vi.spyOn(console, 'error').mockImplementation(() => {}),
});

afterEach(() => vi.restoreAllMocks());

test('a run says how many calls it tried, with progress beside', () => {
  const { out, progress } = printed();
  expect(main(['--runs', '40', '--seed', '3', '--op', 'bias'])).toBe(0);
  expect(out.mock.calls).toEqual([
    [expect.stringMatching(/^no difference: 40 calls of 1 operators, 120 results/)],
  ]);
  expect(progress.mock.calls.at(-1)).toEqual(['40 of 40']);
});

test('without an operator every one has its turn', () => {
  const { out } = printed();
  expect(main(['--runs', '100'])).toBe(0);
  expect(out.mock.calls[0]![0]).toMatch(/^no difference: 100 calls of \d\d+ operators/);
});

const trial = {
  op: 'bias',
  shapes: { x: [1, 2], b: [2] },
  params: {},
  dtype: 'float64',
  filling: 'large',
  seed: 3,
};

test('a trial is replayed', () => {
  const { out } = printed();
  expect(main(['--replay', JSON.stringify(trial)])).toBe(0);
  expect(out.mock.calls).toEqual([['agreed: kernel y, claim dx, claim db']]);
});

test('a trial that cannot be run is a finding', () => {
  const { out } = printed();
  expect(main(['--replay', JSON.stringify({ ...trial, shapes: { x: [1, 2], b: [3] } })])).toBe(1);
  expect(out.mock.calls[0]![0]).toMatch(/^bias: a witness breaks down\n {2}error .*size-mismatch/);
});

test.each([
  [['--runs', 'many'], 'not a number of runs or a seed: many'],
  [['--seed', '-1'], 'seed'],
  [['--op', 'conv4d'], 'unknown-operator'],
  [['--fast'], '--fast'],
  [['--replay', '{'], 'JSON'],
])('%j is refused', (words, reason) => {
  const { progress } = printed();
  expect(main(words)).toBe(2);
  const text = String(progress.mock.calls[0]![0]);
  expect(text).toContain(reason);
  expect(text).toContain('usage: npm run fuzz -- ');
});
