/** relu, sigmoid and tanh, cell by cell. */
import type { Declares } from '../../subject/declares.js';
import type { ModuleKernel } from '../kernel.js';
import { numbersOf, tensorOf } from '../operands.js';

/** A function of one cell, and the gradient to it. */
export interface CellRule {
  readonly value: (x: number) => number;
  readonly pullBack: (x: number, yBar: number) => number;
}

export function activationKernel(rule: CellRule, declares: Partial<Declares> = {}): ModuleKernel {
  return {
    declares: {
      ...{ dtypes: ['float64', 'float32', 'float16', 'bfloat16'], deterministic: true, strides: true },
      ...declares,
    },
    forward: ({ x }) => tensorOf(x!.shape, numbersOf(x!).map(rule.value), x!.dtype),
    backward({ x }, upstream) {
      const yBar = numbersOf(upstream);
      const xBar = numbersOf(x!).map((value, k) => rule.pullBack(value, yBar[k]!));
      return { x: tensorOf(x!.shape, xBar, x!.dtype) };
    },
  };
}

/** relu'(0) is 0; a NaN stays one. */
export const RELU: Readonly<Record<string, CellRule>> = {
  maximum: {
    value: x => Math.max(x, 0),
    pullBack: (x, yBar) => (Number.isNaN(x) ? x : x > 0 ? yBar : 0 * yBar),
  },
  branch: {
    value: x => (x <= 0 ? 0 : x),
    pullBack: (x, yBar) => (x > 0 ? 1 : x <= 0 ? 0 : Number.NaN) * yBar,
  },
};

export const SIGMOID: Readonly<Record<string, CellRule>> = {
  branch: ruleOf(
    x => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
    (x, yBar) => {
      const small = Math.exp(-Math.abs(x));
      return (yBar * small) / (1 + small) ** 2;
    },
  ),
  // s(-x) is 1 - s(x) without the cancellation.
  'no-branch': ruleOf(logistic, (x, yBar) => logistic(x) * logistic(-x) * yBar),
};

/** 1/(1 + exp(-x)), also where it is tiny. */
export function logistic(x: number): number {
  return Math.exp(Math.min(x, 0)) / (1 + Math.exp(-Math.abs(x)));
}

export const TANH: Readonly<Record<string, CellRule>> = {
  hyperbolic: ruleOf(Math.tanh, (x, yBar) => yBar / Math.cosh(x) / Math.cosh(x)),
  exponentials: ruleOf(
    x => {
      const less = Math.expm1(-2 * Math.abs(x));
      return (-Math.sign(x) * less) / (2 + less);
    },
    (x, yBar) => {
      const small = Math.exp(-2 * Math.abs(x));
      return ((4 * small) / (1 + small) ** 2) * yBar;
    },
  ),
};

function ruleOf(value: CellRule['value'], pullBack: CellRule['pullBack']): CellRule {
  return { value, pullBack };
}
