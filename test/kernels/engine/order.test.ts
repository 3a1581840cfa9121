import { describe, expect, test } from 'vitest';
import {
  convForward,
  convInputVjp,
  convKernelVjp,
  createEngine,
  linearKernel,
} from '../../../src/kernels/index.js';
import type { Tensor } from '../../../src/tensor/index.js';
import { type Case, indices, outputShape } from '../slow-conv.js';
import { cellAt } from '../values.js';
import { reals } from './exact-sums.js';
import { difference } from './passes.js';

const { fround } = Math;
const engine = createEngine('wasm');

/** One product of the component formula: image, channels within their group, output and kernel cells, flat cells. */
interface Product {
  readonly n: number;
  readonly o: number;
  readonly c: number;
  readonly p: readonly number[];
  readonly q: readonly number[];
  readonly y: number;
  readonly w: number;
  readonly x: number;
}

function products(it: Case): Product[] {
  const yShape = outputShape(it);
  const outPerGroup = it.w[0]! / it.groups;
  const found: Product[] = [];
  for (const [n, o, ...p] of indices(yShape) as Generator<[number, number, ...number[]]>)
    for (const [c, ...q] of indices(it.w.slice(1)) as Generator<[number, ...number[]]>) {
      const i = q.map((tap, k) => it.stride[k]! * p[k]! + it.dilation[k]! * tap - it.padding[k]![0]);
      if (!i.every((at, k) => at >= 0 && at < it.x[k + 2]!)) continue;
      const channel = Math.floor(o / outPerGroup) * it.w[1]! + c;
      const [y, w] = [cellAt(yShape, [n, o, ...p]), cellAt(it.w, [o, c, ...q])];
      found.push({ n, o, c, p, q, y, w, x: cellAt(it.x, [n, channel, ...i]) });
    }
  return found;
}

function grouped<K>(all: readonly Product[], by: (product: Product) => K): Map<K, Product[]> {
  const groups = new Map<K, Product[]>();
  for (const product of all) {
    const name = by(product);
    const group = groups.get(name);
    if (group) group.push(product);
    else groups.set(name, [product]);
  }
  return groups;
}

/** The products of every cell of a result, in the order of a key: the first number that differs decides. */
function ordered(
  it: Case,
  result: 'x' | 'y' | 'w',
  key: (product: Product) => readonly number[],
): Map<number, Product[]> {
  const groups = grouped(products(it), product => product[result]);
  const compare = (a: Product, b: Product): number => {
    const [left, right] = [key(a), key(b)];
    const at = left.findIndex((value, k) => value !== right[k]);
    return at < 0 ? 0 : left[at]! - right[at]!;
  };
  for (const group of groups.values()) group.sort(compare);
  return groups;
}

const plane = { stride: [2, 1], dilation: [1, 2], padding: [[2, 1] as const, [1, 3] as const] };
const dense: Case = { ...plane, x: [3, 12, 9, 11], w: [10, 6, 3, 4], groups: 2 };
const few: Case = { ...plane, x: [2, 6, 9, 41], w: [4, 3, 3, 4], groups: 2 };
/** Rows of 40: two blocks of four vectors, two vectors, no rest; and slabs of depth. */
const slabs: Case = {
  x: [2, 2, 4, 5, 38],
  w: [4, 1, 2, 2, 3],
  stride: [1, 2, 1],
  dilation: [1, 1, 1],
  padding: [
    [1, 0],
    [0, 1],
    [3, 4],
  ],
  groups: 2,
};

const operands = (it: Case) => ({
  x: reals(it.x, 1, 'float32'),
  w: reals(it.w, 2, 'float32'),
  b: reals([it.w[0]!], 3, 'float32'),
  yBar: reals(outputShape(it), 4, 'float32'),
});

/** Every sum from its start on, one rounded product after another. */
function folded(
  like: Tensor,
  groups: Map<number, Product[]>,
  start: (cell: number) => number,
  factors: (product: Product) => readonly [number, number],
): Pick<Tensor<'float32'>, 'data'> {
  const data = new Float32Array(like.data.length);
  for (let cell = 0; cell < data.length; cell++) {
    let sum = start(cell);
    for (const product of groups.get(cell) ?? []) {
      const [a, b] = factors(product);
      sum = fround(sum + fround(a * b));
    }
    data[cell] = sum;
  }
  return { data };
}

const zero = (): number => 0;
const falling = (cells: readonly number[]): number[] => cells.map(cell => -cell);

