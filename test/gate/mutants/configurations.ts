/** Small calls of an operator, made from a seed: extents that differ, strides that do not divide, values that are hard. */
import type { WireTensor, WireTensors } from '../../../src/gate/subject/subject.js';
import { type Random, randomFrom } from '../../../src/gate/vectors/random.js';
import { kernelCall, type Params } from '../../../src/ops/index.js';
import { type Shape, size } from '../../../src/tensor/index.js';

export interface Configuration {
  readonly op: string;
  readonly params: Params;
  readonly inputs: WireTensors;
  readonly upstream: WireTensor;
}

/** Values held fixed while the others are drawn. */
export interface Fixed {
  readonly batch?: number;
  readonly groups?: number;
  readonly stride?: number;
  readonly dilation?: number;
  readonly padding?: number;
  readonly kernel?: number;
  readonly filling?: Filling;
  readonly isDense?: boolean;
}

export type Filling = 'integers' | 'large' | 'few' | 'negative' | 'extreme' | 'nan';

/** The same words give the same calls; each is in the domain of the operator and has an output. */
export function configurations(op: string, words: string, count: number, fixed: Fixed = {}): Configuration[] {
  const random = randomFrom(`${op} ${words}`);
  const found: Configuration[] = [];
  for (let tries = 0; found.length < count; tries++) {
    if (tries > 200 * count) throw new Error(`no calls of ${op} are found`);
    const one = drawn(op, random, fixed);
    if (one) found.push(one);
  }
  return found;
}

interface Shapes {
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly params: Params;
}

function drawn(op: string, random: Random, fixed: Fixed): Configuration | null {
  const { shapes, params } = shapesOf(op, random, fixed);
  let output: Shape;
  try {
    const { target, ...others } = shapes;
    const asked = target ? { ...others, target: shapes.x! } : others;
    output = kernelCall(op, asked, params).call.output;
  } catch {
    return null;
  }
  if (size(output, 'output') === 0 || size(output, 'output') > 400) return null;
  const filling = fixed.filling ?? fillingOf(op, random);
  const one = filledCall(op, { shapes, params }, output, random, filling);
  const dense = cotangent(one.upstream, random);
  return { ...one, upstream: fixed.isDense || random.integer(0, 2) > 0 ? dense : strided(dense) };
}

/** The tensors of a call, contiguous; a target of one axis holds class indices. */
export function filledCall(
  op: string,
  { shapes, params }: Shapes,
  output: Shape,
  random: Random,
  filling: Filling,
): Configuration {
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, filled(op, name, shape, random, filling)]),
  );
  const upstream = filled(op, 'upstream', output, random, filling === 'large' ? 'large' : 'integers');
  return { op, params, inputs, upstream };
}

function fillingOf(op: string, random: Random): Filling {
  const known: Readonly<Record<string, readonly Filling[]>> = {
    conv: ['integers', 'integers', 'large'],
    max: ['integers', 'few', 'negative', 'nan'],
    relu: ['integers', 'few', 'nan'],
    sigmoid: ['integers', 'extreme'],
    softmax: ['few', 'integers', 'extreme'],
  };
  return random.shuffled<Filling>(known[op.split('_')[0]!.replace(/\dd$/u, '')] ?? ['integers'])[0]!;
}

