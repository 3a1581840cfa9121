/** Records whose kernels have one planted fault each, as kernels in the wild have them. */
import {
  type FloatTensor,
  type Inputs,
  type Operator,
  operatorFrom,
  type Resolved,
} from '../../../src/ops/index.js';
import { fromArray, size } from '../../../src/tensor/index.js';
import { leaky, meanOfAll, rowMaximum, rowShares, squash } from './own-records.js';

export interface Fault {
  readonly name: string;
  readonly operator: Operator;
  /** The result that it spoils. */
  readonly result: string;
}

type Forward = Operator['kernel']['forward'];
type Vjp = NonNullable<Operator['kernel']['vjp'][string]>;

function inForward(name: string, op: string | Operator, change: (forward: Forward) => Forward): Fault {
  const operator = operatorFrom(op);
  const kernel = { ...operator.kernel, forward: change(operator.kernel.forward) };
  return { name, operator: { ...operator, kernel }, result: 'y' };
}

function inGradient(name: string, op: string | Operator, wrt: string, change: (vjp: Vjp) => Vjp): Fault {
  const operator = operatorFrom(op);
  const vjp = { ...operator.kernel.vjp, [wrt]: change(operator.kernel.vjp[wrt]!) };
  return { name, operator: { ...operator, kernel: { ...operator.kernel, vjp } }, result: `d${wrt}` };
}

/** The tensor with each cell's value taken from a function of the flat cell. */
const remade = ({ shape, data, dtype }: FloatTensor, value: (cell: number) => number): FloatTensor =>
  fromArray(
    shape,
    Array.from(data, (_, cell) => value(cell)),
    dtype,
  );

/** The call with other sizes, on each axis. */
function resized(
  call: Resolved,
  change: (at: (letter: string) => number) => Record<string, number>,
): Resolved {
  const axes = Array.from({ length: call.rank }, (_, k) =>
    Object.entries(change(letter => call.sizes[`${letter}${k + 1}`]!)).map(([name, value]) => [
      `${name}${k + 1}`,
      value,
    ]),
  );
  return { ...call, sizes: { ...call.sizes, ...Object.fromEntries(axes.flat()) } };
}

/** Every group reads the channels of the first. */
const ofGroupZero = (inputs: Inputs, { sizes, inputs: shapes }: Resolved): Inputs => {
  const plane = size(shapes.x!.slice(2));
  const [channels, perGroup] = [sizes.C!, sizes.I!];
  const source = (cell: number) => {
    const [at, c] = [cell % plane, Math.floor(cell / plane) % channels];
    return cell - at - c * plane + (c % perGroup) * plane + at;
  };
  return { ...inputs, x: remade(inputs.x!, cell => inputs.x!.data[source(cell)]!) };
};

/** Every sample is the first. */
const ofFirstSample = (inputs: Inputs): Inputs => {
  const sample = size(inputs.x!.shape.slice(1));
  return { ...inputs, x: remade(inputs.x!, cell => inputs.x!.data[cell % sample]!) };
};

/** Cells of the last axis from a position on. */
const cutOff = (tensor: FloatTensor, from: number): FloatTensor => {
  const row = tensor.shape.at(-1)!;
  return remade(tensor, cell => (cell % row < from ? tensor.data[cell]! : 0));
};

const lastTapZero = (w: FloatTensor): FloatTensor => {
  const taps = size(w.shape.slice(2));
  return remade(w, cell => (cell % taps === taps - 1 ? 0 : w.data[cell]!));
};

/** y as if its first two axes lay in memory the other way round. */
const channelsFirst = (y: FloatTensor): FloatTensor => {
  const [batch, channels] = [y.shape[0]!, y.shape[1]!];
  const plane = size(y.shape.slice(2));
  return remade(y, cell => {
    const [at, index] = [cell % plane, Math.floor(cell / plane)];
    return y.data[((index % batch) * channels + Math.floor(index / batch)) * plane + at]!;
  });
};

/** Digits that only a float32 sum would lose. */
const summedSingly = (y: FloatTensor): FloatTensor =>
  y.dtype === 'float32' ? y : remade(y, cell => Math.fround(y.data[cell]!));

const literalLength = ({ sizes, rank }: Resolved): number => {
  const at = (letter: string) => sizes[`${letter}${rank}`]!;
  return at('s') * (at('P') - 1) + at('d') * (at('K') - 1) + 1 - at('a') - at('b');
};

