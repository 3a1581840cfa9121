/** Convolutions for the gradient checks: the library's, those of the catalogue, and those that a test makes wrong. */
import type { ConvCall, DifferencedKernel, Float64 } from '../../../../src/gate/judge/jacobian/kernel.js';
import type { ModuleKernel } from '../../../../src/gate/mutants/kernel.js';
import type { WireTensor } from '../../../../src/gate/subject/subject.js';
import { randomFrom } from '../../../../src/gate/vectors/random.js';
import { convBiasVjp, convForward, convInputVjp, convKernelVjp } from '../../../../src/kernels/index.js';
import { size } from '../../../../src/tensor/index.js';
import { type Outcome, outcomeOf } from '../../mutants/outcomes.js';

export type Call = ConvCall & { readonly b?: readonly number[] };

/** Extents, strides and dilations that differ, strides that leave cells over, more than one of everything. */
export const CALLS: readonly Call[] = [
  {
    ...{ x: [2, 4, 7, 9], w: [6, 2, 3, 2], b: [6], groups: 2 },
    stride: [2, 3],
    dilation: [1, 2],
    padding: [
      [1, 2],
      [0, 1],
    ],
  },
  {
    ...{ x: [3, 2, 5, 6], w: [4, 2, 2, 3], b: [4], groups: 1 },
    stride: [1, 2],
    dilation: [3, 1],
    padding: [
      [2, 0],
      [2, 1],
    ],
  },
  {
    ...{ x: [2, 3, 6, 5], w: [6, 1, 3, 2], b: [6], groups: 3 },
    stride: [3, 1],
    dilation: [2, 3],
    padding: [
      [0, 1],
      [3, 2],
    ],
  },
];

export function builtIn(call: ConvCall): DifferencedKernel {
  return {
    forward: inputs => convForward(inputs, call),
    backward: (yBar, { x, w }, wanted) => ({
      ...(wanted.includes('x') && { x: convInputVjp(yBar, w, x.shape, call) }),
      ...(wanted.includes('w') && { w: convKernelVjp(yBar, x, w.shape, call) }),
      ...(wanted.includes('b') && { b: convBiasVjp(yBar) }),
    }),
  };
}

const paramsOf = ({ stride, dilation, padding, groups }: ConvCall) => ({
  stride,
  dilation,
  padding,
  groups,
});

/** A kernel of the catalogue; it computes all gradients whatever is wanted. */
export function fromCatalogue(kernel: ModuleKernel, call: ConvCall): DifferencedKernel {
  const params = paramsOf(call);
  const plain = (tensor: WireTensor | undefined) => tensor as Float64;
  return {
    forward: inputs => plain(kernel.forward({ ...inputs }, params)),
    backward: (yBar, inputs) => {
      const { x, w, b } = kernel.backward({ ...inputs }, yBar, params);
      return { x: plain(x), w: plain(w), ...(b && { b: plain(b) }) };
    },
  };
}

/** What a kernel makes of a call with large integers, three times over. */
export function outcomeAt(kernel: ModuleKernel, call: Call): Outcome {
  const random = randomFrom(`killable ${JSON.stringify(call)}`);
  const tensor = (shape: readonly number[]): WireTensor => {
    const data = Float64Array.from({ length: size(shape) }, () => random.integer(1, 2 ** 20));
    return { shape, data: data.map(value => (value % 2 === 0 ? value : -value)), dtype: 'float64' };
  };
  const inputs = { x: tensor(call.x), w: tensor(call.w), ...(call.b && { b: tensor(call.b) }) };
  const upstream = tensor(builtIn(call).forward(inputs as never).shape);
  return outcomeOf(kernel, { op: 'conv2d', params: paramsOf(call), inputs, upstream }, 3);
}
