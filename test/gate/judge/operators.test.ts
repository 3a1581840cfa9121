/** The library's own kernels of every operator before every check: never failed, always found to say something. */
import { describe, expect, test } from 'vitest';
import { fillingsFor } from '../../../src/gate/judge/fillings.js';
import type { Finding } from '../../../src/gate/judge/judge.js';
import type { ResultName } from '../../../src/gate/subject/subject.js';
import { writtenParams } from '../../../src/gate/vectors/format.js';
import { operators, resolve } from '../../../src/ops/index.js';
import { CHECKS, judged } from './cases.js';
import { readable } from './readable.js';
import { rightAnswer, subjectOf } from './subjects.js';

/** The library's sums for y and what it has of gradients; nothing declared but the element types. */
const library = (op: string) =>
  subjectOf(op, call => rightAnswer(readable(call)), { dtypes: ['float64', 'float32'] });

async function findingsOf(op: string, seed: number) {
  const operator = operators.find(one => one.name === op)!;
  const { shapes, params: given } = operator.examples[seed % operator.examples.length]!;
  const params = writtenParams(operator, given, resolve(operator, shapes, given).rank);
  const found: { check: string; filling: string | null; result: ResultName; finding: Finding }[] = [];
  for (const check of CHECKS) {
    for (const dtype of ['float64', 'float32'] as const) {
      for (const filling of fillingsFor(check, { op, shapes, params, dtype })) {
        const { findings } = await judged(library(op), { op, shapes, params, dtype, check, filling, seed });
        for (const [result, finding] of Object.entries(findings))
          found.push({ check, filling, result: result as ResultName, finding });
      }
    }
  }
  return found;
}

describe.each(operators.map(({ name }) => name))('%s', op => {
  test('is never failed; y, and each gradient that is returned, agrees with something', async () => {
    const found = [...(await findingsOf(op, 0)), ...(await findingsOf(op, 1))];
    expect(found.filter(({ finding }) => finding.kind === 'failed')).toEqual([]);
    const agreed = new Set(
      found.flatMap(({ result, finding }) => (finding.kind === 'agreed' ? [result] : [])),
    );
    const gradients = Object.keys(operators.find(({ name }) => name === op)!.kernel.vjp);
    for (const input of gradients.filter(one => 'xwb'.includes(one))) expect(agreed).toContain(`d${input}`);
    expect(agreed).toContain('y');
  });
});
