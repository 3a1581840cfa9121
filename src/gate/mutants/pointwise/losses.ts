/** mse, bce and bce_with_logits: a function of each cell and its target, as mean, sum or none. */
import type { ModuleKernel } from '../kernel.js';
import { numbersOf, tensorOf } from '../operands.js';
import type { Sum } from '../sums.js';
import { logistic } from './activation.js';

export interface LossRule {
  readonly value: (x: number, target: number) => number;
  readonly slope: (x: number, target: number) => number;
}

export function lossKernel({ value, slope }: LossRule, sum: Sum): ModuleKernel {
  return {
    declares: { dtypes: ['float64', 'float32', 'float16', 'bfloat16'], deterministic: true, strides: true },
    forward({ x, target }, { reduction }) {
      const [xs, targets] = [numbersOf(x!), numbersOf(target!)];
      const cells = xs.map((one, k) => value(one, targets[k]!));
      if (reduction === 'none') return tensorOf(x!.shape, cells, x!.dtype);
      const divisor = reduction === 'mean' ? cells.length : 1;
      return tensorOf([], [sum(cells, cells.length) / divisor], x!.dtype);
    },
    backward({ x, target }, upstream, { reduction }) {
      const [xs, targets, yBar] = [numbersOf(x!), numbersOf(target!), numbersOf(upstream)];
      const divisor = reduction === 'mean' ? xs.length : 1;
      const xBar = xs.map(
        (one, k) => (slope(one, targets[k]!) * yBar[reduction === 'none' ? k : 0]!) / divisor,
      );
      return { x: tensorOf(x!.shape, xBar, x!.dtype) };
    },
  };
}

export const MSE: LossRule = {
  value: (x, target) => (x - target) ** 2,
  slope: (x, target) => 2 * (x - target),
};

export const BCE: LossRule = {
  value: (x, target) => -target * Math.log(x) - (1 - target) * Math.log1p(-x),
  slope: (x, target) => (1 - target) / (1 - x) - target / x,
};

export const BCE_WITH_LOGITS: LossRule = {
  value: (x, target) => Math.max(x, 0) - x * target + Math.log1p(Math.exp(-Math.abs(x))),
  slope: (x, target) => logistic(x) - target,
};
