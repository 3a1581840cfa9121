/** The catalogue as a dictionary: each wrong kernel, written in another style where there is one, is called by its name. */
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/gate/diagnosis/diagnose.js';
import { mistakesIn, resultsOf, rightRun } from '../../../src/gate/diagnosis/dictionary.js';
import { type Configuration, explainBy } from '../../../src/gate/diagnosis/explain.js';
import { MUTANTS, RIGHT } from '../../../src/gate/mutants/catalogue.js';
import type { Mutant } from '../../../src/gate/mutants/kernel.js';
import { unravel } from '../../../src/tensor/index.js';
import { configurations } from '../mutants/configurations.js';
import { outcomeOf } from '../mutants/outcomes.js';

/** Up to three calls with small integers on which a mutant's first call differs, in a result of the right shape. */
function shownOn(mutant: Mutant): Configuration[] {
  const { op, result } = mutant;
  const right = RIGHT.find(one => one.op === op)!;
  const style = mutant.styles.at(-1)!;
  const found: Configuration[] = [];
  for (const one of configurations(op, 'diagnosis', 50, { filling: 'integers', isDense: true })) {
    const [good] = outcomeOf(right.kernel(), one)[result];
    const [bad] = outcomeOf(mutant.kernel(style), one)[result];
    const at = good!.numbers.findIndex((value, k) => !(Math.abs(value - bad!.numbers[k]!) < 1e-9));
    if (at < 0 || good!.shape === null || bad!.numbers.length !== good!.numbers.length) continue;
    const shapes = Object.fromEntries(Object.entries(one.inputs).map(([name, { shape }]) => [name, shape]));
    const index = unravel(good!.shape, at);
    found.push({
      problem: { op, params: one.params, shapes, dtype: 'float64', result, index, mayRead: null },
      ask: async (inputs, upstream) => resultsOf(mutant.kernel(style), inputs, upstream, one.params),
    });
    if (found.length === 3) return found;
  }
  return found;
}

/** What small integers in dense tensors cannot show at a first call: values, strides, leftovers, other shapes. */
const HIDDEN: Readonly<Record<string, string>> = {
  conv2d: 'C9 C9-ceil X19 X20 F8 F12 F12-half F13 H2 H2-weights H2-upstream H3 H6 H8',
  conv_transpose2d: 'H2 H2-weights H2-upstream H3 H6 H8',
  avg_pool2d: 'H2 H2-upstream H3 H6 H8',
  linear: 'H2 H2-weights H2-upstream H3 H6 H8',
};

describe.each(Object.entries(HIDDEN))('%s', (op, hidden) => {
  test('every mutant that shows is named, by few others beside it', async () => {
    const unseen: string[] = [];
    for (const mutant of MUTANTS.filter(one => one.op === op)) {
      const [first, ...more] = shownOn(mutant);
      if (!first) {
        unseen.push(mutant.id);
        continue;
      }
      const found = await explainBy(mistakesIn(op, mutant.result), first.ask, first.problem, {
        ...{ more, right: rightRun(op)! },
      });
      const names = found.map(one => one.mistake.id);
      expect(names).toContain(mutant.id);
      expect(names.length).toBeLessThanOrEqual(2);
    }
    expect(unseen.join(' ')).toBe(hidden);
  });
});

test('a diagnosis takes the entry before anything else', async () => {
  const mutant = MUTANTS.find(one => one.op === 'conv2d' && one.id === 'X5')!;
  const [first, ...more] = shownOn(mutant);
  const finding = { case: 'one', expected: 1, got: 2, bound: 0, replay: 'again' };
  const { diagnosis } = await diagnose(first!.ask, first!.problem, finding, {
    mistakes: mistakesIn('conv2d', 'dx'),
    explain: { more, right: rightRun('conv2d')! },
  });
  expect(diagnosis[0]?.mistake).toBe(`${mutant.says} [X5]`);
  expect(diagnosis[0]?.where).toBe(mutant.where);
});

test('an operator beside the catalogue has the mistakes of its record, and those of any kernel', () => {
  const ids = mistakesIn('add', 'dx').map(({ id }) => id);
  expect(ids).toContain('H7');
  expect(ids.length).toBeGreaterThan(2);
});

test('an unknown operator has no dictionary', () => {
  const error = expect.objectContaining({ code: 'unknown-operator' });
  expect(() => rightRun('nothing')).toThrow(error);
  expect(() => mistakesIn('nothing', 'y')).toThrow(error);
});
