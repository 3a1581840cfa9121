/** The pinned vectors hold, hunt every known mistake, and every fault that is put into them is reported. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { BackproofError } from '../../../src/error.js';
import { rational } from '../../../src/exact/index.js';
import type { VectorCase, VectorTensor } from '../../../src/gate/index.js';
import { prepared, valuesFrom } from '../../../src/gate/vectors/reference.js';
import { withOneHot } from '../../../src/gate/vectors/targets.js';
import { type Mistake, operatorNamed, resolve } from '../../../src/ops/index.js';
import { atShape, mistakeCells } from '../../../src/proof/index.js';
import { sameShape } from '../../../src/tensor/index.js';
import { withFiles } from '../../cli/run.js';
import { cellValues } from '../../ops/numbers.js';
import { pinned, pinnedOperators, pinnedPath, pinnedText, precision, verified, withCell } from './cases.js';

describe.each(pinnedOperators)('%s', op => {
  const cases = pinned(op);

  test('every case agrees with the definition, the claims and the kernel', () => {
    expect(verified(cases)).toMatchObject({
      cases: cases.length,
      agreed: cases.length,
      failed: [],
      unsupported: [],
    });
  });

  test('together they hunt every known mistake', () => {
    const flags = new Set(cases.flatMap(one => one.flags));
    const known = operatorNamed(op).mistakes.map(one => one.name);
    expect(known.filter(name => !flags.has(name))).toEqual([]);
  });

  test('a mistake in the place of a gradient is reported by every case that hunts it', () => {
    const { mistakes } = operatorNamed(op);
    let planted = 0;
    for (const one of cases.filter(({ upstream }) => upstream !== null)) {
      for (const mistake of mistakes.filter(({ name }) => one.flags.includes(name))) {
        const wrong = mistaken(one, mistake);
        if (!wrong) continue;
        const report = verified([{ ...one, exact: false, outputs: {}, grads: { [mistake.wrt]: wrong } }]);
        expect(
          report.failed.map(({ id, tensor, by }) => [id, tensor, by]),
          `${one.id}: ${mistake.name}`,
        ).toEqual([[one.id, `d${mistake.wrt}`, 'definition']]);
        planted++;
      }
    }
    expect(planted).toBeGreaterThan(0);
  });

  test('one wrong cell of any tensor is found at its index, with both values', () => {
    for (const one of cases.slice(0, 3)) {
      const y = one.outputs.y!;
      const last = y.data.length - 1;
      const [failure] = verified([{ ...one, grads: {}, outputs: { y: withCell(y, last, 1e6) } }]).failed;
      expect(failure).toMatchObject({ id: one.id, tensor: 'y', expected: 1e6, got: y.data[last] });
      expect(failure!.index).toEqual(y.shape.map(extent => extent - 1));
      for (const [name, gradient] of Object.entries(one.grads)) {
        const grads = { [name]: withCell(gradient, 0, Number(gradient.data[0]) + 1) };
        const { failed } = verified([{ ...one, outputs: {}, grads }]);
        expect(failed).toMatchObject([{ tensor: `d${name}`, index: gradient.shape.map(() => 0) }]);
      }
    }
  });
});

/** What the mistake gives at this case; null where it does not even fit. */
function mistaken(one: VectorCase, mistake: Mistake): VectorTensor | null {
  const operator = operatorNamed(one.op);
  const inputs = withOneHot(one);
  const shapes = Object.entries(inputs).map(([name, { shape }]) => [name, shape] as const);
  const call = resolve(operator, Object.fromEntries(shapes), one.params);
  const right = one.grads[mistake.wrt]!;
  const claim = mistake.claim(call.params, call.rank);
  const given = { ...inputs, yBar: one.upstream! };
  const work = prepared({ operator, call, dtype: 'float64', given, one: { exact: false }, precision });
  if (!work.expressed) {
    const cells = mistakeCells(atShape(operator, call)(mistake.wrt), claim);
    return cells && { ...right, data: cellValues(cells, floats(given)) };
  }
  try {
    const { shape, values } = work.expressed.claim(claim);
    return sameShape(shape, right.shape) ? { ...right, data: valuesFrom(work, values).numbers } : null;
  } catch (error) {
    if (error instanceof BackproofError) return null;
    throw error;
  }
}

