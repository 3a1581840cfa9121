/** The machine in WebAssembly: one instance and one memory of its own, which nothing else can see. */

import type { FloatArray, Machine } from '../engine/machine.js';
import type { FloatDType } from '../operands.js';
import { BINARY } from './binary.js';

const PAGE = 65_536;
/** 1 GiB. */
const MOST_BYTES = 2 ** 30;

type Primitive = (...numbers: number[]) => number;

/** The exports of text/module.ts. */
type Primitives = Readonly<
  Record<
    | 'multiply_planes'
    | 'multiply_panel'
    | 'transpose'
    | 'gather'
    | 'copy_rows'
    | 'spread_rows'
    | 'sweep'
    | 'dot'
    | 'all_finite',
    Primitive
  >
>;

/** Compiled once a thread and element type; a module is a constant. */
const modules = new Map<FloatDType, WebAssembly.Module>();

function moduleFor(dtype: FloatDType): WebAssembly.Module {
  let module = modules.get(dtype);
  if (!module) {
    module = new WebAssembly.Module(bytesOf(BINARY[dtype]));
    modules.set(dtype, module);
  }
  return module;
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), character => character.charCodeAt(0));

/** Whether this runtime has WebAssembly with 128-bit vectors. */
export function hasVectors(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(bytesOf(BINARY.float32));
}

interface Instance {
  readonly memory: WebAssembly.Memory;
  readonly primitives: Primitives;
}

function instantiate(dtype: FloatDType): Instance {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_BYTES / PAGE });
  const { exports } = new WebAssembly.Instance(moduleFor(dtype), { backproof: { memory } });
  return { memory, primitives: exports as Primitives };
}

/** False where the runtime has no more memory. */
function grows(memory: WebAssembly.Memory, pages: number): boolean {
  try {
    memory.grow(pages);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** @throws what the runtime throws where it has no WebAssembly with vectors. */
export function wasmMachine(dtype: FloatDType): Machine {
  const unit = dtype === 'float64' ? 8 : 4;
  let instance: Instance | null = null;
  // Primitives run only after a reserve.
  const run = (): Primitives => instance!.primitives;
  return {
    unit,
    integerUnit: 4,
    capacity: MOST_BYTES / unit / 2,
    reserve(elements, integers) {
      instance ??= instantiate(dtype);
      const float = Math.ceil((integers * 4) / 64) * 64;
      const bytes = float + elements * unit;
      const missing = bytes - instance.memory.buffer.byteLength;
      if (missing > 0 && !grows(instance.memory, Math.ceil(missing / PAGE))) return null;
      const { buffer } = instance.memory;
      const floats: FloatArray =
        dtype === 'float64'
          ? new Float64Array(buffer, float, elements)
          : new Float32Array(buffer, float, elements);
      return { floats, integers: new Int32Array(buffer, 0, integers), float, integer: 0 };
    },
    release() {
      instance = null;
    },
    held: () => instance?.memory.buffer.byteLength ?? 0,
    multiplyPlanes: ({ bases, rows, panel, block, runs, runsEnd, length }, columns, bias, out, pitch) => {
      run().multiply_planes(bases, rows, panel, columns, block, runs, runsEnd, length, bias, out, pitch);
    },
    multiplyPanel: ({ bases, rows, panel, block, runs, runsEnd, length }, blocks, out) => {
      run().multiply_panel(bases, rows, panel, blocks, block, runs, runsEnd, length, out);
    },
    transpose: (...numbers) => {
      run().transpose(...numbers);
    },
    gather: (...numbers) => {
      run().gather(...numbers);
    },
    copyRows: (...numbers) => {
      run().copy_rows(...numbers);
    },
    spreadRows: (...numbers) => {
      run().spread_rows(...numbers);
    },
    sweep: ({ rows, width, x, xPitch, taps, tapsEnd }, weights, bias, out, outPitch) => {
      run().sweep(rows, width, x, xPitch, taps, tapsEnd, weights, bias, out, outPitch);
    },
    dot: ({ rows, width, x, xPitch, taps, tapsEnd }, y, yPitch, out) => {
      run().dot(rows, width, x, xPitch, taps, tapsEnd, y, yPitch, out);
    },
    allFinite: (from, count) => run().all_finite(from, count) === 1,
  };
}
