/** A call with its tensors drawn, as vectors write it and as its results are computed. */
import { COTANGENT, type Operator, type Params, type Resolved, resolve } from '../../ops/index.js';
import type { Shape } from '../../tensor/index.js';
import type { VectorTensor, VectorTensors } from './case.js';
import { filled } from './filling.js';
import { writtenParams } from './format.js';
import type { Random } from './random.js';
import type { Plan, Scenario } from './scenario.js';
import { withOneHot } from './targets.js';
import type { Float } from './values.js';

export type Fill = Pick<Scenario, 'filling' | 'fillings'>;

export interface FilledCall {
  readonly operator: Operator;
  readonly call: Resolved;
  readonly dtype: Float;
  /** In the form of vectors, every one written. */
  readonly params: Params;
  readonly inputs: VectorTensors;
  readonly upstream: VectorTensor;
  /** The inputs as the definition reads them, and the upstream as yBar. */
  readonly given: VectorTensors;
}

/** @throws BackproofError the codes of `resolve`. */
export function filledCall(
  operator: Operator,
  { shapes, params: asked }: Plan,
  fill: Fill,
  dtype: Float,
  random: Random,
): FilledCall {
  const params = writtenParams(operator, asked, resolve(operator, shapes, asked).rank);
  const call = resolve(operator, shapes, params);
  const tensor = (name: string, shape: Shape): VectorTensor =>
    name === 'target' && params.target_kind === 'indices'
      ? { shape: shape.slice(0, -1), dtype: 'int32', data: indices(shape, random) }
      : { shape, dtype, data: filled(shape, fill.fillings?.[name] ?? fill.filling, random) };
  const drawn = Object.entries(call.inputs).map(([name, shape]) => [name, tensor(name, shape)] as const);
  const inputs = Object.fromEntries(drawn);
  const upstream = tensor(COTANGENT, call.output);
  const given = { ...withOneHot({ params, inputs }), [COTANGENT]: upstream };
  return { operator, call, dtype, params, inputs, upstream, given };
}

const indices = ([rows = 0, classes = 1]: Shape, random: Random): number[] =>
  Array.from({ length: rows }, () => random.integer(0, classes - 1));
