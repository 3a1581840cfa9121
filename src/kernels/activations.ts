/**
 * Activation functions and their slopes, cell by cell, for float64 or float32; computed in float64, so that float32
 * is rounded once per cell. NaN gives NaN; at infinities a value or slope is its limit.
 */

import type { Activation } from './activations-apply.js';
import { normalArea, normalDensity } from './activations-normal.js';

/** max(0, x); the slope at 0 is 0. */
export const reluActivation: Activation = {
  name: 'relu',
  value: x => Math.max(x, 0),
  slope: x => (x > 0 ? 1 : zeroUnlessNaN(x)),
};

/** x from 0 on, negativeSlope x below; the slope at 0 is negativeSlope. */
export const leakyReluActivation = (negativeSlope: number): Activation => ({
  name: 'leaky_relu',
  value: x => (x > 0 ? x : gated(x, negativeSlope)),
  slope: x => (x > 0 ? 1 : negativeSlope + zeroUnlessNaN(x)),
});

/** 1/(1 + exp(-x)), also where it is tiny. */
export const sigmoidActivation: Activation = {
  name: 'sigmoid',
  value: logistic,
  slope: logisticSlope,
};

export const tanhActivation: Activation = {
  name: 'tanh',
  value: Math.tanh,
  // 1 - tanh² would have no digits left for large x; logistic(2 x) logistic(-2 x) is a quarter of it.
  slope: x => 4 * logisticSlope(2 * x),
};

/** log(1 + exp(x)), which neither overflows nor loses its small values. */
export const softplusActivation: Activation = {
  name: 'softplus',
  value: x => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  slope: logistic,
};

/** x times the standard normal distribution function. Source: D. Hendrycks, K. Gimpel, arXiv:1606.08415. */
export const geluActivation: Activation = {
  name: 'gelu',
  value: x => gated(x, normalArea(x)),
  slope: x => normalArea(x) + gated(x, normalDensity(x)),
};

/**
 * x (1 + tanh(scale (x + cubic x³)))/2, an approximation of gelu by the same source. Written with the logistic
 * function, because 1 + tanh has no digits left for x far below 0.
 */
export const geluTanhActivation = (scale: number, cubic: number): Activation => {
  const twice = (x: number) => 2 * gated(x * (1 + gated(x * x, cubic)), scale);
  return {
    name: 'gelu_tanh',
    value: x => gated(x, logistic(twice(x))),
    slope: x => {
      const rise = scale * logisticSlope(twice(x));
      return logistic(twice(x)) + gated(2 * x * (1 + 3 * gated(x * x, cubic)), rise);
    },
  };
};

/** x sigmoid(x). */
export const siluActivation: Activation = {
  name: 'silu',
  value: x => gated(x, logistic(x)),
  slope: x => logistic(x) + gated(x, logisticSlope(x)),
};

export const expActivation: Activation = { name: 'exp', value: Math.exp, slope: Math.exp };

/** The natural logarithm: NaN below 0, -Infinity at 0. The slope is 1/x everywhere, as in PyTorch. */
export const logActivation: Activation = { name: 'log', value: Math.log, slope: x => 1 / x };

/** No larger exponential than 1 is taken: nothing overflows, small values keep their digits. */
function logistic(x: number): number {
  const small = Math.exp(-Math.abs(x));
  return (x < 0 ? small : 1) / (1 + small);
}

/** logistic(x) logistic(-x). */
function logisticSlope(x: number): number {
  const small = Math.exp(-Math.abs(x));
  return small / ((1 + small) * (1 + small));
}

/** x gate, and 0 where the gate is shut, even if x is infinite: a gate that underflows falls faster than x grows. */
function gated(x: number, gate: number): number {
  return gate === 0 && !Number.isNaN(x) ? 0 : x * gate;
}

const zeroUnlessNaN = (x: number): number => (Number.isNaN(x) ? x : 0);
