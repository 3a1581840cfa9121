/** The catalogue of wrong kernels before the exact rung: every fault that integers can show is found. */
import { describe, expect, test } from 'vitest';
import { MUTANTS } from '../../../src/gate/mutants/catalogue.js';
import type { ResultName } from '../../../src/gate/subject/subject.js';
import { casesOf, findingsIn } from './cases.js';

const OPERATORS = [
  'conv1d',
  'conv2d',
  'conv3d',
  'conv_transpose1d',
  'conv_transpose2d',
  'conv_transpose3d',
  'linear',
];

/** Faults that dense integers cannot show, and why. */
const UNSEEN: Readonly<Record<string, string>> = {
  X19: 'needs a strided cotangent',
  H8: 'declines every call: nothing is found, and nothing verified',
};

describe.each(OPERATORS)('%s', op => {
  const cases = casesOf(op, 'exact rung', 60, ['exact'], { isDense: true }).filter(
    ({ dtype }) => dtype === 'float64',
  );

  test('every mutant is found in the result that it spoils', async () => {
    const live: string[] = [];
    for (const mutant of MUTANTS.filter(one => one.op === op && !(one.id in UNSEEN))) {
      const found = new Set<ResultName>();
      for await (const { result, finding } of findingsIn(op, mutant.kernel(mutant.styles[0]!), cases)) {
        if (finding.kind === 'failed') found.add(result);
        if (found.has(mutant.result)) break;
      }
      if (!found.has(mutant.result)) live.push(`${mutant.id}: ${mutant.says}`);
    }
    expect(live).toEqual([]);
  });
});
