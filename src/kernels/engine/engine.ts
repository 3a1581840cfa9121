/** Where sums are computed: chosen once, owned by whoever made it. */
import { BackproofError } from '../../error.js';
import type { FloatDType } from '../operands.js';
import { tiledMachine } from '../tiled/machine.js';
import { hasVectors, wasmMachine } from '../wasm/machine.js';
import type { Machine } from './machine.js';
import { type Memo, memo } from './memo.js';
import type { KernelPlans, SlidePlans } from './plans.js';

/**
 * `wasm`: WebAssembly with 128-bit vectors, sums in the element type (a float32 sum can overflow on the way to a
 * finite result). `tiled`: plain TypeScript in register tiles, sums in float64. `plain`: one tap at a time without
 * scratch memory, sums in float64.
 */
export type EngineKind = 'wasm' | 'tiled' | 'plain';

/** An engine holds scratch memory for the calls that name it, and nothing that a result depends on. */
export interface Engine {
  readonly kind: EngineKind;
  /** Calls with fewer products are left to the plain loops, which start at once. */
  readonly leastProducts: number;
  /** What shapes decided for recent calls. */
  readonly plans: Memo<SlidePlans>;
  readonly kernelPlans: Memo<KernelPlans>;
  /** Null for the plain loops. */
  machine(dtype: FloatDType): Machine | null;
  /** Bytes of scratch memory held now. */
  held(): number;
  /** Gives all scratch memory back; the engine can still be used. */
  release(): void;
}

/** Measured with `npm run bench -- s3`: below, laying out the operands costs more than it saves. */
const WORTHWHILE = 4096;

/**
 * A new engine. `auto` takes WebAssembly where the runtime has its vectors, else plain TypeScript, and leaves small
 * calls to the plain loops; a kind by name takes every call that it can: sums over infinite weights or cotangents,
 * and scratch beyond 512 MiB, are always left to the plain loops.
 * @throws BackproofError `unknown-engine`, `no-wasm-vectors`.
 */
export function createEngine(choice: EngineKind | 'auto' = 'auto'): Engine {
  const kinds: readonly string[] = ['auto', 'wasm', 'tiled', 'plain'];
  if (!kinds.includes(choice)) throw unknownEngine(choice, kinds);
  if (choice === 'wasm' && !hasVectors()) throw noVectors();
  const kind = choice === 'auto' ? (hasVectors() ? 'wasm' : 'tiled') : choice;
  const machines = new Map<string, Machine>();
  const made = (name: string, make: () => Machine): Machine => {
    const machine = machines.get(name) ?? make();
    machines.set(name, machine);
    return machine;
  };
  return {
    kind,
    leastProducts: choice === 'auto' ? WORTHWHILE : 0,
    plans: memo(),
    kernelPlans: memo(),
    machine(dtype) {
      if (kind === 'plain') return null;
      return kind === 'wasm' ? made(dtype, () => wasmMachine(dtype)) : made(kind, tiledMachine);
    },
    held: () => [...machines.values()].reduce((sum, machine) => sum + machine.held(), 0),
    release: () => machines.clear(),
  };
}

let shared: Engine | undefined;

/** The engine of calls that name none: one a thread, made when it is first asked for. */
export function sharedEngine(): Engine {
  shared ??= createEngine();
  return shared;
}

function unknownEngine(choice: unknown, kinds: readonly string[]): BackproofError {
  return new BackproofError({
    code: 'unknown-engine',
    where: 'createEngine',
    what: 'there is no such engine',
    expected: kinds.join(', '),
    got: String(choice),
    fix: 'Pass one of these names, or none for auto.',
    data: { choice },
  });
}

function noVectors(): BackproofError {
  return new BackproofError({
    code: 'no-wasm-vectors',
    where: 'createEngine',
    what: 'this runtime has no WebAssembly with 128-bit vectors',
    expected: 'WebAssembly.validate to accept a module that uses them',
    got: 'a refusal',
    fix: "Take 'auto' or 'tiled', or a newer runtime.",
  });
}
