/** One spatial axis of a convolution that holds a trap: extents, stride, dilation and padding. */
import type { Random } from './random.js';

/** One spatial axis of a call. */
export interface Axis {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: readonly [before: number, after: number];
}

export type AxisOf = (random: Random, axis: number) => Partial<Axis> & Pick<Axis, 'input' | 'kernel'>;

export const plain: AxisOf = (random, axis) => ({
  input: 5 - axis + random.integer(0, 2),
  kernel: 2 + random.integer(0, 1),
});

/** Padding after the input is what makes the cells that are left over count. */
export const remainder: AxisOf = (random, axis) => {
  const [stride, kernel] = [random.integer(2, 3), 2 + ((axis + random.integer(0, 1)) % 2)];
  return { input: kernel + stride + random.integer(1, stride - 1) - 1, kernel, stride, padding: [0, 1] };
};

export const unevenPadding: AxisOf = (random, axis) => ({
  ...{ input: 3 + axis + random.integer(0, 1), kernel: 3 },
  padding: random.shuffled([
    [1, 2],
    [2, 1],
    [1, 0],
    [2, 0],
  ] as const)[0]!,
});

export const dilated: AxisOf = random => {
  const dilation = random.integer(2, 3);
  return { input: dilation * 2 + 1 + random.integer(1, 2), kernel: random.integer(2, 3), dilation };
};

export const evenKernel: AxisOf = (random, axis) => ({
  input: 5 - axis + random.integer(0, 1),
  kernel: 2 * random.integer(1, 2),
});

/** An odd input and an even kernel at stride 2 need an odd number of padding cells. */
export const strideTwo: AxisOf = (random, axis) => ({
  input: axis === 1 ? 5 : 7,
  kernel: 2 * random.integer(1, 2),
  stride: 2,
});

export const strideOverKernel: AxisOf = random => {
  const kernel = random.integer(1, 2);
  return { input: kernel + kernel + 2 + random.integer(0, 1), kernel, stride: kernel + 2 };
};

export const kernelIsInput: AxisOf = (_, axis) => ({ input: 4 - axis, kernel: 4 - axis });

export const tapsInPadding: AxisOf = random => ({
  input: 3,
  kernel: 3,
  dilation: 3 + random.integer(0, 1),
  padding: [4, 4],
});

/** One cell is left over on every axis, and the last tap is on the last cell of the input. */
export const everything: AxisOf = (random, axis) => {
  const [stride, dilation] = (axis + random.integer(0, 1)) % 2 === 0 ? [2, 3] : [3, 2];
  const padding = [random.integer(2, 3), 1] as const;
  return { input: 2 * stride + dilation + 1 - padding[0], kernel: 2, stride, dilation, padding };
};