function shapesOf(op: string, random: Random, fixed: Fixed): Shapes {
  const rank = Number(/(\d)d$/u.exec(op)?.[1] ?? 0);
  const most = rank === 3 ? 4 : rank === 2 ? 6 : 9;
  const perAxis = (low: number, high: number, value?: number) =>
    Array.from({ length: rank }, () => value ?? random.integer(low, high));
  const pads = () => {
    const modes = ['same-upper', 'same-lower', 'valid'];
    if (fixed.padding === undefined && random.integer(0, 3) === 0) return random.shuffled(modes)[0]!;
    return perAxis(0, 0).map((): [number, number] => [
      fixed.padding ?? random.integer(0, 3),
      fixed.padding ?? random.integer(0, 2),
    ]);
  };
  const N = fixed.batch ?? random.integer(1, 3);
  if (op.startsWith('conv')) {
    const groups = fixed.groups ?? random.integer(1, 3);
    const [A, B] = [random.integer(1, 3), random.integer(1, 3)];
    const params = {
      ...{ stride: perAxis(1, 3, fixed.stride), padding: pads() },
      ...{ dilation: perAxis(1, 3, fixed.dilation), groups },
    };
    const transposed = op.startsWith('conv_t');
    const kernel = perAxis(1, rank === 3 ? 3 : 4, fixed.kernel);
    const spatial = perAxis(1, transposed ? 3 : most);
    return {
      shapes: {
        x: [N, (transposed ? A : B) * groups, ...spatial],
        w: transposed ? [A * groups, B, ...kernel] : [A * groups, B, ...kernel],
        b: [(transposed ? B : A) * groups],
      },
      params: transposed ? { ...params, output_padding: perAxis(0, 2) } : params,
    };
  }
  if (rank > 0) {
    const params = {
      ...{
        kernel_size: perAxis(1, 3),
        stride: perAxis(1, 3),
        padding: pads(),
        ceil_mode: random.integer(0, 1) === 1,
      },
      ...(op.startsWith('max')
        ? { dilation: perAxis(1, 2, fixed.dilation) }
        : { count_include_pad: random.integer(0, 1) === 1 }),
    };
    return { shapes: { x: [N, random.integer(1, 2), ...perAxis(1, most)] }, params };
  }
  return functionShapes(op, random, N);
}

function functionShapes(op: string, random: Random, N: number): Shapes {
  if (op === 'linear') {
    const [I, O] = [random.integer(1, 4), random.integer(1, 4)];
    return { shapes: { x: [N, I], w: [O, I], b: [O] }, params: {} };
  }
  const reduction = random.shuffled(['mean', 'sum', 'none'])[0]!;
  const x = [N, random.integer(2, 4)];
  if (op === 'softmax_cross_entropy') {
    const kind = random.shuffled(['indices', 'probabilities'])[0]!;
    const target = kind === 'indices' ? [N] : x;
    return { shapes: { x, target }, params: { reduction, target_kind: kind } };
  }
  const isLoss = op === 'mse' || op.startsWith('bce');
  return isLoss ? { shapes: { x, target: x }, params: { reduction } } : { shapes: { x }, params: {} };
}

function filled(op: string, name: string, shape: Shape, random: Random, filling: Filling): WireTensor {
  const cells = size(shape, name);
  if (name === 'target' && shape.length === 1) {
    // Two classes at least, whatever x has.
    return { shape, dtype: 'int32', data: Int32Array.from({ length: cells }, () => random.integer(0, 1)) };
  }
  const number = numberOf(op, name, filling);
  return { shape, dtype: 'float64', data: Float64Array.from({ length: cells }, () => number(random)) };
}

function numberOf(op: string, name: string, filling: Filling): (random: Random) => number {
  if (op === 'bce' && name === 'x') {
    return random => (random.integer(0, 5) === 0 ? 1e-9 : random.integer(1, 63) / 64);
  }
  if (op.startsWith('bce') && name === 'target') return random => random.integer(0, 4) / 4;
  if (op === 'softmax_cross_entropy' && name === 'target') return random => random.integer(0, 3) / 2;
  const signed = (high: number) => (random: Random) =>
    random.integer(1, high) * (random.integer(0, 1) * 2 - 1);
  switch (filling) {
    case 'integers':
      return signed(9);
    case 'large':
      return signed(2 ** 20);
    case 'few':
      return random => random.integer(-1, 1);
    case 'negative':
      return random => -random.integer(1, 9);
    case 'extreme':
      return random => random.integer(-2, 2) * 400;
    case 'nan':
      return random => (random.integer(0, 3) === 0 && name === 'x' ? Number.NaN : random.integer(-4, 4));
  }
}

/** At times all ones, or a single cell: the probes that a kernel may know. */
function cotangent(drawnOne: WireTensor, random: Random): WireTensor {
  const kind = random.integer(0, 11);
  const data = drawnOne.data.map((value, k) => (kind === 0 ? 1 : kind > 1 || k === 0 ? value : 0));
  return { ...drawnOne, data };
}

/** The same tensor with its axes the other way round in memory, behind an offset. */
export function strided({ shape, data, dtype }: WireTensor): WireTensor {
  const strides = shape.map((_, axis) => size(shape.slice(0, axis), 'stride'));
  const memory = new Float64Array(data.length + 2).fill(7);
  data.forEach((value, flat) => {
    let [rest, at] = [flat, 2];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    memory[at] = value;
  });
  return { shape, data: memory, dtype, strides, offset: 2 };
}
