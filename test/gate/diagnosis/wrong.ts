/** Wrong kernels, each one right kernel with one thing changed, and what the kernel's formula should tell. */
import type { Problem } from '../../../src/gate/diagnosis/problem.js';
import { fromArray } from '../../../src/tensor/index.js';
import { rewritten, rightKernel, type Tamper, withInput, withOutput } from './kernels.js';

export type Case = Omit<Problem, 'dtype'>;

export interface Wrong {
  readonly name: string;
  readonly problem: Case;
  readonly tamper: Tamper;
  /** The start of the first hint; null where the formula tells nothing that has a name. */
  readonly says: string | null;
}

const STRIDED = {
  op: 'conv2d',
  params: {
    stride: [2, 1],
    padding: [
      [1, 0],
      [1, 1],
    ],
    dilation: [1, 2],
    groups: 2,
  },
  shapes: { x: [2, 4, 4, 5], w: [4, 2, 3, 2], b: [4] },
  mayRead: null,
} as const;

const SQUARE = {
  op: 'conv2d',
  params: { stride: 1, padding: 1, dilation: 1, groups: 1 },
  shapes: { x: [2, 2, 3, 4], w: [3, 2, 3, 3] },
  mayRead: null,
} as const;

const LINE = {
  op: 'conv1d',
  params: { stride: 2 },
  shapes: { x: [1, 2, 7], w: [2, 2, 3] },
  mayRead: null,
} as const;
const LINEAR = { op: 'linear', params: {}, shapes: { x: [3, 4], w: [4, 4], b: [4] }, mayRead: null } as const;
const POOLED = {
  op: 'avg_pool2d',
  params: { kernel_size: [3, 2], stride: [2, 1], padding: 1, ceil_mode: false, count_include_pad: false },
  shapes: { x: [1, 2, 5, 4] },
  mayRead: null,
} as const;
const LAID = {
  op: 'conv_transpose2d',
  params: { stride: [2, 1], padding: 0, dilation: 1, groups: 1, output_padding: 0 },
  shapes: { x: [1, 2, 2, 3], w: [2, 3, 3, 2] },
  mayRead: null,
} as const;

const rotated = ([o, c, p, q]: readonly number[], [P, Q]: readonly number[]) => [
  o!,
  c!,
  P! - 1 - p!,
  Q! - 1 - q!,
];

const otherParams =
  (params: Problem['params']): Tamper =>
  (_, problem) =>
    rightKernel({ ...problem, params: { ...problem.params, ...params } });

/** x with its border repeated, where the padding should be zeros. */
const replicated: Tamper = (_, problem) => {
  const [N, C, L] = problem.shapes.x!;
  const kernel = rightKernel({
    ...problem,
    shapes: { ...problem.shapes, x: [N!, C!, L! + 2] },
    params: { padding: 0 },
  });
  return ({ x, ...others }) => {
    const wider = fromArray([N!, C!, L! + 2], new Array<number>(N! * C! * (L! + 2)).fill(0), x!.dtype);
    const repeated = rewritten(
      wider,
      ([n, c, i]) => x!.data[(n! * C! + c!) * L! + Math.min(L! - 1, Math.max(0, i! - 1))]!,
    );
    return kernel({ ...others, x: repeated });
  };
};

const ones = withInput('yBar', () => 1);
const dx = { result: 'dx', index: [1, 2, 2, 3] } as const;
const dw = { result: 'dw', index: [3, 1, 1, 1] } as const;

