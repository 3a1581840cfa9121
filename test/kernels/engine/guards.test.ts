import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Machine } from '../../../src/kernels/engine/machine.js';
import { createEngine, type Engine, type EngineKind, type FloatDType } from '../../../src/kernels/index.js';
import { cases } from '../cases.js';
import { transposedCases } from '../transposed-cases.js';
import { integers } from '../values.js';
import { convPasses, densePasses, difference, operandsOf, type Pass, transposedPasses } from './passes.js';
import { blankView, viewOf } from './views.js';

const extent = fc.integer({ min: 1, max: 20 });

/** All passes of one random case. */
const passes: fc.Arbitrary<readonly Pass[]> = fc.oneof(
  { weight: 4, arbitrary: cases.map(convPasses) },
  { weight: 2, arbitrary: transposedCases.map(transposedPasses) },
  { weight: 1, arbitrary: fc.tuple(extent, extent, extent).map(densePasses) },
);
const dtypes = fc.constantFrom<FloatDType>('float64', 'float32');
const seeds = fc.integer({ min: 0, max: 2 ** 30 });
const kinds: readonly EngineKind[] = ['wasm', 'tiled', 'plain'];

describe.each(kinds)('views inside larger buffers: %s', kind => {
  const engine = createEngine(kind);

  test('operands are read within their bounds and stay as they are, and only the cells of out are written', () => {
    const law = (all: readonly Pass[], dtype: FloatDType, seed: number) => {
      for (const pass of all) {
        const operands = operandsOf(pass, (shape, salt) => integers(shape, seed + salt, dtype, 20));
        const want = pass.run(operands, { engine: createEngine('plain') });
        const views = Object.values(operands).flatMap(it => (it ? [viewOf(it, Number.NaN)] : []));
        const [first, second, bias] = views.map(({ tensor }) => tensor);
        const out = blankView(pass.shapes.out, dtype);
        const given = { first: first!, second: second!, bias };
        const got = pass.run(given, { engine, out: out.tensor });
        expect(got).toBe(out.tensor);
        expect([pass.name, difference(got, want)]).toEqual([pass.name, null]);
        expect([pass.name, out.standsAround()]).toEqual([pass.name, true]);
        expect(views.map(view => view.stands())).toEqual(views.map(() => true));
      }
    };
    fc.assert(fc.property(passes, dtypes, seeds, law), { seed: 41, numRuns: 500 });
  });
});

/** Elements and integers behind those that a driver asked for. */
const BEHIND = 256;
/** No distance or address is that large; read as an element it is NaN. */
const UNTOUCHED = 0x7fff_0001;

/**
 * A machine that gives NaN for scratch memory, as "contents are undefined" allows, and more of it than was asked
 * for; `overrun` says what of the rest was written to.
 */
function guarded(machine: Machine) {
  let [calls, stands] = [0, (): boolean => true];
  const reserve: Machine['reserve'] = (elements, integers) => {
    machine.reserve(elements + BEHIND, integers + BEHIND);
    const scratch = machine.reserve(elements, integers)!;
    const { floats, integers: tables } = scratch;
    floats.fill(Number.NaN);
    tables.fill(UNTOUCHED);
    calls++;
    if (machine.unit === 1) {
      // Plain arrays only grow: what is behind is still there.
      stands = () => floats.subarray(elements).every(Number.isNaN) && isUntouched(tables.subarray(integers));
      return scratch;
    }
    const end = floats.byteOffset + elements * machine.unit;
    const parts = [
      new Int32Array(floats.buffer, integers * 4, floats.byteOffset / 4 - integers).fill(UNTOUCHED),
      new Int32Array(floats.buffer, end).fill(UNTOUCHED),
    ];
    stands = () => parts.every(isUntouched);
    return scratch;
  };
  /** Of the last call, if it took scratch. */
  const standing = (): boolean => {
    const all = stands();
    stands = () => true;
    return all;
  };
  return { machine: { ...machine, reserve }, calls: () => calls, standing };
}

const isUntouched = (tables: Int32Array): boolean => tables.every(value => value === UNTOUCHED);

describe.each(['wasm', 'tiled'] as const)('scratch memory: %s', kind => {
  const own = createEngine(kind);
  const machines = {
    float64: guarded(own.machine('float64')!),
    float32: guarded(own.machine('float32')!),
  };
  const engine: Engine = { ...own, machine: dtype => machines[dtype].machine };
  afterAll(() => {
    expect(Math.min(machines.float64.calls(), machines.float32.calls())).toBeGreaterThan(500);
  });

  test('nothing is read before it is written, and nothing behind what was reserved is touched', () => {
    const law = (all: readonly Pass[], dtype: FloatDType, seed: number) => {
      for (const pass of all) {
        const operands = operandsOf(pass, (shape, salt) => integers(shape, seed + salt, dtype, 20));
        const want = pass.run(operands, { engine: createEngine('plain') });
        expect([pass.name, difference(pass.run(operands, { engine }), want)]).toEqual([pass.name, null]);
        expect([pass.name, machines[dtype].standing()]).toEqual([pass.name, true]);
      }
    };
    fc.assert(fc.property(passes, dtypes, seeds, law), { seed: 42, numRuns: 800 });
  });
});
