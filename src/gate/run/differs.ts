/** Does a planted mistake make a difference at these shapes, on any operands that the kernel under test has to take? */

import { operatorNamed, resolve } from '../../ops/index.js';
import { type Shape, size } from '../../tensor/index.js';
import { SIGNIFICAND } from '../judge/budget.js';
import { INEXACT } from '../judge/rounding.js';
import type { ModuleKernel } from '../mutants/kernel.js';
import { numbersOf, tensorOf } from '../mutants/operands.js';
import type { GateCase } from '../plan/gate-case.js';
import type { Declares } from '../subject/declares.js';
import type { ResultName, WireTensor, WireTensors } from '../subject/subject.js';
import { type Random, randomFrom } from '../vectors/random.js';

type Draw = (random: Random) => number;

const LARGEST = 2 ** 20;

/** Operands of every kind that the declaration admits; large integers are seldom equal, and never 0. */
function drawsFor({ ties, kink, specialValues }: Declares): Draw[] {
  const signed: Draw = random => random.integer(1, LARGEST) * (2 * random.integer(0, 1) - 1);
  const negative: Draw = random => -random.integer(1, LARGEST);
  const equal: Draw = random => random.integer(-1, 1);
  const special: Draw = random => (random.integer(0, 3) === 0 ? Number.NaN : random.integer(1, LARGEST));
  // The right kernels take the first of equal maxima, and the slope 0.
  const isTaken = ties === 'first' && kink === 0;
  return [signed, negative, ...(isTaken ? [equal] : []), ...(specialValues ? [special] : [])];
}

/** True where two calls in a row give other bits than those of a right kernel. */
export function differs(
  one: GateCase,
  result: ResultName,
  mutant: ModuleKernel,
  right: ModuleKernel,
  declares: Declares,
): boolean {
  return drawsFor(declares).some((draw, k) => {
    const { inputs, upstream } = operands(one, draw, randomFrom(`differs ${k}`));
    return [0, 1].some(() => {
      const [got, expected] = [mutant, right].map(kernel => outcome(kernel, result, inputs, upstream, one));
      return !sameNumbers(got!, expected!, slackOf(one, declares));
    });
  });
}

interface Operands {
  readonly inputs: WireTensors;
  readonly upstream: WireTensor;
}

function operands({ op, shapes, params, dtype }: GateCase, draw: Draw, random: Random): Operands {
  const call = resolve(operatorNamed(op), shapes, params);
  const drawn = (shape: Shape, number: Draw): WireTensor =>
    tensorOf(
      shape,
      Float64Array.from({ length: size(shape) }, () => number(random)),
      dtype,
    );
  const inputs = Object.entries(call.inputs).map(([name, shape]): [string, WireTensor] => {
    if (name === 'target' && params.target_kind === 'indices') {
      const classes = Int32Array.from({ length: shape[0]! }, () => random.integer(0, shape[1]! - 1));
      return [name, { shape: [shape[0]!], dtype: 'int32', data: classes }];
    }
    if (op === 'bce') return [name, drawn(shape, one => one.integer(1, 255) / 256)];
    return [name, drawn(shape, name === 'target' ? one => one.integer(0, 4) / 4 : draw)];
  });
  const cotangent: Draw = one => one.integer(1, 9) * (2 * one.integer(0, 1) - 1);
  return { inputs: Object.fromEntries(inputs), upstream: drawn(call.output, cotangent) };
}

/** The result, and what is left of the inputs; null where it gave up. */
function outcome(
  kernel: ModuleKernel,
  result: ResultName,
  inputs: WireTensors,
  upstream: WireTensor,
  { params }: GateCase,
): number[] | null {
  const copies = Object.entries(inputs).map(([name, tensor]) => [name, copied(tensor)] as const);
  const [own, yBar] = [Object.fromEntries(copies), copied(upstream)];
  try {
    const found =
      result === 'y' ? kernel.forward(own, params) : kernel.backward(own, yBar, params)[result.slice(1)];
    if (!found) return null;
    return [found, ...Object.values(own), yBar].flatMap(one => [...one.shape, ...numbersOf(one)]);
  } catch {
    return null;
  }
}

const copied = (tensor: WireTensor): WireTensor => ({ ...tensor, data: tensor.data.slice() });

/** Summed in another order, or divided earlier: the last bits are no difference. */
const [SLACK, INEXACT_SLACK] = [2 ** 8, 8 * INEXACT];

/** Relative to the largest number; what inexact arithmetic may do of itself is no mistake. */
function slackOf({ dtype }: GateCase, { accumulate, arithmetic }: Declares): number {
  const bits = Math.min(SIGNIFICAND[dtype], SIGNIFICAND[accumulate ?? dtype]);
  return (arithmetic === 'exact' ? SLACK : INEXACT_SLACK) * 2 ** -bits;
}

function sameNumbers(got: number[] | null, expected: number[] | null, slack: number): boolean {
  if (got === null || expected === null) return got === expected;
  const finite = expected.filter(Number.isFinite);
  const most = slack * finite.reduce((largest, one) => Math.max(largest, Math.abs(one)), 0);
  const near = (a: number, b: number) => Object.is(a, b) || a === b || Math.abs(a - b) <= most;
  return got.length === expected.length && got.every((one, k) => near(one, expected[k]!));
}
