/** Pooling by the component formula, one index at a time, and random calls for it; slow and meant to be obvious. */
import fc from 'fast-check';
import type { PoolGeometry } from '../../src/kernels/index.js';
import { indices } from './slow-conv.js';
import { cellAt } from './values.js';

export interface PoolCase extends PoolGeometry {
  readonly x: readonly number[];
}

interface Tap {
  /** Flat cells of y and x. */
  readonly y: number;
  readonly x: number;
  /** The index in the selection. */
  readonly place: readonly number[];
}

export const yShapeOf = (it: PoolCase): number[] => [it.x[0]!, it.x[1]!, ...it.output];

/** Every pair of a window and a cell of x in it. */
export function* tapsOf(it: PoolCase): Generator<Tap> {
  for (const index of indices(yShapeOf(it))) {
    const [n, c, ...p] = index as [number, number, ...number[]];
    for (const q of indices(it.kernel)) {
      const i = q.map((tap, k) => it.stride[k]! * p[k]! + it.dilation[k]! * tap - it.padding[k]![0]);
      if (!i.every((cell, k) => cell >= 0 && cell < it.x[k + 2]!)) continue;
      yield { y: cellAt(yShapeOf(it), index), x: cellAt(it.x, [n, c, ...i]), place: [...index, ...q] };
    }
  }
}

/** For each cell of y the cells of x in its window. */
export function windowsOf(it: PoolCase): number[][] {
  const windows = Array.from({ length: yShapeOf(it).reduce((a, b) => a * b, 1) }, (): number[] => []);
  for (const tap of tapsOf(it)) windows[tap.y]!.push(tap.x);
  return windows;
}

/** For each cell of y the number of cells of its window in x and its padding. */
export function paddedCounts(it: PoolCase): number[] {
  return [...indices(yShapeOf(it))].map(([, , ...p]) => {
    const inside = [...indices(it.kernel)].filter(q =>
      q.every((tap, k) => {
        const end = it.x[k + 2]! + it.padding[k]![0] + it.padding[k]![1];
        return it.stride[k]! * p[k]! + it.dilation[k]! * tap < end;
      }),
    );
    return inside.length;
  });
}

/** Whether a tap of window p falls on x. */
function touches(input: number, axis: Omit<PoolAxisCase, 'input' | 'few'>, p: number): boolean {
  return Array.from(
    { length: axis.kernel },
    (_, q) => axis.stride * p + axis.dilation * q - axis.before,
  ).some(i => i >= 0 && i < input);
}

interface PoolAxisCase {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  /** Windows to leave out at the end. */
  readonly few: number;
}

const between = (min: number, max: number) => fc.integer({ min, max });

/** Random calls of rank 0 to 3 in which every window covers a cell; as many windows as that allows, or fewer. */
export function poolCases(maxDilation: number): fc.Arbitrary<PoolCase> {
  const axis = (rank: number) =>
    fc
      .record({
        input: between(1, [9, 9, 6, 4][rank]!),
        kernel: between(1, [5, 5, 4, 3][rank]!),
        stride: between(1, 4),
        dilation: between(1, maxDilation),
        before: between(0, 3),
        after: between(0, 3),
        few: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: between(1, 3) }),
      })
      // A first window before x would leave no windows at all.
      .map(it => ({ ...it, before: it.before % (it.dilation * (it.kernel - 1) + 1) }));
  return between(0, 3).chain(rank =>
    fc
      .tuple(
        fc.constantFrom(0, 1, 2, 3, 3, 3),
        between(1, 3),
        fc.array(axis(rank), { minLength: rank, maxLength: rank }),
      )
      .map(([batch, channels, axes]) => ({
        x: [batch, channels, ...axes.map(it => it.input)],
        kernel: axes.map(it => it.kernel),
        stride: axes.map(it => it.stride),
        dilation: axes.map(it => it.dilation),
        padding: axes.map(it => [it.before, it.after] as const),
        output: axes.map(windowCount),
      })),
  );
}

function windowCount(axis: PoolAxisCase): number {
  let windows = 0;
  while (touches(axis.input, axis, windows)) windows++;
  return Math.max(0, windows - axis.few);
}

/** The features of a case that a mistake may hide behind; the tests count that each of them occurred. */
export function poolFeatures(it: PoolCase): string[] {
  const wide = it.kernel.map((k, axis) => it.dilation[axis]! * (k - 1) + 1);
  const some = (holds: (axis: number) => boolean) =>
    it.output.some((windows, axis) => windows > 1 && holds(axis));
  const end = (axis: number) =>
    it.stride[axis]! * (it.output[axis]! - 1) + wide[axis]! - it.padding[axis]![0];
  const found: Record<string, boolean> = {
    [`rank ${it.output.length}`]: true,
    'empty batch': it.x[0] === 0,
    'empty output': it.output.includes(0),
    overlap: some(axis => it.stride[axis]! < wide[axis]!),
    'side by side': some(axis => it.stride[axis] === wide[axis]),
    gaps: some(axis => it.stride[axis]! > wide[axis]!),
    'one cell': some(axis => it.kernel[axis] === 1),
    'cut before': some(axis => it.padding[axis]![0] > 0),
    'cut behind': some(axis => end(axis) > it.x[axis + 2]!),
    'beyond the padding': some(axis => end(axis) > it.x[axis + 2]! + it.padding[axis]![1]),
    remainder: some(axis => end(axis) < it.x[axis + 2]!),
  };
  return Object.keys(found).filter(name => found[name]);
}
