import { describe, expect, test } from 'vitest';
import { type ConvCall, outputShape } from '../../../../src/gate/judge/jacobian/kernel.js';
import { cellsByColour, type Windows, windowsOf } from '../../../../src/gate/judge/jacobian/windows.js';
import { size, unravel } from '../../../../src/tensor/index.js';

const some = [1, 2, 3];
const axes = [4, 7, 12].flatMap(input =>
  [1, 2, 3, 4].flatMap(kernel =>
    [1, 2, 3, 4].flatMap(stride =>
      some.flatMap(dilation =>
        [0, 1, 4].map(before => ({ input, kernel, stride, dilation, before, after: dilation })),
      ),
    ),
  ),
);
type Axis = (typeof axes)[number];

const callOf = (list: readonly Axis[]): ConvCall => ({
  x: [1, 1, ...list.map(({ input }) => input)],
  w: [1, 1, ...list.map(({ kernel }) => kernel)],
  stride: list.map(({ stride }) => stride),
  dilation: list.map(({ dilation }) => dilation),
  padding: list.map(({ before, after }): [number, number] => [before, after]),
  groups: 1,
});

/** For every output the cells that it meets, straight from i = s p + d q - a. */
function metBy(call: ConvCall, output: readonly number[]): Set<number>[] {
  const [inputs, taps] = [call.x.slice(2), call.w.slice(2)];
  return Array.from({ length: size(output) }, (_, p) => {
    const met = new Set<number>();
    for (let q = 0; q < size(taps); q++) {
      const [at, tap] = [unravel(output, p), unravel(taps, q)];
      const cell = at.map(
        (one, k) => call.stride[k]! * one + call.dilation[k]! * tap[k]! - call.padding[k]![0],
      );
      if (cell.some((i, k) => i < 0 || i >= inputs[k]!)) continue;
      met.add(cell.reduce((flat, i, k) => flat * inputs[k]! + i, 0));
    }
    return met;
  });
}

/** Two cells of one colour with something in common, as text; null if none. */
function clash(colours: readonly number[][], reached: readonly ReadonlySet<number>[]): string | null {
  for (const cells of colours) {
    const owner = new Map<number, number>();
    for (const cell of cells) {
      for (const one of reached[cell]!) {
        if (owner.has(one)) return `${owner.get(one)} and ${cell} share ${one}`;
        owner.set(one, cell);
      }
    }
  }
  return null;
}

const turned = (sets: readonly ReadonlySet<number>[], count: number): Set<number>[] =>
  Array.from({ length: count }, (_, i) => new Set(sets.flatMap((set, p) => (set.has(i) ? [p] : []))));

function clashes(call: ConvCall, change: (windows: Windows) => Windows = same => same) {
  const output = outputShape(call).slice(2);
  const windows = change(windowsOf(call, output));
  const met = metBy(call, output);
  return {
    cells: Array.from({ length: windows.outputs }, (_, p) => {
      const row = windows.cellAt.subarray(p * windows.taps, (p + 1) * windows.taps);
      return new Set(row.filter(cell => cell >= 0));
    }),
    met,
    inputs: clash(cellsByColour(windows.inputColours), turned(met, windows.inputs)),
    outputs: clash(cellsByColour(windows.outputColours), met),
    windows,
  };
}

describe('cells of one colour share nothing, and every cell has a colour', () => {
  const planes = axes
    .filter((_, k) => k % 17 === 0)
    .map((axis, k) => [axis, axes[(k * 29 + 5) % axes.length]!]);

  test.each([
    ['lines', axes.map(axis => [axis])],
    ['planes', planes],
    [
      'volumes',
      planes.slice(0, 8).map((two, k) => [axes[k * 7]!, ...two].map(one => ({ ...one, input: 4 }))),
    ],
  ] as const)('%s', (_, lists) => {
    for (const list of lists) {
      const call = callOf(list);
      const { cells, met, inputs, outputs, windows } = clashes(call);
      expect({ call, cells, inputs, outputs }).toEqual({ call, cells: met, inputs: null, outputs: null });
      expect(windows.inputColours.of.length).toBe(size(call.x));
      expect(windows.outputColours.of.length).toBe(met.length);
      expect(windows.inputColours.count).toBeLessThanOrEqual(windows.taps);
    }
  });

  test('colours that are one too few are noticed', () => {
    const call = callOf([{ input: 12, kernel: 3, stride: 1, dilation: 2, before: 2, after: 2 }]);
    const merged = ({ of, count }: Windows['inputColours']) => ({
      of: of.map(colour => colour % (count - 1)),
      count: count - 1,
    });
    const fewer = clashes(call, windows => ({
      ...windows,
      inputColours: merged(windows.inputColours),
      outputColours: merged(windows.outputColours),
    }));
    expect([fewer.inputs, fewer.outputs]).toEqual([expect.any(String), expect.any(String)]);
  });
});
