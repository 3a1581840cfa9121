/** A network as data: layers in order, and the tensors that they read and make. */
import type { Operator, Params, Resolved } from '../../ops/index.js';
import type { Shape } from '../../tensor/index.js';

/** A further input of a layer: a new tensor, or one of an earlier name, which is read again. */
export interface LayerInput {
  /** By default W1, b1, W2, ...; T for a target. */
  readonly name?: string | undefined;
  /** May be left out where it follows from the other inputs, as that of a bias does. */
  readonly shape?: Shape | undefined;
}

/** A layer as it is asked for. */
export interface NetworkLayer {
  readonly operator: Operator | string;
  /** By the operator's own names: w, b, target. The first input is the layer before unless it is given here. */
  readonly inputs?: Readonly<Record<string, LayerInput>> | undefined;
  readonly params?: Params | undefined;
  /** Name of the output, by default A1, A2, ... */
  readonly name?: string | undefined;
}

/** Data is what nobody trains: the input and the target. */
export type TensorKind = 'data' | 'parameter' | 'layer';

export interface NetworkTensor {
  readonly name: string;
  readonly kind: TensorKind;
  readonly shape: Shape;
  /** The axes by which cells are indexed: those that were written, and those that follow from them. */
  readonly shownAxes: readonly number[];
}

/** A layer that fits the ones before it. */
export interface Layer {
  /** Of its output. */
  readonly name: string;
  readonly operator: Operator;
  readonly call: Resolved;
  /** The parameters that were given, at their defaults or not. */
  readonly given: readonly string[];
  /** The tensor that each input of the operator reads. */
  readonly reads: Readonly<Record<string, string>>;
}

export interface Network {
  readonly input: string;
  readonly layers: readonly Layer[];
  /** By name: the input, then what each layer brings and makes. */
  readonly tensors: ReadonlyMap<string, NetworkTensor>;
  /** The loss: the last output where that is one number without axes, else any function of it. */
  readonly loss: string;
}

export const outputOf = ({ layers }: Network): string => layers.at(-1)!.name;

/** Whether the network computes the loss itself. */
export const endsInLoss = (network: Network): boolean => outputOf(network) === network.loss;

/** The extents by which a tensor's cells are indexed. */
export const shownShape = ({ shape, shownAxes }: NetworkTensor): Shape => shownAxes.map(axis => shape[axis]!);
