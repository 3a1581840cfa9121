/** Ways to get activations and losses wrong. */
import type { ResultName } from '../../subject/subject.js';
import type { CellRule } from './activation.js';
import type { LossRule } from './losses.js';

/** One line of the fault list: the rule of a style, changed. */
export interface RuleFault<Rule> {
  readonly id: string;
  readonly result: ResultName;
  readonly says: string;
  readonly where: string;
  readonly change: (rule: Rule) => Partial<Rule>;
}

const SLOPE = 'dX: the slope';

export const reluFaults: readonly RuleFault<CellRule>[] = [
  {
    ...{
      id: 'R1',
      result: 'dx',
      says: 'The mask is taken from the sign of yBar instead of x.',
      where: SLOPE,
    },
    change: () => ({ pullBack: (_, yBar) => (yBar > 0 ? yBar : 0) }),
  },
  {
    ...{ id: 'R2', result: 'dx', says: 'The slope at 0 is 1, not 0 as declared.', where: SLOPE },
    change: ({ pullBack }) => ({ pullBack: (x, yBar) => (x === 0 ? yBar : pullBack(x, yBar)) }),
  },
  {
    ...{ id: 'R2-nan', result: 'y', says: 'A NaN becomes 0.', where: 'forward pass: the comparison' },
    change: () => ({ value: x => (x > 0 ? x : 0) }),
  },
];

export const sigmoidFaults: readonly RuleFault<CellRule>[] = [
  {
    ...{ id: 'S1', result: 'dx', says: 's(1 - s) is taken of x instead of the sigmoid of x.', where: SLOPE },
    change: () => ({ pullBack: (x, yBar) => x * (1 - x) * yBar }),
  },
  {
    ...{
      id: 'S2',
      result: 'y',
      says: 'e^x/(1 + e^x) is NaN for large x.',
      where: 'forward pass: the formula',
    },
    change: () => ({ value: x => Math.exp(x) / (1 + Math.exp(x)) }),
  },
];

const CLAMP = 1e-7;

export const bceFaults: readonly RuleFault<LossRule>[] = [
  {
    id: 'L1',
    result: 'dx',
    says: 'Probabilities are clamped, and beyond the clamp the gradient is 0.',
    where: SLOPE,
    change: ({ slope }) => ({
      slope: (x, target) => (x < CLAMP || x > 1 - CLAMP ? 0 : slope(x, target)),
    }),
  },
];

/** The operator has no pos_weight: what weighs its positive term is the target. */
export const logitFaults: readonly RuleFault<LossRule>[] = [
  {
    id: 'L1-both-terms',
    result: 'dx',
    says: 'The weight of the positive term is put on both terms.',
    where: SLOPE,
    change: ({ slope }) => ({ slope: (x, target) => target * (slope(x, 1) + slope(x, 0)) }),
  },
];
