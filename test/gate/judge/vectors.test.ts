/** Every operator's golden vectors as cases for a kernel: right ones agree, one wrong cell is found. */
import { describe, expect, test } from 'vitest';
import type { CaseOutcome } from '../../../src/gate/judge/judge.js';
import { judgeVector } from '../../../src/gate/judge/vectors.js';
import type { Declares } from '../../../src/gate/subject/declares.js';
import type { WireTensor } from '../../../src/gate/subject/subject.js';
import { operatorNamed } from '../../../src/ops/index.js';
import { pinned, pinnedOperators, precision } from '../vectors/cases.js';
import { readable } from './readable.js';
import { rightAnswer, subjectOf } from './subjects.js';

const BOTH: Partial<Declares> = { dtypes: ['float64', 'float32'], ties: 'first', kink: 0 };

type Findings = CaseOutcome['findings'];

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

describe('a policy other than the definition', () => {
  const findingsAt = async (
    op: string,
    flag: string,
    declares: Partial<Declares>,
    slip: Change = () => {},
  ) => {
    const subject = subjectOf(
      op,
      call => {
        const right = rightAnswer(readable(call));
        if (right.dx) slip(right.dx);
        return right;
      },
      { ...BOTH, ...declares },
    );
    const one = pinned(op).find(({ flags }) => flags.includes(flag))!;
    return (await judgeVector(subject, subject.offers.get(op)!, one, precision, { hangMs: 1000 })).findings;
  };

  test.each([
    ['max_pool2d', 'ties', { ties: 'last' }, 'ties: last'],
    ['max_pool2d', 'ties', { ties: 'any' }, 'ties: any'],
    ['relu', 'kink', { kink: 1 }, 'kink: 1'],
    ['relu', 'kink', { kink: 'any' }, 'kink: any'],
  ] as const)('%s, %s: the gradient is left to the check of %o', async (op, flag, declares, why) => {
    const { y, dx } = await findingsAt(op, flag, declares);
    expect(y).toMatchObject({ kind: 'agreed' });
    expect(dx).toEqual({ kind: 'skipped', why: expect.stringContaining(why) });
  });

  test.each([
    ['max_pool2d', 'ties', {}],
    ['max_pool2d', 'overlap', { ties: 'any' }],
    ['relu', 'kink', {}],
    ['relu', 'ordinary', { kink: 1 }],
  ] as const)('%s, %s, %o: there the gradient is judged', async (op, flag, declares) => {
    expect((await findingsAt(op, flag, declares)).dx).toMatchObject({ kind: 'agreed' });
    const slip: Change = ({ data }) => {
      data[0] = data[0]! + 1;
    };
    expect((await findingsAt(op, flag, declares, slip)).dx).toMatchObject({ kind: 'failed' });
  });
});

test('an inexact kernel may be off by its constant, also where the numbers stay exact', async () => {
  const off =
    (factor: number): Change =>
    ({ data }) => {
      data.forEach((value, k) => {
        data[k] = value * (1 + factor);
      });
    };
  const inexact = { ...BOTH, arithmetic: 'inexact' as const };
  expect(kindsOf(await judged('conv2d', off(2 ** -45), inexact))).toEqual(new Set(['agreed']));
  expect(kindsOf(await judged('conv2d', off(2 ** -45)))).toContain('failed');
  expect(kindsOf(await judged('conv2d', off(2 ** -20), inexact))).toContain('failed');
});

test('sums in 16 bits are held to bounds of their own', async () => {
  const bfloat = { ...BOTH, accumulate: 'bfloat16' as const };
  const off: Change = ({ data }) => {
    data.forEach((value, k) => {
      data[k] = value * (1 + 2 ** -9);
    });
  };
  expect(kindsOf(await judged('linear', off, bfloat))).toEqual(new Set(['agreed']));
  expect(kindsOf(await judged('linear', off))).toContain('failed');
});
