/** The catalogue before every rung: no right kernel is failed, and no wrong one passes data that can show its fault. */
import { describe, expect, test } from 'vitest';
import type { ValueCheck } from '../../../src/gate/judge/judge-case.js';
import { MUTANTS, RIGHT } from '../../../src/gate/mutants/catalogue.js';
import type { Fixed } from '../mutants/configurations.js';
import { allFindings, CHECKS, casesOf, findingsIn } from './cases.js';

const operators = [...new Set(RIGHT.map(({ op }) => op))];

/** Faults that these data cannot show, and what can. */
const UNSEEN: Readonly<Record<string, string>> = {
  X19: 'a strided cotangent',
  H8: 'nothing: it declines every call, so that nothing is verified either',
  M2: 'equal maxima',
  M3: 'equal maxima',
  M6: 'equal maxima',
  M7: 'a NaN',
  'M7-always': 'a NaN',
  R2: 'a zero',
  'R2-nan': 'a NaN',
};

/** Shapes at which faults show that most shapes hide. */
const SHAPES: Readonly<Record<string, readonly Fixed[]>> = {
  conv2d: [{}, { kernel: 3, stride: 1, dilation: 1 }],
};

const integers: Fixed = { filling: 'integers' };

describe.each(operators)('%s', op => {
  const count = op.endsWith('3d') ? 4 : 8;
  const cases = (SHAPES[op] ?? [{}]).flatMap((fixed, k) =>
    casesOf(op, `rungs ${k}`, count, CHECKS, { ...integers, ...fixed }),
  );

  test.each(RIGHT.filter(right => right.op === op).map(right => [right.style, right] as const))(
    'a right kernel in style %s is failed by no check',
    async (_, { kernel }) => {
      const found = await allFindings(op, kernel(), cases);
      expect(found.filter(({ finding }) => finding.kind === 'failed')).toEqual([]);
      const shown = new Set(
        found.flatMap(({ finding }) => (finding.kind === 'agreed' ? [finding.rung] : [])),
      );
      expect(shown.has('bounded')).toBe(true);
      expect(found.filter(({ finding }) => finding.kind === 'agreed').length).toBeGreaterThan(6 * count);
    },
  );
});

const killers: Readonly<Record<'sums' | 'others', readonly ValueCheck[]>> = {
  sums: ['bounded'],
  others: ['exact', 'bounded', 'difference'],
};

describe.each(operators)('mutants of %s', op => {
  const isSum = /^(conv|linear)/u.test(op);
  const checks = killers[isSum ? 'sums' : 'others'];

  test('each is failed, in the result that it spoils and in no other', async () => {
    const cases = casesOf(op, 'rungs of mutants', 100, checks, integers);
    const live: string[] = [];
    const blamed: string[] = [];
    for (const mutant of MUTANTS.filter(one => one.op === op && !(one.id in UNSEEN))) {
      let isKilled = false;
      for await (const { result, finding } of findingsIn(op, mutant.kernel(mutant.styles[0]!), cases)) {
        if (finding.kind !== 'failed') continue;
        isKilled = result === mutant.result;
        // What writes to its operands does so in both passes.
        if (!isKilled && !mutant.id.startsWith('H2')) blamed.push(`${mutant.id}: ${result}`);
        if (isKilled) break;
      }
      if (!isKilled) live.push(`${mutant.id}: ${mutant.says}`);
    }
    expect({ live, blamed }).toEqual({ live: [], blamed: [] });
  });
});