describe('float32 sums in WebAssembly run in the documented order, bit for bit', () => {
  const forward = (it: Case, key: (product: Product) => readonly number[]) => {
    const { x, w, b } = operands(it);
    const y = convForward({ x, w, b }, it, { engine });
    const cells = y.data.length / it.x[0]! / it.w[0]!;
    const bias = (cell: number): number => b.data[Math.floor(cell / cells) % it.w[0]!]!;
    const factors = (at: Product) => [w.data[at.w]!, x.data[at.x]!] as const;
    return difference(y, folded(y, ordered(it, 'y', key), bias, factors));
  };
  const backward = (it: Case, key: (product: Product) => readonly number[]) => {
    const { yBar, w } = operands(it);
    const xBar = convInputVjp(yBar, w, it.x, it, { engine });
    const factors = (at: Product) => [w.data[at.w]!, yBar.data[at.y]!] as const;
    return difference(xBar, folded(xBar, ordered(it, 'x', key), zero, factors));
  };
  const kernel = (it: Case, key: (product: Product) => readonly number[]) => {
    const { yBar, x } = operands(it);
    const wBar = convKernelVjp(yBar, x, it.w, it, { engine });
    const factors = (at: Product) => [yBar.data[at.y]!, x.data[at.x]!] as const;
    return difference(wBar, folded(wBar, ordered(it, 'w', key), zero, factors));
  };

  test('several output channels: bias, kernel cells by rising offset, input channels within each', () => {
    expect(forward(dense, ({ q, c }) => [...q, c])).toBeNull();
    // The sum of a cell of xBar reads yBar at (i + a - d q) / s: it rises as q falls.
    expect(backward(dense, ({ q, o }) => [...falling(q), o])).toBeNull();
    expect(forward(dense, ({ q, c }) => [c, ...q])).not.toBeNull();
    expect(backward(dense, ({ q, o }) => [...q, o])).not.toBeNull();
  });

  test('few output channels: bias, input channels, kernel cells by rising offset within each', () => {
    expect(forward(few, ({ q, c }) => [c, ...q])).toBeNull();
    expect(backward(few, ({ q, o }) => [o, ...falling(q)])).toBeNull();
    expect(forward(few, ({ q, c }) => [...q, c])).not.toBeNull();
    expect(backward(few, ({ q, o }) => [o, ...q])).not.toBeNull();
  });

  test('gradient to w, several output channels: images, then output cells row by row', () => {
    // More cells than are summed at once.
    const many = { ...dense, x: [2, 1, 70, 40], w: [4, 1, 2, 2], groups: 1 };
    expect(
      outputShape(many)
        .slice(2)
        .reduce((a, b) => a * b),
    ).toBeGreaterThan(1024);
    expect(kernel(many, ({ n, p }) => [n, ...p])).toBeNull();
    expect(kernel(many, ({ n, p }) => [-n, ...p])).not.toBeNull();
  });

  test.each([
    ['rank 2, rows with a rest', few],
    ['rank 3', slabs],
  ])('gradient to w, few output channels: image by image, slab by slab, lane by lane: %s', (_, it) => {
    const { yBar, x } = operands(it);
    const wBar = convKernelVjp(yBar, x, it.w, it, { engine });
    const groups = ordered(it, 'w', ({ n, p }) => [n, ...p]);
    const factors = (at: Product) => fround(yBar.data[at.y]! * x.data[at.x]!);
    const want = new Float32Array(wBar.data.length);
    for (const [cell, group] of groups) want[cell] = byLanes(group, outputShape(it), factors);
    expect(difference(wBar, { data: want })).toBeNull();
    const inOrder = folded(wBar, groups, zero, at => [yBar.data[at.y]!, x.data[at.x]!]);
    expect(difference(wBar, inOrder)).not.toBeNull();
  });

  test('products of matrices: in order from 0, a bias last', () => {
    const [x, w, b] = [reals([5, 37], 1, 'float32'), reals([6, 37], 2, 'float32'), reals([6], 3, 'float32')];
    const want = (biasFirst: boolean) =>
      Array.from({ length: 30 }, (_, cell) => {
        const [i, j] = [Math.floor(cell / 6), cell % 6];
        let sum = biasFirst ? b.data[j]! : 0;
        for (let k = 0; k < 37; k++) sum = fround(sum + fround(x.data[i * 37 + k]! * w.data[j * 37 + k]!));
        return biasFirst ? sum : fround(sum + b.data[j]!);
      });
    const y = linearKernel(x, w, b, { engine });
    expect([...y.data]).toEqual(want(false));
    expect([...y.data]).not.toEqual(want(true));
  });
});

const VECTOR = 4;
const SIDE_BY_SIDE = 4;

/**
 * Each slab of depth of each image is summed apart, and added to what is there. In a slab, blocks of 16 cells of a
 * row go to 16 sums, further whole vectors to the first four of them, what is left to one more.
 */
function byLanes(
  group: readonly Product[],
  yShape: readonly number[],
  value: (at: Product) => number,
): number {
  const width = yShape.at(-1)!;
  const blocks = width - (width % (VECTOR * SIDE_BY_SIDE));
  const whole = width - (width % VECTOR);
  const slabsOf = grouped(group, ({ n, p }) => `${n},${p.slice(0, -2)}`);
  let result = 0;
  for (const slab of slabsOf.values()) {
    const sums = new Float32Array(VECTOR * SIDE_BY_SIDE + 1);
    for (const at of slab) {
      const column = at.p.at(-1)!;
      const lane = column < blocks ? column % 16 : column < whole ? column % VECTOR : 16;
      sums[lane]! += value(at);
    }
    const lanes = [0, 1, 2, 3].map(k => {
      const beside = [sums[k]!, sums[k + 4]!, sums[k + 8]!, sums[k + 12]!];
      return beside.reduce((a, b) => fround(a + b));
    });
    const total = lanes.reduce((a, b) => fround(a + b));
    result = fround(result + fround(total + sums[16]!));
  }
  return result;
}
