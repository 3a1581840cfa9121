/** The catalogue of wrong kernels before the exact rung: every fault that integers can show is found, no right kernel is failed. */
import { describe, expect, test } from 'vitest';
import { probeExactly } from '../../../src/gate/judge/exact.js';
import { MUTANTS, RIGHT } from '../../../src/gate/mutants/catalogue.js';
import type { ModuleKernel } from '../../../src/gate/mutants/kernel.js';
import { openFunctions } from '../../../src/gate/subject/in-process.js';
import type { ResultName } from '../../../src/gate/subject/subject.js';
import { operatorNamed } from '../../../src/ops/index.js';
import { type Configuration, configurations } from '../mutants/configurations.js';

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

async function probe(kernel: ModuleKernel, { op, params, inputs }: Configuration, seed: number) {
  const subject = openFunctions({ [op]: kernel } as Parameters<typeof openFunctions>[0], 'test');
  const shapes = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
  return probeExactly(subject, subject.offers.get(op)!, {
    operator: operatorNamed(op),
    configuration: { shapes, params },
    dtype: 'float64',
    seed,
    missProbability: 1e-6,
    hangMs: 10_000,
  });
}

describe.each(OPERATORS)('%s', op => {
  const calls = configurations(op, 'exact rung', 60, { isDense: true });

  test('every mutant is found in the result that it spoils', async () => {
    const live: string[] = [];
    for (const mutant of MUTANTS.filter(one => one.op === op && !(one.id in UNSEEN))) {
      const found = new Set<ResultName>();
      for (const call of calls) {
        const { findings } = await probe(mutant.kernel(mutant.styles[0]!), call, 3);
        for (const [result, { kind }] of Object.entries(findings)) {
          if (kind !== 'agreed' && kind !== 'skipped') found.add(result as ResultName);
        }
        if (found.has(mutant.result)) break;
      }
      if (!found.has(mutant.result)) live.push(`${mutant.id}: ${mutant.says}`);
    }
    expect(live).toEqual([]);
  });

  test('right kernels in every exact style agree', async () => {
    let probes = 0;
    for (const { kernel, style } of RIGHT.filter(one => one.op === op)) {
      const { declares } = kernel();
      if (declares.arithmetic === 'inexact' || declares.dtypes?.includes('float64') === false) continue;
      for (const call of calls.slice(0, 20)) {
        const outcome = await probe(kernel(), call, 4);
        const kinds = Object.values(outcome.findings).map(({ kind }) => kind);
        expect([style, kinds.filter(kind => kind !== 'agreed')]).toEqual([style, []]);
        probes += outcome.probes;
      }
    }
    expect(probes).toBeGreaterThan(30);
  });
});
