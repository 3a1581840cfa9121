/** The gradients of a network at a point, in both ways and in any arithmetic. */
import { type Rational, rational } from '../../exact/index.js';
import { type Arithmetic, evaluateAll, type Variable } from '../../expr/index.js';
import { numericAlgebra, type Valued } from '../../index-sum/index.js';
import { forwardValues, selectionAt } from '../../ops/index.js';
import { ravel, type Shape, size } from '../../tensor/index.js';
import { composedGradients } from './compose.js';
import { type CellsByTensor, cotangentOf } from './graph.js';
import { endsInLoss, type Layer, type Network, outputOf } from './network.js';

export interface Point {
  readonly seed: number;
  readonly range: PointRange;
}

/** By tensor; a closed form that is missing on the way leaves null. */
export interface GradientsAtPoint<T> {
  readonly derivative: ReadonlyMap<string, readonly T[]>;
  readonly composed: ReadonlyMap<string, Valued<T> | null>;
  readonly values: ReadonlyMap<string, readonly T[]>;
  /** dL/d(output). */
  readonly upstream: readonly T[];
}

/**
 * @param gradients over the input, the parameters, the data and dL/d(output), by the tensors wanted
 * @param toNumber for the choices of maxima
 */
export function gradientsAtPoint<T>(
  network: Network,
  gradients: CellsByTensor,
  point: Point,
  arithmetic: Arithmetic<T>,
  toNumber: (value: T) => number,
): GradientsAtPoint<T> {
  const algebra = numericAlgebra(arithmetic);
  const values = forwardPass(network, point, arithmetic);
  const output = values.get(outputOf(network))!;
  const upstream: Valued<T> = endsInLoss(network)
    ? { shape: output.shape, values: [arithmetic.constant(rational.ONE)] }
    : randomValues(output.shape, { ...point, seed: point.seed + network.tensors.size }, arithmetic);
  const numbers = ({ shape, values: list }: Valued<T>) => ({ shape, values: list.map(toNumber) });
  const selections = ({ operator, call, reads }: Layer): Valued<T> | null => {
    const inputs = Object.entries(reads).map(([slot, tensor]): [string, Valued<number>] => [
      slot,
      { ...numbers(values.get(tensor)!), shape: call.inputs[slot]! },
    ]);
    const chosen = selectionAt(operator, call, new Map(inputs));
    return (
      chosen && {
        shape: chosen.shape,
        values: chosen.values.map(value => arithmetic.constant(rational.from(value))),
      }
    );
  };
  const composed = composedGradients(network, values, upstream, algebra, selections);
  const named = new Map([...values, [cotangentOf(outputOf(network)), upstream] as const]);
  const at = ({ tensor, index }: Variable) => {
    const { shape, values: list } = named.get(tensor)!;
    return list[ravel(shape, index)]!;
  };
  const wanted = [...gradients];
  const all = evaluateAll(
    wanted.flatMap(([, one]) => one.values),
    arithmetic,
    at,
  );
  let start = 0;
  const derivative = wanted.map(([name, { values: list }]) => {
    start += list.length;
    return [name, all.slice(start - list.length, start)] as const;
  });
  return {
    derivative: new Map(derivative),
    composed,
    values: new Map([...values].map(([name, one]) => [name, one.values])),
    upstream: upstream.values,
  };
}

/** The values of all tensors. */
function forwardPass<T>(
  { layers, tensors }: Network,
  { seed, range }: Point,
  arithmetic: Arithmetic<T>,
): ReadonlyMap<string, Valued<T>> {
  const values = new Map<string, Valued<T>>();
  let next = seed;
  for (const { name, kind, shape } of tensors.values()) {
    if (kind !== 'layer') values.set(name, randomValues(shape, { seed: next++, range }, arithmetic));
  }
  for (const { name, operator, call, reads } of layers) {
    const inputs = Object.entries(reads).map(([slot, tensor]): [string, Valued<T>] => [
      slot,
      { shape: call.inputs[slot]!, values: values.get(tensor)!.values },
    ]);
    values.set(name, forwardValues(operator, call, new Map(inputs), numericAlgebra(arithmetic)));
  }
  return values;
}

/**
 * Where inputs and parameters are drawn from: between -2 and 2 without 0, which would hide a wrong coefficient, or
 * between 0 and 1, where also logarithms and roots have values.
 */
type PointRange = 'signed' | 'unit';

/** Sixteenths; the same seed gives the same values. */
function randomValues<T>(shape: Shape, { seed, range }: Point, arithmetic: Arithmetic<T>): Valued<T> {
  let state = (seed + 1) * 2654435761;
  const next = (): Rational => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    if (range === 'unit') return rational.of(1 + ((state >>> 16) % 15), 16);
    const value = 1 + ((state >>> 16) % 32);
    return rational.of(state & 0x8000 ? value : -value, 16);
  };
  return { shape, values: Array.from({ length: size(shape) }, () => arithmetic.constant(next())) };
}
