/** The built-in kernels in the form in which people bring theirs, and the mistakes of an operator's record as kernels. */

import { float64Algebra, type Valued } from '../../index-sum/index.js';
import {
  COTANGENT,
  claimValues,
  type FloatTensor,
  type KernelCall,
  kernelCall,
  type Mistake,
  type Operator,
  type Params,
  SELECTION,
  selectionAt,
  type Ties,
} from '../../ops/index.js';
import { fromArray, oneHot, type Tensor } from '../../tensor/index.js';
import { RESULTS, type ResultName, type WireTensor, type WireTensors } from '../subject/subject.js';
import type { ModuleKernel, Mutant } from './kernel.js';
import { numbersOf, tensorOf } from './operands.js';
import { ALL_PADDINGS } from './paddings.js';

const STYLE = 'built-in';
const WHERE = 'the formula of the gradient';

/** y, and every gradient that has a kernel: computed in float64, each cell rounded once to the element type of x. */
export function builtIn(operator: Operator): ModuleKernel {
  return {
    declares: {
      ...{ dtypes: ['float64', 'float32'], deterministic: true },
      ...{ strides: true, supports: ALL_PADDINGS },
    },
    forward(inputs, params) {
      const { call, given } = callOf(operator, inputs, params);
      return asWire(call.forward(given), inputs);
    },
    backward(inputs, upstream, params) {
      const { call, given } = callOf(operator, inputs, params);
      const yBar = floats(upstream);
      const wrts = call.gradients.filter(name => inputs[name] && name !== 'target');
      return Object.fromEntries(wrts.map(name => [name, asWire(call.vjp(name, yBar, given), inputs)]));
    },
  };
}

interface Given {
  readonly call: KernelCall;
  readonly given: Readonly<Record<string, FloatTensor>>;
}

function callOf(operator: Operator, inputs: WireTensors, params: Params): Given {
  const given = Object.fromEntries(Object.keys(inputs).map(name => [name, operand(name, inputs, params)]));
  const shapes = Object.fromEntries(Object.entries(given).map(([name, { shape }]) => [name, shape]));
  return { call: kernelCall(operator, shapes, params), given };
}

/** Class indices become rows, as the definition reads them. */
function operand(name: string, inputs: WireTensors, params: Params): FloatTensor {
  const tensor = inputs[name]!;
  if (name !== 'target' || params.target_kind !== 'indices') return floats(tensor);
  return oneHot(tensor as Tensor<'int32'>, inputs.x!.shape.at(-1)!);
}

const floats = (tensor: WireTensor): FloatTensor =>
  fromArray(tensor.shape, [...numbersOf(tensor)], 'float64');

const asWire = ({ shape, data }: FloatTensor, inputs: WireTensors): WireTensor =>
  tensorOf(shape, data, Object.values(inputs)[0]!.dtype);

/** What goes wrong with a result whatever the operator is. */
const SPOILT: readonly (readonly [
  id: string,
  says: string,
  cell: (value: number, k: number, cells: number) => number,
])[] = [
  ['zeros', 'The gradient is all zeros.', () => 0],
  ['sign', 'The sign of the gradient is flipped.', value => -value],
  [
    'last-cell',
    'The last cell of the gradient is left 0.',
    (value, k, cells) => (k === cells - 1 ? 0 : value),
  ],
  [
    'percent',
    'The first cell of the gradient is 1 % too large.',
    (value, k) => (k === 0 ? 1.01 * value : value),
  ],
];

/** Kernels with one spoilt gradient, whose results are right otherwise. */
export function spoilt(operator: Operator): Mutant[] {
  const right = builtIn(operator);
  const gradients = Object.keys(operator.inputs).filter(name =>
    RESULTS.some(result => result === `d${name}`),
  );
  return gradients.flatMap(name =>
    SPOILT.map(([id, says, cell]) => ({
      ...{ id, op: operator.name, styles: [STYLE], result: `d${name}` as ResultName, says, where: WHERE },
      kernel: () => ({
        ...right,
        backward(inputs, upstream, params) {
          const gradients = right.backward(inputs, upstream, params);
          const own = gradients[name];
          if (!own) return gradients;
          const numbers = numbersOf(own);
          const values = numbers.map((value, k) => cell(value, k, numbers.length));
          return { ...gradients, [name]: tensorOf(own.shape, values, own.dtype) };
        },
      }),
    })),
  );
}

/** A kernel for each mistake of the record: one gradient is the mistaken formula, everything else is right. */
export function mistaken(operator: Operator): Mutant[] {
  return operator.mistakes.flatMap(mistake => {
    const result = RESULTS.find(name => name === `d${mistake.wrt}`);
    return result ? [mutantOf(operator, mistake, result)] : [];
  });
}

function mutantOf(operator: Operator, mistake: Mistake, result: ResultName): Mutant {
  const says = `${mistake.says.charAt(0).toUpperCase()}${mistake.says.slice(1)}.`;
  const right = builtIn(operator);
  const kernel = (): ModuleKernel => ({
    ...right,
    backward(inputs, upstream, params) {
      const said = mistakenGradient(operator, mistake, inputs, upstream, params);
      const gradient = tensorOf(said.shape, said.values, upstream.dtype);
      return { ...right.backward(inputs, upstream, params), [mistake.wrt]: gradient };
    },
  });
  return { id: mistake.name, op: operator.name, styles: [STYLE], result, says, where: WHERE, kernel };
}

function mistakenGradient(
  operator: Operator,
  { claim }: Mistake,
  inputs: WireTensors,
  upstream: WireTensor,
  params: Params,
): Valued<number> {
  const { call, given } = callOf(operator, inputs, params);
  const tensors = Object.entries({ ...given, [COTANGENT]: floats(upstream) });
  const values = new Map<string, Valued<number>>(
    tensors.map(([name, { shape, data }]) => [name, { shape, values: [...data] }]),
  );
  const selection = selectionAt(operator, call.call, values, (params.ties ?? 'first') as Ties);
  if (selection) values.set(SELECTION, selection);
  return claimValues(claim(call.call.params, call.call.rank), operator, call.call, values, float64Algebra);
}
