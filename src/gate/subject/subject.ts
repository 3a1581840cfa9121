/** A kernel under test, wherever it runs: in this thread, in a worker, behind a pipe. */
import type { Params } from '../../ops/index.js';
import type { Shape } from '../../tensor/index.js';
import type { Declares } from './declares.js';
import type { WireDType, WireTensor, WireTensors } from './wire.js';

export type { WireData, WireDType, WireTensor, WireTensors } from './wire.js';

export type Pass = 'forward' | 'backward';

/** What a kernel computes: the output, and the gradients to its inputs. */
export const RESULTS = ['y', 'dx', 'dw', 'db'] as const;
export type ResultName = (typeof RESULTS)[number];

/** One call of a kernel. Whoever runs it hands the kernel fresh copies of everything here. */
export interface SubjectCall {
  /** Stable over runs: messages and replays name it. */
  readonly id: string;
  readonly op: string;
  readonly pass: Pass;
  /** In the form of golden vectors, every one written. */
  readonly params: Params;
  /** x, and w, b, target where the operator has them. */
  readonly inputs: WireTensors;
  /** The cotangent of y; backward only. */
  readonly upstream: WireTensor | null;
  /** Results that are asked for, with the shape and element type that they must have. */
  readonly want: Readonly<Partial<Record<ResultName, { readonly shape: Shape; readonly dtype: WireDType }>>>;
  /** Outputs filled in advance, for kernels that declare `out`. */
  readonly out: Readonly<Partial<Record<ResultName, WireTensor>>> | null;
}

/** Why a call has no result, as contracts name it. */
export type Fault = 'crash' | 'hang' | 'protocol' | 'startup';

export type Answer =
  | {
      readonly kind: 'ok';
      /** As they came: shapes and element types are for the judge to hold against `want`. */
      readonly outputs: Readonly<Partial<Record<ResultName, WireTensor>>>;
      /** Inputs, `upstream` or `params` that the kernel wrote to. */
      readonly mutated: readonly string[];
      /** What the kernel itself says it took, in nanoseconds; null if it does not say. */
      readonly nanoseconds: number | null;
    }
  | { readonly kind: 'skip'; readonly why: string }
  | {
      readonly kind: 'fault';
      readonly fault: Fault;
      readonly message: string;
      /** The end of what it wrote to stderr; '' where there is no such stream. */
      readonly stderr: string;
    };

/** What a kernel says of one operator. */
export interface Offer {
  readonly op: string;
  readonly passes: readonly Pass[];
  readonly declares: Declares;
  /** Tensors go through a pipe: dense, and results are the kernel's own. */
  readonly behindPipe?: true;
}

export interface Subject {
  /** A path, a command, a name: what reports call it. */
  readonly name: string;
  readonly offers: ReadonlyMap<string, Offer>;
  /** Never rejects for anything that the kernel did. One call at a time. */
  call(call: SubjectCall, options: { readonly hangMs: number }): Promise<Answer>;
  /** Ends workers and processes; never hangs. */
  close(): Promise<void>;
}

/** A subject that could not be had: `fault` says why. */
export interface NoSubject {
  readonly fault: Fault;
  readonly message: string;
  readonly stderr: string;
}
