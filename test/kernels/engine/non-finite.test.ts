import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Machine } from '../../../src/kernels/engine/machine.js';
import {
  convForward,
  convInputVjp,
  convKernelVjp,
  createEngine,
  type Engine,
  type EngineKind,
  type FloatDType,
} from '../../../src/kernels/index.js';
import { fromArray, type Tensor } from '../../../src/tensor/index.js';
import { cases } from '../cases.js';
import { type Case, outputShape, slowConv } from '../slow-conv.js';
import { transposedCases } from '../transposed-cases.js';
import { integers } from '../values.js';
import { difference, operandsOf, transposedPasses } from './passes.js';

const kinds: readonly EngineKind[] = ['wasm', 'tiled', 'plain'];
const dtypes = fc.constantFrom<FloatDType>('float64', 'float32');
const seeds = fc.integer({ min: 0, max: 2 ** 30 });
const special = fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0);

/** Up to three values that are not ordinary, each in an operand at a place counted round. */
const plants = fc.array(
  fc.record({ operand: fc.integer({ min: 0, max: 3 }), at: fc.nat(10_000), value: special }),
  { minLength: 1, maxLength: 3 },
);
type Plants = readonly { operand: number; at: number; value: number }[];

function plant(tensors: readonly Tensor<FloatDType>[], all: Plants): void {
  for (const { operand, at, value } of all) {
    const { data } = tensors[operand % tensors.length]!;
    if (data.length > 0) data[at % data.length] = value;
  }
}

describe.each(kinds)('values that are not finite: %s', kind => {
  const engine = createEngine(kind);

  test('conv: only products of the component formula count, nothing is multiplied by padding', () => {
    const law = (it: Case, seed: number, dtype: FloatDType, all: Plants) => {
      const make = (shape: readonly number[], salt: number) => integers(shape, seed + salt, dtype, 20);
      const [x, w, b, yBar] = [make(it.x, 1), make(it.w, 2), make([it.w[0]!], 3), make(outputShape(it), 4)];
      plant([x, w, yBar, b], all);
      const slow = slowConv(it, x, w, b, yBar);
      const own = { engine };
      const got = {
        y: convForward({ x, w, b }, it, own),
        xBar: convInputVjp(yBar, w, it.x, it, own),
        wBar: convKernelVjp(yBar, x, it.w, it, own),
      };
      for (const name of ['y', 'xBar', 'wBar'] as const) {
        const want = fromArray([slow[name].length], slow[name]);
        expect([name, difference(got[name], want)]).toEqual([name, null]);
      }
    };
    fc.assert(fc.property(cases, seeds, dtypes, plants, law), { seed: 61, numRuns: 500 });
  });

  test('conv_transpose: as the plain loops', () => {
    fc.assert(
      fc.property(transposedCases, seeds, dtypes, plants, (it, seed, dtype, all) => {
        for (const pass of transposedPasses(it)) {
          const operands = operandsOf(pass, (shape, salt) => integers(shape, seed + salt, dtype, 20));
          plant([operands.first, operands.second, ...(operands.bias ? [operands.bias] : [])], all);
          const want = pass.run(operands, { engine: createEngine('plain') });
          expect([pass.name, difference(pass.run(operands, { engine }), want)]).toEqual([pass.name, null]);
        }
      }),
      { seed: 62, numRuns: 250 },
    );
  });

  const infinite = Number.POSITIVE_INFINITY;
  const padded = (groups: number) => ({ stride: [1], dilation: [1], padding: [[1, 0] as const], groups });
  const repeated = (count: number, values: readonly number[]) =>
    Array.from({ length: count }, () => values).flat();

  // One output channel goes along the planes, five are a product of matrices.
  test.each([1, 5])('over padding an infinite weight or cotangent adds nothing: %i channels', channels => {
    const x = fromArray([1, 1, 1], [2]);
    const w = fromArray([channels, 1, 2], repeated(channels, [infinite, 3]));
    expect([...convForward({ x, w }, padded(1), { engine }).data]).toEqual(repeated(channels, [6]));
    // y1 = w2 x1, y2 = w1 x1 + w2 x2, and w1 meets padding in y1.
    const yBar = fromArray([1, channels, 2], repeated(channels, [infinite, 5]));
    const wBar = convKernelVjp(yBar, fromArray([1, 1, 2], [2, 7]), [channels, 1, 2], padded(1), { engine });
    expect([...wBar.data]).toEqual(repeated(channels, [10, infinite]));
  });

  test.each([1, 5])('NaN in x reaches exactly the outputs whose windows hold it: %i channels', channels => {
    const x = fromArray([1, 1, 7], [1, 2, 3, Number.NaN, 5, 6, 7]);
    const w = fromArray([channels, 1, 2], repeated(channels, [10, 1]));
    const skipping = { ...padded(1), dilation: [2] };
    const y = convForward({ x, w }, skipping, { engine });
    // Cell p reads x at p - 1 and p + 1.
    expect([...y.data]).toEqual(repeated(channels, [2, 13, Number.NaN, 35, Number.NaN, 57]));
  });
});

/** Calls of the products and sweeps of a machine. */
function counted(kind: 'wasm' | 'tiled') {
  const own = createEngine(kind);
  const machine = own.machine('float64')!;
  let calls = 0;
  const counting: Machine = {
    ...machine,
    multiplyPlanes: (...all) => {
      calls++;
      machine.multiplyPlanes(...all);
    },
    sweep: (...all) => {
      calls++;
      machine.sweep(...all);
    },
  };
  const engine: Engine = { ...own, machine: () => counting };
  return { engine, calls: () => calls };
}

describe.each(['wasm', 'tiled'] as const)('who computes: %s', kind => {
  test.each([1, 5])('infinite weights are left to the plain loops, infinite inputs are not: %i', channels => {
    const { engine, calls } = counted(kind);
    const geometry = { stride: [1], dilation: [1], padding: [[0, 0] as const], groups: 1 };
    const x = fromArray([1, 1, 3], [1, Number.POSITIVE_INFINITY, 3]);
    const w = integers([channels, 1, 2], 1, 'float64');
    convForward({ x, w }, geometry, { engine });
    expect(calls()).toBe(1);
    w.data[w.data.length - 1] = Number.POSITIVE_INFINITY;
    convForward({ x, w }, geometry, { engine });
    expect(calls()).toBe(1);
  });
});
