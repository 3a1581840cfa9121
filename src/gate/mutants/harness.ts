/** Kernels that do not compute, or do not behave: whoever judges kernels must refuse each of them. */
import type { ResultName, WireTensor, WireTensors } from '../subject/subject.js';
import type { Family } from './family.js';
import type { ModuleKernel, Mutant } from './kernel.js';
import { numbersOf, product, tensorOf } from './operands.js';
import { styleNamed } from './styles.js';

/** A misbehaviour, made from a right kernel. */
interface Harness {
  readonly id: string;
  readonly result: ResultName;
  readonly says: string;
  /** Only where the operator has this input. */
  readonly needs?: 'w';
  readonly around: (right: ModuleKernel) => ModuleKernel;
}

const WHERE = 'the kernel as a whole';

/** The forward pass of a right kernel, with its output changed. */
const output =
  (change: (y: WireTensor, inputs: WireTensors, call: number) => WireTensor) =>
  (right: ModuleKernel): ModuleKernel => {
    let calls = 0;
    return {
      ...right,
      forward: (inputs, params) => change(right.forward(inputs, params), inputs, calls++),
    };
  };

const filled = (y: WireTensor, value: (cell: number) => number): WireTensor =>
  tensorOf(
    y.shape,
    Float64Array.from({ length: product(y.shape) }, (_, k) => value(k)),
    y.dtype,
  );

const negated = (tensor: WireTensor): WireTensor => {
  const values = numbersOf(tensor);
  return filled(tensor, k => 1 - values[k]!);
};

/** Right where the cotangent passes for a probe, wrong for any other. */
const rightForProbes =
  (isProbe: (yBar: Float64Array) => boolean) =>
  (right: ModuleKernel): ModuleKernel => ({
    ...right,
    backward(inputs, upstream, params) {
      const gradients = right.backward(inputs, upstream, params);
      return isProbe(numbersOf(upstream)) ? gradients : { ...gradients, x: negated(gradients.x!) };
    },
  });

/** Writes to a tensor that it was only to read, after the result is computed. */
const overwriting =
  (name: 'x' | 'w' | 'upstream') =>
  (right: ModuleKernel): ModuleKernel => ({
    ...right,
    forward(inputs, params) {
      const y = right.forward(inputs, params);
      if (name !== 'upstream') increase(inputs[name]!);
      return y;
    },
    backward(inputs, upstream, params) {
      const gradients = right.backward(inputs, upstream, params);
      increase(name === 'upstream' ? upstream : inputs[name]!);
      return gradients;
    },
  });

function increase({ data, offset = 0 }: WireTensor): void {
  if (offset < data.length) data[offset] = data[offset]! + 1;
}

const harness: readonly Harness[] = [
  {
    ...{ id: 'H1', result: 'y', says: 'The output is a copy of the input.' },
    around: output((y, { x }) => {
      const values = numbersOf(x!);
      return filled(y, k => values[k % values.length] ?? 0);
    }),
  },
  {
    id: 'H1-constant',
    result: 'y',
    says: 'The output is a constant.',
    around: output(y => filled(y, () => 3)),
  },
  { id: 'H1-zeros', result: 'y', says: 'The output is all zeros.', around: output(y => filled(y, () => 0)) },
  { id: 'H2', result: 'y', says: 'The kernel writes to x.', around: overwriting('x') },
  { id: 'H2-weights', result: 'y', says: 'The kernel writes to w.', needs: 'w', around: overwriting('w') },
  { id: 'H2-upstream', result: 'dx', says: 'The kernel writes to yBar.', around: overwriting('upstream') },
  {
    ...{ id: 'H3', result: 'y', says: 'Only the first call is right.' },
    around: output((y, _inputs, call) => (call === 0 ? y : negated(y))),
  },
  {
    ...{ id: 'H4', result: 'y', says: 'The last cell is left as the memory happened to be.' },
    // What another call left there: different every time.
    around: output((y, _inputs, call) => {
      const values = numbersOf(y);
      return filled(y, k => (k === values.length - 1 ? 1e3 + call : values[k]!));
    }),
  },
  {
    ...{ id: 'H5', result: 'y', says: 'One cell is NaN where it should be a number.' },
    around: output(y => {
      const values = numbersOf(y);
      return filled(y, k => (k === 0 ? Number.NaN : values[k]!));
    }),
  },
  {
    ...{ id: 'H6', result: 'y', says: 'The shape is wrong, though it would be broadcast.' },
    around: output(y => ({ ...y, shape: [1, ...y.shape] })),
  },
  {
    ...{ id: 'H7', result: 'dx', says: 'Right for a cotangent of ones, wrong for others.' },
    around: rightForProbes(yBar => yBar.every(value => value === 1)),
  },
  {
    ...{
      id: 'H7-one-hot',
      result: 'dx',
      says: 'Right for a cotangent with a single cell that is not 0, wrong for others.',
    },
    around: rightForProbes(yBar => yBar.filter(value => value !== 0).length === 1),
  },
  {
    ...{ id: 'H8', result: 'y', says: 'Every call is declined, so that no case is ever run.' },
    around: right => ({ ...right, forward: declined, backward: declined }),
  },
];

function declined(): never {
  throw Object.assign(new Error('this call is not supported'), { code: 'unsupported' });
}

export function harnessMutants({ op, right }: Family): Mutant[] {
  const hasWeights = op === 'linear' || op.startsWith('conv');
  const styles = Object.keys(right).slice(0, 1);
  return harness
    .filter(({ needs }) => needs !== 'w' || hasWeights)
    .map(({ id, result, says, around }) => ({
      ...{ id, op, styles, result, says, where: WHERE },
      kernel: style => around(styleNamed(right, style)()),
    }));
}