export const WRONG: readonly Wrong[] = [
  {
    name: 'dx slides the kernel that is not rotated',
    problem: { ...STRIDED, ...dx },
    tamper: withInput('w', (index, read) => read(rotated(index, [3, 2]))),
    says: 'w is rotated by 180 degrees',
  },
  {
    name: 'dx has rows and columns of w exchanged',
    problem: { ...SQUARE, result: 'dx', index: [1, 0, 1, 2] },
    tamper: withInput('w', ([o, c, p, q], read) => read([o!, c!, q!, p!])),
    says: 'w is with row and column exchanged',
  },
  {
    name: 'dx keeps the last output channel',
    problem: { ...SQUARE, result: 'dx', index: [0, 1, 1, 1] },
    tamper: withInput('yBar', (index, read) => (index[1] === 2 ? read(index) : 0)),
    says: 'only the last output channel of yBar counts (2)',
  },
  {
    name: 'dx is divided by the batch size',
    problem: { ...STRIDED, ...dx },
    tamper: withOutput((index, read) => read(index) / 2),
    says: 'it is divided by 2 (the batch size',
  },
  {
    name: 'dx has the opposite sign',
    problem: { ...STRIDED, ...dx },
    tamper: withOutput((index, read) => -read(index)),
    says: 'it is of the opposite sign',
  },
  {
    name: 'one element of dx is zeroed',
    problem: { ...STRIDED, ...dx },
    tamper: withOutput((index, read) => (index.join() === '1,2,2,3' ? 0 : read(index))),
    says: 'this element of dx is 0 whatever its inputs',
  },
  { name: 'dx ignores yBar', problem: { ...STRIDED, ...dx }, tamper: ones, says: 'yBar is ignored' },
  {
    name: 'dx is shifted by a column',
    problem: { ...SQUARE, result: 'dx', index: [0, 1, 1, 0] },
    tamper: withOutput(([n, c, p, q], read) => read([n!, c!, p!, q! + 1])),
    says: 'dx is read one column too far',
  },
  {
    name: 'dx has stride and dilation exchanged',
    problem: { ...LINE, result: 'dx', index: [0, 1, 2] },
    tamper: otherParams({ stride: 1, dilation: 2 }),
    says: 'the steps are exchanged',
  },
  {
    name: 'dw has no batch sum',
    problem: { ...STRIDED, ...dw },
    tamper: withInput('yBar', (index, read) => (index[0] === 0 ? read(index) : 0)),
    says: 'only the first batch of yBar counts (0)',
  },
  {
    name: 'dw is rotated',
    problem: { ...STRIDED, ...dw },
    tamper: withOutput((index, read) => read(rotated(index, [3, 2]))),
    says: 'dw is rotated by 180 degrees',
  },
  {
    name: 'dw is a mean over batch and output cells',
    problem: { ...STRIDED, ...dw },
    tamper: withOutput((index, read) => read(index) / 20),
    says: 'it is divided by 20 (batch size times output positions)',
  },
  {
    name: 'dw is transposed',
    problem: { ...SQUARE, result: 'dw', index: [0, 1, 0, 1] },
    tamper: withOutput(([o, c, p, q], read) => read([o!, c!, q!, p!])),
    says: 'dw is with row and column exchanged',
  },
  {
    name: 'db is a mean over the batch',
    problem: { ...STRIDED, result: 'db', index: [2] },
    tamper: withOutput((index, read) => read(index) / 2),
    says: 'it is divided by 2 (the batch size',
  },
  {
    name: 'y stops one input channel short',
    problem: { ...STRIDED, result: 'y', index: [1, 3, 1, 2] },
    tamper: withInput('w', (index, read) => (index[1] === 1 ? 0 : read(index))),
    says: 'the sum stops one short: the last input channel of x is left out (3)',
  },
  {
    name: 'y of group 1 reads the channels of group 0',
    problem: { ...STRIDED, shapes: { x: [2, 4, 4, 5], w: [4, 2, 3, 2] }, result: 'y', index: [1, 3, 1, 2] },
    tamper: withInput('x', ([n, c, p, q], read) => read([n!, c! % 2, p!, q!])),
    says: 'x is read at the input channels of group 0, whatever the group',
  },
  {
    name: 'y pads with the border value',
    problem: { ...LINE, params: { padding: 1 }, result: 'y', index: [0, 1, 0] },
    tamper: replicated,
    says: null,
  },
  {
    name: 'dw of a dense layer is a mean',
    problem: { ...LINEAR, result: 'dw', index: [1, 2] },
    tamper: withOutput((index, read) => read(index) / 3),
    says: 'it is divided by 3 (the batch size',
  },
  {
    name: 'dx of a dense layer takes the transposed w',
    problem: { ...LINEAR, result: 'dx', index: [2, 1] },
    tamper: withInput('w', ([o, i], read) => read([i!, o!])),
    says: 'w is with output channel and input channel exchanged',
  },
  {
    name: 'average pooling divides by the full window at a border',
    problem: { ...POOLED, result: 'dx', index: [0, 1, 1, 0] },
    tamper: otherParams({ count_include_pad: true }),
    says: 'some of its terms are',
  },
  {
    name: 'dx of a transposed convolution rotates the kernel',
    problem: { ...LAID, result: 'dx', index: [0, 1, 1, 1] },
    tamper: withInput('w', (index, read) => read(rotated(index, [3, 2]))),
    says: 'w is rotated by 180 degrees',
  },
  {
    name: 'dx takes a third of what its neighbour gets as well',
    problem: { ...SQUARE, result: 'dx', index: [1, 0, 1, 1] },
    tamper: withOutput(([n, c, p, q], read) => read([n!, c!, p!, q!]) + read([n!, c!, p! + 1, q!]) / 3),
    says: null,
  },
];
