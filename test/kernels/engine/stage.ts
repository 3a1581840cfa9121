/** A machine's scratch full of random integers, and a model of it that slow statements write to. */
import type { Machine, Scratch } from '../../../src/kernels/engine/machine.js';

const ELEMENTS = 12_000;
const INTEGERS = 600;

export interface Stage {
  readonly machine: Machine;
  /** The elements as the slow statement leaves them. */
  readonly want: Float64Array;
  /** From `least` to `most`. */
  draw(least: number, most: number): number;
  /** The first element of a place of its own, behind a gap. */
  zone(count: number): number;
  /** A table of distances or addresses, given in elements: its address, and the one behind it. */
  distances(values: readonly number[]): readonly [from: number, to: number];
  addresses(values: readonly number[]): readonly [from: number, to: number];
  /** Of an element. */
  address(element: number): number;
  /** Writes an element, in the scratch and in the model. */
  put(element: number, value: number): void;
  /** Leaves elements out of the comparison. */
  ignore(from: number, to: number): void;
  /** The first element or integer that is not as the model says. */
  difference(): string | null;
}

export function stage(machine: Machine, seed: number): Stage {
  let state = (seed >>> 0) + 1;
  const draw = (least: number, most: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return least + ((state >>> 8) % (most - least + 1));
  };
  const scratch = machine.reserve(ELEMENTS, INTEGERS)!;
  for (let k = 0; k < ELEMENTS; k++) scratch.floats[k] = draw(-9, 9);
  scratch.integers.fill(-1);
  const want = new Float64Array(scratch.floats);
  const tables = new Int32Array(scratch.integers);
  let [next, nextInteger] = [draw(0, 5), draw(0, 5)];
  const address = (element: number): number => scratch.float + element * machine.unit;
  const table = (values: readonly number[]): readonly [number, number] => {
    const at = nextInteger;
    nextInteger += values.length + draw(0, 3);
    if (nextInteger > INTEGERS) throw new Error('the stage has too few integers');
    tables.set(values, at);
    scratch.integers.set(values, at);
    const of = (k: number): number => scratch.integer + k * machine.integerUnit;
    return [of(at), of(at + values.length)];
  };
  return {
    machine,
    want,
    draw,
    zone(count) {
      const at = next;
      next += count + draw(0, 9);
      // A row of results may be followed by some slack.
      if (next + 16 > ELEMENTS) throw new Error('the stage has too few elements');
      return at;
    },
    distances: values => table(values.map(value => value * machine.unit)),
    addresses: values => table(values.map(address)),
    address,
    put(element, value) {
      scratch.floats[element] = value;
      want[element] = value;
    },
    ignore(from, to) {
      for (let k = from; k < to; k++) want[k] = scratch.floats[k]!;
    },
    difference: () => differenceOf(scratch, want, tables),
  };
}

function differenceOf({ floats, integers }: Scratch, want: Float64Array, tables: Int32Array): string | null {
  const element = want.findIndex((value, k) => !Object.is(value + 0, floats[k]! + 0));
  if (element >= 0) return `element ${element} is ${floats[element]}, not ${want[element]}`;
  const integer = tables.findIndex((value, k) => value !== integers[k]);
  return integer < 0 ? null : `integer ${integer} is ${integers[integer]}, not ${tables[integer]}`;
}
