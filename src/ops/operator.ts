/** The record that declares an operator: everything else about it is derived from these facets. */
import type { CallOptions, FloatDType } from '../kernels/index.js';
import type { AxisPadding, Shape, Tensor } from '../tensor/index.js';
import type { Claim } from './claim.js';

/** A parameter as callers give it: a number, one per axis, pairs, a switch, or a mode by name. */
export type ParamValue = number | boolean | string | readonly (number | AxisPadding)[];
export type Params = Readonly<Record<string, ParamValue>>;

/** Names of the definition's sizes and parameters with their values: N, C, L1, L2, s1, a1, ... */
export type Sizes = Readonly<Record<string, number>>;

/** Named values by parameter. */
export type Modes = Readonly<Record<string, readonly string[]>>;

/** A call with everything checked and computed. */
export interface Resolved {
  readonly rank: number;
  readonly params: Params;
  readonly sizes: Sizes;
  /** Shapes of the inputs that are present. */
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly output: Shape;
}

export type FloatTensor = Tensor<FloatDType>;
export type Inputs = Readonly<Record<string, FloatTensor>>;

/** A gradient that we do not claim, with the reason. */
export interface Hole {
  readonly kind: 'hole';
  readonly reason: string;
}

/** A claim known to be wrong: every checker must refuse it, and a refuted claim is compared with it. */
export interface Mistake<Input extends string = string> {
  readonly name: string;
  /** What went wrong, in words for the person who made it. */
  readonly says: string;
  readonly wrt: Input;
  readonly claim: (params: Params, rank: number) => Claim;
}

export interface Example {
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly params: Params;
}

export interface BadCall extends Example {
  readonly code: string;
}

export interface Operator<Input extends string = string> {
  readonly name: string;
  readonly summary: string;
  /** Number of spatial axes; null: as the first input has; or told by the parameters. */
  readonly rank: number | null | ((params: Params) => number);
  /** Layout of each input, in display order: "N C L@" names one size per axis, L@ one per spatial axis. */
  readonly inputs: Readonly<Record<Input, string>>;
  /** Inputs that a call may leave out; their terms then vanish. */
  readonly optional: readonly Input[];
  /** Layout of the output; '' is a scalar. */
  readonly output: string | ((params: Params) => string);
  /** What to call the output of an application within a longer formula: "padded". */
  readonly result: string;
  /** Defaults; no other parameter is accepted. One that the definition reads as a tensor without axes is a real number. */
  readonly params: Params;
  /** The letters that a parameter sets: one, one per axis (`s@`), or one before and one after each axis. */
  readonly letters: Readonly<Record<string, string | readonly [before: string, after: string]>>;
  /** The values of each parameter that changes the definition, as text, the default first. */
  readonly modes: Modes | ((rank: number) => Modes);
  /** What ties the letters together, as src/ops/domain.ts reads it; `sizes` says the same in numbers. */
  readonly domain: (params: Params) => readonly string[];
  /** The forward rule in the text form of src/index-sum/parse.ts: the only thing that is ever differentiated. */
  readonly definition: (params: Params, rank: number) => string;
  /** From the sizes that the layouts name, checks the call and adds output sizes and parameter values. */
  readonly sizes: (dims: Sizes, params: Params, rank: number) => Sizes;
  /** What each gradient is said to be, as a composition of operators; the proof room holds it to the definition. */
  readonly claims: (params: Params, rank: number) => Readonly<Record<Input, Claim | Hole>>;
  /** A fast loop written apart from the definition. */
  readonly kernel: Kernel<Input>;
  readonly mistakes: readonly Mistake<Input>[];
  /** Small calls that differ in every extent, for proofs, tests and tables. */
  readonly examples: readonly Example[];
  readonly badCalls: readonly BadCall[];
}

/** A kernel may take the engine and the output that it is given; where it does not, `kernelCall` copies its result. */
export interface Kernel<Input extends string = string> {
  readonly forward: (inputs: Inputs, call: Resolved, options?: CallOptions) => FloatTensor;
  /** Pulls the cotangent of the output back to each input; absent where the claim's own kernels are the only code. */
  readonly vjp: Partial<
    Readonly<
      Record<Input, (yBar: FloatTensor, inputs: Inputs, call: Resolved, options?: CallOptions) => FloatTensor>
    >
  >;
}

/** The facets that are seldom read. */
type Seldom = 'mistakes' | 'examples' | 'badCalls';

/** A record as it is written: functions stand for the facets that are seldom read, called when one is first read. */
export type Written<Input extends string = string> = Omit<Operator<Input>, Seldom> & {
  readonly [Facet in Seldom]: () => Operator<Input>[Facet];
};

/** Types a record: a claim, or a hole with its reason, must stand for every input. */
export function defineOperator<Input extends string>(written: Written<Input>): Operator<Input> {
  const made: { -readonly [Facet in Seldom]?: Operator<Input>[Facet] } = {};
  return {
    ...written,
    get mistakes() {
      made.mistakes ??= written.mistakes();
      return made.mistakes;
    },
    get examples() {
      made.examples ??= written.examples();
      return made.examples;
    },
    get badCalls() {
      made.badCalls ??= written.badCalls();
      return made.badCalls;
    },
  };
}

/** The layout of the output under these parameters. */
export const outputLayout = ({ output }: Operator, params: Params): string =>
  typeof output === 'function' ? output(params) : output;

/** The named values of each mode at a number of spatial axes. */
export const modesAt = ({ modes }: Operator, rank: number): Modes =>
  typeof modes === 'function' ? modes(rank) : modes;
