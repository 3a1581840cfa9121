/** Every operator's golden vectors as cases for a kernel: right ones agree, one wrong cell is found. */
import { describe, expect, test } from 'vitest';
import type { CaseOutcome } from '../../../src/gate/judge/judge.js';
import { judgeVector } from '../../../src/gate/judge/vectors.js';
import type { Declares } from '../../../src/gate/subject/declares.js';
import type { SubjectCall, WireTensor } from '../../../src/gate/subject/subject.js';
import { operatorNamed } from '../../../src/ops/index.js';
import { oneHot, type Tensor } from '../../../src/tensor/index.js';
import { pinned, pinnedOperators, precision } from '../vectors/cases.js';
import { rightAnswer, subjectOf } from './subjects.js';

const BOTH: Partial<Declares> = { dtypes: ['float64', 'float32'], ties: 'first', kink: 0 };

type Findings = CaseOutcome['findings'];

/** The library's kernels read classes as one-hot rows. */
function readable(call: SubjectCall): SubjectCall {
  const { target, x } = call.inputs;
  if (!target || !x || target.dtype !== 'int32') return call;
  const rows = oneHot(target as Tensor<'int32'>, x.shape.at(-1)!);
  const data = x.dtype === 'float32' ? Float32Array.from(rows.data) : Float64Array.from(rows.data);
  return { ...call, inputs: { ...call.inputs, target: { shape: rows.shape, data, dtype: x.dtype } } };
}

type Change = (tensor: WireTensor) => void;

async function judged(op: string, change: Change, declares = BOTH): Promise<Findings[]> {
  const subject = subjectOf(
    op,
    call => {
      const right = rightAnswer(readable(call));
      for (const tensor of Object.values(right)) change(tensor);
      return right;
    },
    declares,
  );
  const findings: Findings[] = [];
  for (const one of pinned(op)) {
    const outcome = await judgeVector(subject, subject.offers.get(op)!, one, precision, { hangMs: 1000 });
    findings.push(outcome.findings);
  }
  return findings;
}

const kindsOf = (findings: readonly Findings[]): Set<string> =>
  new Set(findings.flatMap(one => Object.values(one).map(({ kind }) => kind)));

describe.each(pinnedOperators)('%s', op => {
  const kernels = Object.keys(operatorNamed(op).kernel.vjp);

  test('the built-in kernel agrees', async () => {
    const findings = await judged(op, () => {});
    expect(findings.every(one => Object.keys(one).length > 0)).toBe(true);
    for (const one of findings) {
      const { y, ...gradients } = one;
      const wants = ([result]: [string, unknown]) =>
        kernels.includes(result.slice(1)) ? 'agreed' : 'skipped';
      if (y) expect(y.kind).toBe('agreed');
      for (const entry of Object.entries(gradients)) expect(entry[1].kind).toBe(wants(entry));
    }
  });

  test('one wrong cell in every result is found in every case that has cells', async () => {
    const findings = await judged(op, ({ data }) => {
      if (data.length > 0) data[data.length - 1] = data[data.length - 1]! * 1.001 + 0.25;
    });
    const wrong = findings.flatMap(one => Object.values(one)).filter(({ kind }) => kind === 'failed');
    expect(wrong.length).toBeGreaterThan(findings.length / 2);
  });

  test('an element type that is not declared is skipped', async () => {
    const findings = await judged(op, () => {}, { dtypes: ['float16'] });
    expect(kindsOf(findings)).toEqual(new Set(['skipped']));
  });
});

test('a case in 16 bits is skipped: nothing is computed in another type and called agreed', async () => {
  const subject = subjectOf('relu', (_, right) => right(), BOTH);
  const [first] = pinned('relu');
  const x = { ...first!.inputs.x!, dtype: 'float16' } as const;
  const half = { ...first!, inputs: { x } };
  const { findings } = await judgeVector(subject, subject.offers.get('relu')!, half, precision, {
    hangMs: 1000,
  });
  expect(Object.keys(findings).length).toBeGreaterThan(0);
  expect(kindsOf([findings])).toEqual(new Set(['skipped']));
});
