import { describe, expect, test } from 'vitest';
import { createEngine, type EngineKind, type FloatDType } from '../../../src/kernels/index.js';
import { fromArray, type Tensor, zeros } from '../../../src/tensor/index.js';
import type { Case } from '../slow-conv.js';
import { integers } from '../values.js';
import { convPasses, densePasses, type Operands, operandsOf, type Pass, transposedPasses } from './passes.js';

/** Every pass has at least 6 cells in each operand and in its result. */
const line: Case = {
  x: [2, 4, 7],
  w: [6, 2, 3],
  stride: [2],
  dilation: [1],
  padding: [[1, 2]],
  groups: 2,
};
const passes = [
  ...convPasses(line),
  ...transposedPasses({ ...line, x: [2, 6, 4], outputPadding: [1] }),
  ...densePasses([6, 5, 7]),
];

type Out = Tensor<'float64'>;

/** Calls with an output whose type promises too much: what is refused at run time. */
const call = (pass: Pass, operands: Operands<'float64'>, engine: EngineKind, out: unknown): Out =>
  pass.run(operands, { engine: createEngine(engine), out: out as Out });

const operandsFor = (pass: Pass) => operandsOf(pass, (shape, salt) => integers(shape, salt, 'float64', 20));

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'accepted';
}

/** A tensor of NaN over a part of a buffer. */
function over(buffer: ArrayBuffer, byteOffset: number, shape: readonly number[]): Out {
  const count = shape.reduce((a, b) => a * b, 1);
  return { shape, data: new Float64Array(buffer, byteOffset, count), dtype: 'float64' };
}

/** The operands, the first of them inside a buffer with room on both sides. */
function roomy(pass: Pass) {
  const operands = operandsFor(pass);
  const cells = operands.first.data.length;
  const room = pass.shapes.out.reduce((a, b) => a * b, 1);
  const { buffer } = new Float64Array(cells + 2 * room).fill(Number.NaN);
  const first = over(buffer, 8 * room, pass.shapes.first);
  first.data.set(operands.first.data);
  return { operands: { ...operands, first }, buffer, room, cells };
}

describe.each(['wasm', 'tiled', 'plain'] as const)('the output that a caller gives: %s', engine => {
  describe.each(passes.map(pass => [pass.name, pass] as const))('%s', (_, pass) => {
    test.each(['float64', 'float32'] as const)('%s: every cell is written, and it is the result', dtype => {
      const operands = operandsOf(pass, (shape, salt) => integers(shape, salt, dtype as FloatDType, 20));
      const own = { engine: createEngine(engine) };
      const want = pass.run(operands, own);
      const out = { ...zeros(pass.shapes.out, dtype as FloatDType) };
      out.data.fill(Number.NaN);
      expect(pass.run(operands, { ...own, out })).toBe(out);
      expect([...out.data]).toEqual([...want.data]);
      expect(want.data.some(value => value !== 0)).toBe(true);
    });

    test('another shape, element type or kind of array is refused, and nothing is written', () => {
      const { out: shape } = pass.shapes;
      const cells = shape.reduce((a, b) => a * b, 1);
      const wrong: readonly (readonly [string, unknown])[] = [
        ['output-shape-mismatch', zeros([...shape, 1])],
        ['output-shape-mismatch', zeros([shape[0]! + 1, ...shape.slice(1)])],
        ['output-shape-mismatch', zeros([cells])],
        ['output-dtype-mismatch', zeros(shape, 'float32')],
        ['output-dtype-mismatch', zeros(shape, 'int32')],
        ['storage-mismatch', { shape, dtype: 'float64', data: new Float32Array(cells) }],
        ['storage-mismatch', { shape, dtype: 'float64', data: new Array<number>(cells).fill(0) }],
        ['data-length-mismatch', { shape, dtype: 'float64', data: new Float64Array(cells + 1) }],
      ];
      for (const [code, out] of wrong) {
        const { data } = out as Out;
        data.fill(7);
        expect(codeOf(() => call(pass, operandsFor(pass), engine, out))).toBe(code);
        expect([...data].every(value => value === 7)).toBe(true);
      }
    });

    test('memory of an operand is refused, and nothing is written', () => {
      for (const name of ['first', 'second', 'bias'] as const) {
        const operands = operandsFor(pass);
        const operand = operands[name];
        if (!operand) continue;
        // One buffer holds both, from its first byte on.
        const room = Math.max(
          operand.data.length,
          pass.shapes.out.reduce((a, b) => a * b, 1),
        );
        const shared = new Float64Array(room).fill(5);
        shared.set(operand.data);
        const same = { ...operand, data: shared.subarray(0, operand.data.length) };
        const before = [...shared];
        const out = over(shared.buffer, 0, pass.shapes.out);
        expect(codeOf(() => call(pass, { ...operands, [name]: same }, engine, out))).toBe('aliased-output');
        expect([...shared]).toEqual(before);
      }
    });

    test('views that overlap by a cell are refused, neighbours are not', () => {
      const { operands, buffer, room, cells } = roomy(pass);
      const before = Buffer.from(buffer.slice(0));
      for (const cell of [1, room + cells - 1]) {
        const out = over(buffer, 8 * cell, pass.shapes.out);
        expect(codeOf(() => call(pass, operands, engine, out))).toBe('aliased-output');
        expect(before.equals(Buffer.from(buffer))).toBe(true);
      }
      const want = [...call(pass, operands, engine, undefined).data];
      for (const cell of [0, room + cells]) {
        const out = over(buffer, 8 * cell, pass.shapes.out);
        expect([...call(pass, operands, engine, out).data]).toEqual(want);
      }
    });
  });
});

test('an operand as its own output names the operand', () => {
  const square = fromArray([2, 2], [1, 2, 3, 4]);
  const [matmul] = densePasses([2, 2, 2]);
  const run = () => matmul!.run({ first: square, second: fromArray([2, 2], [5, 6, 7, 8]) }, { out: square });
  expect(run).toThrow(
    expect.objectContaining({ code: 'aliased-output', data: { tensor: 'out', operand: 'x' } }),
  );
});

test('an output without cells shares nothing', () => {
  const second = fromArray([2, 2], [5, 6, 7, 8]);
  const [matmul] = densePasses([0, 2, 2]);
  const out = { shape: [0, 2], data: second.data.subarray(1, 1), dtype: 'float64' } as const;
  expect(matmul!.run({ first: fromArray([0, 2], []), second }, { out })).toBe(out);
});
