/** The same call again. */
import { describe, expect, test } from 'vitest';
import type { WireTensor, WireTensors } from '../../../../src/gate/subject/subject.js';
import type { Params } from '../../../../src/ops/index.js';
import { caseOf, judged, messages, type Plan, subjectOf, verdicts } from './judging.js';
import { libraryKernel } from './library-kernel.js';

const linear: Plan = { shapes: { x: [3, 4], w: [2, 4], b: [2] }, params: {} };
const right = libraryKernel('linear');

type Change = (result: WireTensor, name: string, call: number, inputs: WireTensors) => WireTensor;

function changed(change: Change) {
  let calls = 0;
  return {
    forward: (inputs: WireTensors, params: Params) =>
      change(right.forward(inputs, params), 'y', calls++, inputs),
    backward(inputs: WireTensors, upstream: WireTensor, params: Params) {
      const call = calls++;
      const gradients = right.backward(inputs, upstream, params);
      return Object.fromEntries(
        Object.entries(gradients).map(([name, one]) => [name, change(one, `d${name}`, call, inputs)]),
      );
    },
  };
}

const filled = (tensor: WireTensor, value: (old: number, cell: number) => number): WireTensor => ({
  ...tensor,
  data: (tensor.data as Float64Array).map(value),
});

const judge = (kernel: object, declares: object, dtype: 'float64' | 'float32' = 'float64') =>
  judged(
    subjectOf('linear', kernel, { dtypes: ['float64', 'float32'], ...declares }),
    caseOf('repeat', 'linear', linear, { dtype }),
  );

const all = (verdict: string) => ({ y: verdict, dx: verdict, dw: verdict, db: verdict });

test.each(['float64', 'float32'] as const)('a kernel that keeps nothing, in %s', async dtype => {
  for (const deterministic of [true, false]) {
    const outcome = await judge(right, deterministic ? { deterministic } : {}, dtype);
    expect(verdicts(outcome)).toEqual(all('agreed'));
    expect(outcome.calls).toBe(deterministic ? 14 : 6);
  }
});

/** The last digit of real numbers changes with the call; integers stay as they are. */
const lastDigit: Change = (result, name, call) =>
  filled(result, (value, cell) => {
    const isReal = !Number.isInteger(value);
    return name === 'dw' && cell === 5 && isReal && call === 11 ? value * (1 + 2 ** -52) : value;
  });

describe('a kernel whose last digits change', () => {
  test('is refused where it declares to be deterministic', async () => {
    const outcome = await judge(changed(lastDigit), { deterministic: true });
    expect(verdicts(outcome)).toEqual({ ...all('agreed'), dw: 'nondeterministic' });
    expect(outcome.findings.dw).toMatchObject({
      message: 'dw is another one when the same call comes again',
      wrong: { index: [1, 1], cells: 1 },
    });
  });

  test('and is nobody’s affair where it does not', async () => {
    expect(verdicts(await judge(changed(lastDigit), {}))).toEqual(all('agreed'));
  });

  test('a NaN of other bits is the same NaN', async () => {
    const bits = new Float64Array(1);
    const nan: Change = (result, _name, call) => {
      const { data } = result;
      if (Number.isInteger(data[0]!)) return result;
      new BigUint64Array(bits.buffer)[0] = 0x7ff8000000000000n + BigInt(call);
      data[0] = bits[0]!;
      return result;
    };
    expect(messages(await judge(changed(nan), { deterministic: true }))).toEqual([]);
  });
});

/** What was computed for these shapes before. */
function remembering() {
  const known = new Map<string, WireTensor>();
  return changed((result, name) => {
    const before = known.get(name);
    known.set(name, result);
    return before ?? result;
  });
}

const planted: readonly [says: string, kernel: () => object, found: object][] = [
  ['gives what it gave for these shapes before', remembering, all('mismatch')],
  [
    'adds up its gradients to w from call to call',
    () => {
      const sum = new Float64Array(8);
      return changed((result, name) =>
        name === 'dw' ? filled(result, (value, cell) => (sum[cell]! += value)) : result,
      );
    },
    { ...all('agreed'), dw: 'mismatch' },
  ],
  [
    'is off by one in every third call',
    () =>
      changed((result, name, call) =>
        name === 'y' && call % 3 === 2 ? filled(result, one => one + 1) : result,
      ),
    { ...all('agreed'), y: 'mismatch' },
  ],
  [
    'writes to w in its second backward pass',
    () =>
      changed((result, name, call, { w }) => {
        if (name === 'dw' && call === 3) w!.data[0] = 1;
        return result;
      }),
    { ...all('mutated-input'), y: 'agreed' },
  ],
  [
    'returns no gradient to b in a later call',
    () => {
      let calls = 0;
      return {
        forward: right.forward,
        backward(...call: Parameters<typeof right.backward>) {
          const { b, ...others } = right.backward(...call);
          return calls++ === 0 ? { b, ...others } : others;
        },
      };
    },
    { ...all('agreed'), db: 'skipped' },
  ],
  [
    'turns its result into another type and shape',
    () =>
      changed((result, name, call) =>
        call < 4 || name !== 'dx' ? result : { ...result, shape: [1, ...result.shape] },
      ),
    { ...all('agreed'), dx: 'mismatch' },
  ],
];

test.each(planted)('a kernel is refused that %s', async (_, kernel, found) => {
  expect(verdicts(await judge(kernel(), {}))).toEqual(found);
});

test('only results of interest are asked for', async () => {
  const subject = subjectOf('linear', right, {});
  const context = { ...{ hangMs: 1000, missProbability: 1, precision: null }, results: ['y'] as const };
  const outcome = await judged(subject, caseOf('repeat', 'linear', linear), context);
  expect([verdicts(outcome), outcome.calls]).toEqual([{ y: 'agreed' }, 3]);
});