describe('how closely', () => {
  const [exact] = pinned('conv1d');
  const rounded = pinned('conv1d').find(one => !one.exact)!;
  const y = exact!.outputs.y!;

  test('an exact case is compared bit for bit', () => {
    const value = Number(y.data[3]);
    const next = value + 2 ** -40;
    expect(verified([{ ...exact!, outputs: { y: withCell(y, 3, next) } }]).failed).toHaveLength(1);
    expect(verified([{ ...exact!, outputs: { y: withCell(y, 3, `${2 * value}/2`) } }]).failed).toEqual([]);
    expect(
      verified([{ ...exact!, outputs: { y: withCell(y, 3, `${2 * value + 1}/2`) } }]).failed,
    ).toHaveLength(1);
  });

  test('the sign of zero is a bit', () => {
    const one = pinned('conv1d').find(({ grads }) => grads.x?.data.includes(0))!;
    const cell = one.grads.x!.data.indexOf(0);
    const { failed } = verified([{ ...one, grads: { x: withCell(one.grads.x!, cell, -0) } }]);
    expect(failed).toMatchObject([{ tensor: 'dx', by: 'kernel', got: 0 }]);
  });

  test('a rounded case within the derived bound, and not beyond', () => {
    const result = rounded.outputs.y!;
    const value = Number(result.data[0]);
    const moved = (by: number) =>
      verified([{ ...rounded, outputs: { y: withCell(result, 0, value * (1 + by)) } }]);
    expect(moved(2 ** -52).failed).toEqual([]);
    expect(moved(2 ** -36).failed).toMatchObject([{ tensor: 'y', index: [0, 0, 0] }]);
    const tolerance = { abs: 0, rel: 2 ** -30, reason: 'printed with nine digits' };
    const loose = { ...rounded, tolerance, outputs: { y: withCell(result, 0, value * (1 + 2 ** -36)) } };
    expect(verified([loose]).failed).toEqual([]);
    expect(verified([{ ...loose, tolerance: { ...tolerance, rel: 2 ** -40 } }]).failed).toHaveLength(1);
  });

  test('NaN and the infinities of a kernel that meets them', () => {
    const [x] = [exact!.inputs.x!];
    const data = x.data.map((value, k) => (k === 0 ? Number.POSITIVE_INFINITY : value));
    const inputs = { ...exact!.inputs, x: { ...x, data } };
    const wrong = verified([{ ...exact!, inputs, grads: {}, upstream: null }]);
    expect(wrong.failed).toMatchObject([{ tensor: 'y' }]);
    const w = Number(exact!.inputs.w!.data[0]);
    const outputs = { y: withCell(y, 0, w > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY) };
    const right = verified([{ ...exact!, inputs, outputs, grads: {}, upstream: null }]);
    // The cell at the other output channels sees the infinity too: only the first is repaired.
    expect(right.failed[0]!.index).not.toEqual([0, 0, 0]);
  });

  test('shapes and element types are compared first', () => {
    const shape = [...y.shape.slice(0, 2), 1, y.shape[2]!];
    expect(verified([{ ...exact!, outputs: { y: { ...y, shape } } }]).failed).toMatchObject([
      { tensor: 'y', index: null, expected: 'float64 [2,5,1,4]', got: 'float64 [2,5,4]' },
    ]);
    expect(verified([{ ...exact!, outputs: { y: { ...y, dtype: 'float32' } } }]).failed).toHaveLength(1);
    const upstream = { ...exact!.upstream!, shape };
    expect(verified([{ ...exact!, upstream }]).failed).toMatchObject([{ tensor: 'upstream', index: null }]);
  });
});

describe('what cannot be judged is unsupported, with a reason', () => {
  const [one] = pinned('conv2d');
  const typed = (dtype: 'int32' | 'bfloat16') => {
    const retype = (tensor: VectorTensor) => ({ ...tensor, dtype });
    return { ...one!, inputs: { x: retype(one!.inputs.x!), w: retype(one!.inputs.w!) } };
  };
  const huge = {
    shape: [1, 1, 1200, 1200],
    dtype: 'float64' as const,
    data: new Array<number>(1440000).fill(2),
  };

  test.each<[string, VectorCase, RegExp]>([
    ['integers', typed('int32'), /float64 or float32/],
    ['half precision', typed('bfloat16'), /float64 or float32/],
    ['nothing to compare', { ...one!, outputs: {}, grads: {} }, /no output/],
    [
      'a sum of millions',
      {
        ...one!,
        inputs: { x: huge, w: { shape: [1, 1, 2, 2], dtype: 'float64', data: [2, 3, 4, 5] } },
        grads: {},
      },
      /shape-too-large/,
    ],
  ])('%s', (_, changed, reason) => {
    const params = { ...one!.params };
    const report = verified([{ ...changed, params }]);
    expect(report).toMatchObject({ cases: 1, agreed: 0, failed: [] });
    expect(report.unsupported[0]!.reason).toMatch(reason);
  });
});

describe('the reader in Python', () => {
  const script = fileURLToPath(new URL('../../../src/gate/clients/python/read_vectors.py', import.meta.url));
  const python = (path: string) => spawnSync('python3', [script, path], { encoding: 'utf8' });
  const missing = spawnSync('python3', ['--version']).status !== 0;

  test.skipIf(missing)('reads what is pinned, and prints the shapes', () => {
    for (const op of pinnedOperators) {
      const { stdout, stderr, status } = python(pinnedPath(op));
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain(`${pinned(op).length} cases`);
      expect(stdout).toContain(`${pinned(op)[0]!.id} x[`);
    }
  });

  test.skipIf(missing)('refuses a cut line with its number', () => {
    withFiles({ 'cut.jsonl': `${pinnedText('conv1d').split('\n')[0]}\n{"formatVersion":1,` }, folder => {
      const { status, stderr } = python(join(folder, 'cut.jsonl'));
      expect(status).toBe(1);
      expect(stderr).toContain('cut.jsonl, line 2:');
    });
  });
});

const floats = (tensors: Readonly<Record<string, VectorTensor>>) =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => {
      const numbers = data.map(value =>
        typeof value === 'number' ? value : rational.toNumber(rational.from(value)),
      );
      return [name, { shape, dtype: 'float64' as const, data: Float64Array.from(numbers) }];
    }),
  );
