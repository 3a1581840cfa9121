/** The library's own kernels in the form of a caller's, that take views and write where they are told. */
import { numbersOf, tensorOf } from '../../../../src/gate/mutants/operands.js';
import type { WireTensor, WireTensors } from '../../../../src/gate/subject/subject.js';
import { createEngine } from '../../../../src/kernels/index.js';
import { type FloatTensor, kernelCall, type Params } from '../../../../src/ops/index.js';

const plain = createEngine('plain');

/** Everything that can be declared. */
export const ALL = {
  ...{ dtypes: ['float64', 'float32'], deterministic: true, strides: true, out: true, specialValues: true },
  ...{ ties: 'first', kink: 0 },
};

export function libraryKernel(op: string, declares: object = ALL) {
  const callOf = (inputs: WireTensors, params: Params) => {
    const dense = Object.entries(inputs).map(([name, one]) => [name, denseOf(name, one, inputs)] as const);
    const tensors = Object.fromEntries(dense);
    const shapes = Object.fromEntries(dense.map(([name, { shape }]) => [name, shape]));
    return { tensors, call: kernelCall(op, shapes, params, plain) };
  };
  return {
    declares,
    forward(inputs: WireTensors, params: Params, out?: WireTensor) {
      const { tensors, call } = callOf(inputs, params);
      return given(call.forward(tensors), out);
    },
    backward(inputs: WireTensors, upstream: WireTensor, params: Params, out?: WireTensors) {
      const { tensors, call } = callOf(inputs, params);
      const yBar = denseOf('yBar', upstream, inputs);
      const wanted = call.gradients.filter(name => ['x', 'w', 'b'].includes(name) && inputs[name]);
      return Object.fromEntries(
        wanted.map(name => [name, given(call.vjp(name, yBar, tensors), out?.[name])]),
      );
    },
  };
}

function given(result: FloatTensor, out: WireTensor | undefined): WireTensor {
  out?.data.set(result.data);
  return out ?? result;
}

function denseOf(name: string, tensor: WireTensor, { x }: WireTensors): FloatTensor {
  const numbers = numbersOf(tensor);
  if (name !== 'target' || tensor.dtype !== 'int32')
    return tensorOf(tensor.shape, numbers, tensor.dtype) as FloatTensor;
  const classes = x!.shape.at(-1)!;
  const rows = new Float64Array(numbers.length * classes);
  numbers.forEach((index, row) => {
    rows[row * classes + index] = 1;
  });
  return tensorOf([...tensor.shape, classes], rows, x!.dtype) as FloatTensor;
}
