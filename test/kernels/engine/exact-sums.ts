/**
 * Real values and their exact sums of products. A value is an integer over 2^scale, cut into digits of 18 bits; the
 * plain loops join digits exactly, since products of 36 bits summed a few thousand times stay below 2^53, and
 * integers of any size join what they give. That the plain loops are right on integers is tested elsewhere.
 */
import { createEngine, type FloatDType } from '../../../src/kernels/index.js';
import { fromArray, type Shape, type Tensor, zeros } from '../../../src/tensor/index.js';
import { cells } from '../values.js';
import { type Operands, operandsOf, type Pass } from './passes.js';

const DIGIT = 2 ** 18;
const DIGITS = 3;

/** Bits of a significand; values are whole over this power of two, and below 1. */
export const BITS = { float32: 24, float64: 53 } as const;

/** Numbers of either sign and of magnitudes over three decades, every bit of the significand drawn. */
export function reals<D extends FloatDType>(shape: Shape, seed: number, dtype: D): Tensor<D> {
  let state = (seed >>> 0) + 1;
  const unit = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 6) / 2 ** 26;
  };
  const value = (): number => {
    const fraction = (unit() + unit() / 2 ** 26) / 2 ** (10 * unit());
    const whole = Math.floor(fraction * 2 ** BITS[dtype]) / 2 ** BITS[dtype];
    return unit() < 0.5 ? whole : -whole;
  };
  return fromArray(shape, Array.from({ length: cells(shape) }, value), dtype);
}

/** Digit k of every value, with its sign, in float64. */
function digitOf({ shape, data, dtype }: Tensor<FloatDType>, k: number): Tensor<'float64'> {
  const digit = (value: number): number => {
    const whole = Math.abs(value) * 2 ** BITS[dtype];
    return Math.sign(value) * (Math.floor(whole / DIGIT ** k) % DIGIT);
  };
  return fromArray(shape, Array.from(data, digit));
}

const engine = createEngine('plain');
const places = Array.from({ length: DIGITS }, (_, k) => k);

/** The result of every cell, over 2^(2 BITS). */
export function exactSums(pass: Pass, operands: Operands<FloatDType>): bigint[] {
  const { shapes } = pass;
  const sums = new Array<bigint>(cells(shapes.out)).fill(0n);
  const add = (term: Operands<'float64'>, factor: bigint): void => {
    for (const [cell, value] of pass.run(term, { engine }).data.entries())
      sums[cell]! += BigInt(value) * factor;
  };
  for (const i of places)
    for (const j of places) {
      const [first, second] = [digitOf(operands.first, i), digitOf(operands.second, j)];
      add({ first, second }, BigInt(DIGIT) ** BigInt(i + j));
    }
  const { bias } = operands;
  if (!bias) return sums;
  const none = operandsOf(pass, shape => zeros(shape, 'float64'));
  for (const k of places)
    add({ ...none, bias: digitOf(bias, k) }, BigInt(DIGIT) ** BigInt(k) * 2n ** BigInt(BITS[bias.dtype]));
  return sums;
}

/** How many products each cell joins. */
export function productCounts(pass: Pass): number[] {
  const ones = (shape: Shape): Tensor<'float64'> => fromArray(shape, new Float64Array(cells(shape)).fill(1));
  const { first, second } = operandsOf(pass, ones);
  return [...pass.run({ first, second }, { engine }).data];
}

/** The operands without their signs. */
export function absolute(operands: Operands<FloatDType>): Operands<FloatDType> {
  const of = <D extends FloatDType>({ shape, data, dtype }: Tensor<D>): Tensor<D> =>
    fromArray(shape, Array.from(data, Math.abs), dtype);
  const { first, second, bias } = operands;
  return { first: of(first), second: of(second), bias: bias && of(bias) };
}
