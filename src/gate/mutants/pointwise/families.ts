/** Activations and losses. */
import type { Declares } from '../../subject/declares.js';
import type { Family } from '../family.js';
import type { ModuleKernel } from '../kernel.js';
import { styleNamed } from '../styles.js';
import { pairwise, type Sum, sequential } from '../sums.js';
import { activationKernel, type CellRule, RELU, SIGMOID, TANH } from './activation.js';
import { crossEntropyKernel } from './cross-entropy.js';
import { entropyFaults } from './entropy-faults.js';
import { bceFaults, logitFaults, type RuleFault, reluFaults, sigmoidFaults } from './faults.js';
import { BCE, BCE_WITH_LOGITS, type LossRule, lossKernel, MSE } from './losses.js';

const SUMS: Readonly<Record<string, Sum>> = { sequential, pairwise };

export const pointwiseFamilies: readonly Family[] = [
  activation('relu', RELU, reluFaults, { kink: 0, specialValues: true }),
  activation('sigmoid', SIGMOID, sigmoidFaults),
  activation('tanh', TANH, []),
  loss('mse', MSE, []),
  loss('bce', BCE, bceFaults),
  loss('bce_with_logits', BCE_WITH_LOGITS, logitFaults),
  {
    op: 'softmax_cross_entropy',
    right: kernels(SUMS, sum => crossEntropyKernel(sum, null)),
    mutants: entropyFaults.map(({ id, says, where, change }) => ({
      ...{ id, op: 'softmax_cross_entropy', styles: Object.keys(SUMS), result: change.result, says, where },
      kernel: style => crossEntropyKernel(styleNamed(SUMS, style), change),
    })),
  },
];

function activation(
  op: string,
  rules: Readonly<Record<string, CellRule>>,
  faults: readonly RuleFault<CellRule>[],
  declares: Partial<Declares> = {},
): Family {
  return {
    op,
    right: kernels(rules, rule => activationKernel(rule, declares)),
    mutants: faults.map(({ change, ...fault }) => ({
      ...{ ...fault, op, styles: Object.keys(rules) },
      kernel: style => {
        const rule = styleNamed(rules, style);
        return activationKernel({ ...rule, ...change(rule) }, declares);
      },
    })),
  };
}

function loss(op: string, rule: LossRule, faults: readonly RuleFault<LossRule>[]): Family {
  return {
    op,
    right: kernels(SUMS, sum => lossKernel(rule, sum)),
    mutants: faults.map(({ change, ...fault }) => ({
      ...{ ...fault, op, styles: Object.keys(SUMS) },
      kernel: style => lossKernel({ ...rule, ...change(rule) }, styleNamed(SUMS, style)),
    })),
  };
}

function kernels<T>(
  styles: Readonly<Record<string, T>>,
  kernel: (style: T) => ModuleKernel,
): Family['right'] {
  return Object.fromEntries(Object.entries(styles).map(([name, style]) => [name, () => kernel(style)]));
}
