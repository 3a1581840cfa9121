/** Values and gradients of a definition in decimal floating point with many digits: what float64 kernels are held to. */
import { expect } from 'vitest';
import { vjp } from '../../src/autodiff/index.js';
import { rational } from '../../src/exact/index.js';
import { bignumberArithmetic, evaluateAll, variable } from '../../src/expr/index.js';
import { cellExpressions, parseProgram } from '../../src/index-sum/index.js';
import { fromArray, type Shape, size, unravel } from '../../src/tensor/index.js';
import { cellAt, type FloatTensor } from './values.js';

/** Enough for log(exp(60) + exp(-60)) - 60 to 16 digits; what is smaller than FLOOR is not told apart from 0. */
const arithmetic = await bignumberArithmetic(120);
const FLOOR = 1e-100;

/** 2^-53, the relative error of one rounding of float64. */
export const UNIT = 2 ** -53;

export type Big = ReturnType<typeof arithmetic.exp>;
export type Tensors = Readonly<Record<string, FloatTensor>>;

export const big = (value: number): Big => arithmetic.constant(rational.from(value));

export interface Definition {
  readonly text: string;
  readonly rank: number;
  readonly sizes: Readonly<Record<string, number>>;
}

/** The output cells of a definition. */
export function referenceOutput(definition: Definition, inputs: Tensors): Big[] {
  return evaluateAll(cellsOf(definition, inputs), arithmetic, valuesOf(inputs));
}

/** The gradient by one input, where `yBar` is the cotangent of the output. */
export function referenceGradient(
  definition: Definition,
  inputs: Tensors,
  yBar: FloatTensor,
  wrt: string,
): Big[] {
  const cells = cellsOf(definition, inputs);
  const cotangents = cells.map((_, cell) => variable('yBar', unravel(yBar.shape, cell)));
  const gradient = vjp(cells, cotangents);
  const { shape } = inputs[wrt]!;
  const wanted = Array.from({ length: size(shape) }, (_, cell) => gradient.at(wrt, unravel(shape, cell)));
  return evaluateAll(wanted, arithmetic, valuesOf({ ...inputs, yBar }));
}

function cellsOf({ text, rank, sizes }: Definition, inputs: Tensors) {
  const shapes = Object.entries(inputs).map(([name, { shape }]) => [name, shape] as const);
  return cellExpressions(parseProgram(text, rank), sizes, Object.fromEntries(shapes)).values;
}

const valuesOf =
  (tensors: Tensors) =>
  ({ tensor, index }: { tensor: string; index: readonly number[] }): Big => {
    const { shape, data } = tensors[tensor]!;
    return big(data[cellAt(shape, index)]!);
  };

/** Every value is finite and within its bound of the reference. */
export function expectWithin(got: FloatTensor, want: readonly Big[], bound: (cell: number) => number): void {
  expect(got.data.length).toBe(want.length);
  for (const [cell, value] of got.data.entries()) {
    expect(Number.isFinite(value), `cell ${cell} is ${value}`).toBe(true);
    const error = Math.abs(big(value).minus(want[cell]!).toNumber());
    const allowed = bound(cell) + FLOOR;
    expect(error, `cell ${cell}: got ${value}, want ${want[cell]!.toNumber()}`).toBeLessThanOrEqual(allowed);
  }
}

/** A seeded tensor whose values `draw` makes of numbers from 0 to 1. */
export function drawn(shape: Shape, seed: number, draw: (unit: number, coin: number) => number) {
  let state = (seed >>> 0) + 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 4) / 2 ** 28;
  };
  next();
  return fromArray(
    shape,
    Array.from({ length: size(shape) }, () => draw(next(), next())),
  );
}
