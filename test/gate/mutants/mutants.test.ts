import { describe, expect, test } from 'vitest';
import { MUTANTS, RIGHT } from '../../../src/gate/mutants/catalogue.js';
import type { ModuleKernel, Mutant } from '../../../src/gate/mutants/kernel.js';
import { type Configuration, configurations, type Fixed } from './configurations.js';
import { convFaults, harnessFaults, otherFaults, threeAxes, twoAxes } from './list.js';
import { agree, type Outcome, outcomeOf, slackOf } from './outcomes.js';

const ops = [...new Set(RIGHT.map(({ op }) => op))];
const mutantsOf = (op: string): readonly Mutant[] => MUTANTS.filter(mutant => mutant.op === op);
const named = (op: string, id: string): Mutant => mutantsOf(op).find(mutant => mutant.id === id)!;

/** The first style of each operator is the one that the others are held against. */
const rightOf = (op: string, style: string) =>
  (
    RIGHT.find(right => right.op === op && right.style === style) ?? RIGHT.find(right => right.op === op)!
  ).kernel();

/** Enough to tell all mutants of an operator apart. */
const searched = (op: string): Configuration[] => configurations(op, 'mutants', 40);

const RESULTS = ['y', 'dx', 'dw', 'db', 'inputs'] as const;

describe('the list', () => {
  test('counts 131 faults and 13 misbehaviours', () => {
    const others = Object.values(otherFaults).flatMap(text => text.split(' ').filter(id => id !== ''));
    expect([convFaults.length, others.length, harnessFaults.length]).toEqual([85, 46, 13]);
  });

  test.each(ops)('%s has every fault that its axes allow, and every misbehaviour', op => {
    const rank = Number(/(\d)d$/u.exec(op)?.[1] ?? 0);
    const family = op.replace(/\dd$/u, '');
    const ids = family === 'conv' ? convFaults : otherFaults[family]!.split(' ').filter(id => id !== '');
    const possible = ids.filter(
      id => !(twoAxes.includes(id) && rank < 2) && !(threeAxes.includes(id) && rank < 3),
    );
    const hasWeights = op === 'linear' || op.startsWith('conv');
    const misbehaviours = harnessFaults.filter(id => hasWeights || id !== 'H2-weights');
    expect(
      mutantsOf(op)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...possible, ...misbehaviours].sort());
  });

  test('each says a sentence, and where to look', () => {
    for (const { says, where } of MUTANTS) {
      expect(says).toMatch(/^[^\n]{10,100}\.$/u);
      expect(where).toMatch(/^[a-zA-Z][^\n]{5,60}$/u);
    }
  });

  test('an unknown style is refused by name', () => {
    for (const mutant of MUTANTS) {
      expect(() => mutant.kernel('sideways')).toThrow(expect.objectContaining({ code: 'unknown-style' }));
    }
  });
});

describe.each(ops)('%s', op => {
  const calls = searched(op);
  // What only a second call shows, two calls in a row show.
  const outcomesOf = (kernel: () => ModuleKernel): Outcome[] =>
    calls.map((call, k) => outcomeOf(kernel(), call, k < 2 ? 2 : 1));
  const rights = new Map<string, Outcome[]>();
  const rightOutcomes = (style: string): Outcome[] => {
    const known = rights.get(style) ?? outcomesOf(() => rightOf(op, style));
    rights.set(style, known);
    return known;
  };
  const outcomes = new Map<Mutant, Outcome[][]>(
    mutantsOf(op).map(mutant => [mutant, mutant.styles.map(style => outcomesOf(() => mutant.kernel(style)))]),
  );

  test('each mutant is wrong somewhere, in the result that it names', () => {
    for (const [{ id, result, styles }, byStyle] of outcomes) {
      styles.forEach((style, s) => {
        const right = rightOutcomes(style);
        const wrong = byStyle[s]!.findIndex((one, k) => {
          const names = id.startsWith('H2') ? (['inputs'] as const) : [result];
          return names.some(name => !agree(one[name], right[k]![name], slackOf(op)));
        });
        expect({ id, style, found: wrong >= 0 }).toEqual({ id, style, found: true });
      });
    }
  });

  test('the other results of each mutant are right', () => {
    for (const [{ id, result, styles }, byStyle] of outcomes) {
      if (id === 'H8' || id.startsWith('H2')) continue;
      styles.forEach((style, s) => {
        const right = rightOutcomes(style);
        for (const name of RESULTS.filter(one => one !== result)) {
          const wrong = byStyle[s]!.findIndex((one, k) => !agree(one[name], right[k]![name], 0));
          expect({ id, style, name, wrong }).toEqual({ id, style, name, wrong: -1 });
        }
      });
    }
  });

  test('the styles of a mutant are wrong in the same way', () => {
    for (const [{ id, styles }, [first, ...others]] of outcomes) {
      others.forEach((other, s) => {
        // Which partial sums are rounded depends on the order of the sum.
        if (id.startsWith('F12')) return;
        for (const name of RESULTS) {
          const unlike = other.findIndex((one, k) => !agree(first![k]![name], one[name], slackOf(op)));
          const style = styles[s + 1];
          expect({ id, style, name, unlike }).toEqual({ id, style, name, unlike: -1 });
        }
      });
    }
  });

  test('no two mutants are the same function', () => {
    const seen = new Map<string, string>();
    const twins: string[] = [];
    for (const [{ id }, [outcome]] of outcomes) {
      const text = JSON.stringify(outcome, (_, value) =>
        typeof value === 'number' ? (value === 0 ? '0' : String(value)) : value,
      );
      const twin = seen.get(text);
      if (twin !== undefined) twins.push(`${twin} = ${id}`);
      seen.set(text, id);
    }
    expect(twins).toEqual([]);
  });
});

/** Faults of a feature are none where the feature is absent. */
const absent: readonly [what: string, fixed: Fixed, ids: string][] = [
  ['stride 1', { stride: 1 }, 'C6 C7 C9-ceil X3 X4-other-axis X10 X11 X13 F6 F8 F8-wrong-end'],
  ['dilation 1', { dilation: 1 }, 'C7-dilation C8 C8-border C9 X6 X7 F6-window-step'],
  ['no padding and dilation 1', { padding: 0, dilation: 1 }, 'X8-full'],
  ['stride and dilation 1', { stride: 1, dilation: 1 }, 'X5 F6-exchanged'],
  [
    'no padding',
    { padding: 0 },
    'C4 C4-trailing C5 C6 C6-one-axis C7-padding C16 C16-edge X8 F7 F7-exchanged',
  ],
  ['one group', { groups: 1 }, 'C10 C10-reversed C11 X15 X15-first-group F10'],
  ['one image', { batch: 1 }, 'C14 X16 F1 F2 B1 B1-mean'],
  ['kernels of extent 1', { kernel: 1 }, 'C1 C2 X1 X1-one-axis X1-transposed X12 F4 F4-transposed X7'],
  ['contiguous cotangents', { isDense: true }, 'X19'],
  ['small integers', { filling: 'integers' }, 'F12'],
];

test.each(absent)('with %s some faults of conv2d are none', (_, fixed, ids) => {
  const calls = configurations('conv2d', 'absent', 25, fixed);
  for (const id of ids.split(' ')) {
    for (const call of calls) {
      const [got, right] = [
        outcomeOf(named('conv2d', id).kernel('direct'), call),
        outcomeOf(rightOf('conv2d', 'direct'), call),
      ];
      const wrong = RESULTS.filter(name => !agree(got[name], right[name], 0));
      const { params } = call;
      expect({ id, params, wrong }).toEqual({ id, params, wrong: [] });
    }
  }
});