export const faults: readonly Fault[] = [
  inGradient(
    'lost remainder',
    'conv2d',
    'x',
    vjp => (yBar, inputs, call) => cutOff(vjp(yBar, inputs, call), literalLength(call)),
  ),
  inForward(
    'group 0 for every group',
    'conv2d',
    forward => (inputs, call) => forward(ofGroupZero(inputs, call), call),
  ),
  inForward(
    'last tap skipped',
    'conv3d',
    forward => (inputs, call) => forward({ ...inputs, w: lastTapZero(inputs.w!) }, call),
  ),
  inForward(
    'padding on one side',
    'conv1d',
    forward => (inputs, call) =>
      forward(
        inputs,
        resized(call, at => ({ a: at('a') + at('b'), b: 0 })),
      ),
  ),
  inForward(
    'float32 accumulation',
    'conv2d',
    forward => (inputs, call) => summedSingly(forward(inputs, call)),
  ),
  inForward(
    'output channel stride',
    'conv1d',
    forward => (inputs, call) => channelsFirst(forward(inputs, call)),
  ),
  inForward(
    'dilation ignored',
    'conv2d',
    forward => (inputs, call) =>
      forward(
        inputs,
        resized(call, at => ({ d: 1, b: at('b') + (1 - at('d')) * (at('K') - 1) })),
      ),
  ),
  inForward('batch offset', 'conv2d', forward => (inputs, call) => forward(ofFirstSample(inputs), call)),
  inGradient(
    'one sample for the kernel gradient',
    'conv1d',
    'w',
    vjp => (yBar, inputs, call) => vjp(yBar, ofFirstSample(inputs), call),
  ),
  inForward('bias forgotten', 'conv3d', forward => (inputs, call) => {
    const { b: _, ...rest } = inputs;
    return forward(rest, call);
  }),
  inForward(
    'padding cropped on one side',
    'conv_transpose2d',
    forward => (inputs, call) =>
      forward(
        inputs,
        resized(call, at => ({ a: at('b'), b: at('a') })),
      ),
  ),
  inGradient('gradient of the transposed kernel', 'linear', 'w', vjp => (yBar, inputs, call) => {
    const wBar = vjp(yBar, inputs, call);
    return fromArray([...wBar.shape].reverse(), wBar.data, wBar.dtype);
  }),
  inForward(
    'negative start read as 0',
    'crop',
    forward => (inputs, call) =>
      forward(
        inputs,
        resized(call, at => ({ a: Math.max(0, at('a')) })),
      ),
  ),
  inForward('float64 from float32', 'concat', forward => (inputs, call) => {
    const y = forward(inputs, call);
    return fromArray(y.shape, y.data);
  }),
  inForward('input overwritten', 'bias', forward => (inputs, call) => {
    const y = forward(inputs, call);
    inputs.x!.data.set(y.data);
    return y;
  }),
  inForward('one part in ten to the thirteenth off', squash, forward => (inputs, call) => {
    const y = forward(inputs, call);
    return remade(y, cell => y.data[cell]! * (1 + 1e-13));
  }),
  inForward('a cheap exponential', rowShares, forward => (inputs, call) => {
    const y = forward(inputs, call);
    return remade(y, cell => Math.fround(y.data[cell]!));
  }),
  inGradient('the sum over the row forgotten', rowShares, 'x', () => (yBar, inputs, call) => {
    const y = rowShares.kernel.forward(inputs, call);
    return remade(y, cell => y.data[cell]! * yBar.data[cell]!);
  }),
  inGradient('every entry shares in the maximum', rowMaximum, 'x', () => (yBar, { x }) => {
    const width = x!.shape[1]!;
    return remade(x!, cell => yBar.data[Math.floor(cell / width)]! / width);
  }),
  inGradient(
    'the slope ignored',
    leaky,
    'x',
    () =>
      (yBar, { x }) =>
        remade(x!, cell => (x!.data[cell]! >= 0 ? yBar.data[cell]! : 0)),
  ),
  inForward('the mean over the batch only', meanOfAll, forward => (inputs, call) => {
    const y = forward(inputs, call);
    return remade(y, () => (y.data[0]! * inputs.x!.data.length) / inputs.x!.shape[0]!);
  }),
];
