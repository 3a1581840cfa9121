/** Samples that no policy and hardly any rounding touches: only what the condition is about can go wrong. */
import type { FloatTensor } from '../../../ops/index.js';
import { type Shape, strides } from '../../../tensor/index.js';
import type { Declares } from '../../subject/declares.js';
import type { WireTensor } from '../../subject/subject.js';
import { randomFrom } from '../../vectors/random.js';
import { mannerOf } from './manners.js';
import { once, type Sample, type SampleCall } from './sample.js';

/** Per operand, the axis along which all its cells are equal. */
export type EqualAlong = Readonly<Record<string, number | null>>;

/** A sample, or why there is none. */
export function drawSample(
  of: SampleCall,
  declares: Declares,
  words: string,
  equalAlong: EqualAlong = {},
): Sample | string {
  const manner = mannerOf(of, declares);
  if (typeof manner === 'string') return manner;
  const random = randomFrom(`${of.operator.name} ${JSON.stringify(of.configuration)} ${words}`);
  const tensor = (name: string, shape: Shape): WireTensor =>
    evened(manner.fill(name, shape, random), equalAlong[name] ?? null);
  const { inputs: shapes, output } = of.call.call;
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, tensor(name, shape)]),
  );
  const upstream = tensor('yBar', output) as FloatTensor;
  return { ...of, id: words, inputs, upstream, expected: once(manner.expected(inputs, upstream)) };
}

/** The cells at index 0 of the axis, all along it. */
function evened(tensor: WireTensor, axis: number | null): WireTensor {
  const { shape } = tensor;
  if (axis === null || axis >= shape.length) return tensor;
  const step = strides(shape)[axis]!;
  const data = tensor.data.map((_, k) => tensor.data[k - (Math.floor(k / step) % shape[axis]!) * step]!);
  return { ...tensor, data };
}
