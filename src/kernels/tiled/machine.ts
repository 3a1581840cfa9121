/**
 * The machine in plain TypeScript, for runtimes without WebAssembly vectors: sums are float64 whatever the operands
 * are, kept in a register tile as V8 compiles it. An address is an index.
 */
import type { Machine } from '../engine/machine.js';
import { copyRows, gather, spreadRows, transpose } from './copies.js';
import { dot, sweep } from './planes.js';
import { multiplyPanel, multiplyPlanes } from './product.js';

/** 2^26 elements are 512 MiB. */
const CAPACITY = 2 ** 26;

export function tiledMachine(): Machine {
  let floats = new Float64Array(0);
  let integers = new Int32Array(0);
  return {
    unit: 1,
    integerUnit: 1,
    capacity: CAPACITY,
    reserve(elements, count) {
      try {
        if (floats.length < elements) floats = new Float64Array(elements);
        if (integers.length < count) integers = new Int32Array(count);
      } catch (error) {
        if (error instanceof RangeError) return null;
        throw error;
      }
      return { floats, integers, float: 0, integer: 0 };
    },
    release() {
      floats = new Float64Array(0);
      integers = new Int32Array(0);
    },
    held: () => floats.byteLength + integers.byteLength,
    multiplyPlanes: (sums, columns, bias, out, pitch) =>
      multiplyPlanes(floats, integers, sums, columns, bias, out, pitch),
    multiplyPanel: (sums, blocks, out) => multiplyPanel(floats, integers, sums, blocks, out),
    transpose: (...numbers) => transpose(floats, ...numbers),
    gather: (...numbers) => gather(floats, integers, ...numbers),
    copyRows: (...numbers) => copyRows(floats, ...numbers),
    spreadRows: (...numbers) => spreadRows(floats, ...numbers),
    sweep: (rows, weights, bias, out, pitch) => sweep(floats, integers, rows, weights, bias, out, pitch),
    dot: (rows, y, yPitch, out) => dot(floats, integers, rows, y, yPitch, out),
    allFinite(from, count) {
      let sum = 0;
      for (let at = from; at < from + count; at++) sum += floats[at]! * 0;
      return sum === 0;
    },
  };
}
