/** What records of losses share: one loss per cell, then their mean, their sum, or all of them. */
import { emptyMean, type Reduction } from '../kernels/index.js';
import type { Shape } from '../tensor/index.js';
import type { Operator, Params } from './operator.js';
import { modeParameter } from './parameters.js';

export const REDUCTIONS: readonly Reduction[] = ['mean', 'sum', 'none'];

/** @throws BackproofError `bad-parameter`. */
export const reductionOf = (params: Params): Reduction => modeParameter(params, 'reduction', REDUCTIONS);

export const isMean = (params: Params): boolean => reductionOf(params) === 'mean';

/** The losses of a record: their ranges and indices, and how many there are. */
export interface Losses {
  /** `p@<L@` */
  readonly ranges: string;
  /** `p@` */
  readonly index: string;
  /** `prod(L@)` */
  readonly count: string;
}

/** The output y: `cell`, a term over the stages before it, reduced. `over` are further ranges that every loss sums over. */
export function reducedStage(params: Params, losses: Losses, cell: string, over?: string): string {
  const reduction = reductionOf(params);
  if (reduction === 'none') return `y[${losses.ranges}] = ${over ? `sum(${over}) ` : ''}${cell}`;
  const sum = `sum(${over ? `${losses.ranges}, ${over}` : losses.ranges})`;
  if (reduction === 'sum') return `y[] = ${sum} ${cell}`;
  return lines(`r[] = 1/(${losses.count})`, `y[] = ${sum} r[] * ${cell}`);
}

/**
 * A gradient: the stages before it, then `slope` times what yBar hands to each loss, over the ranges of its cells.
 * @param divides whether the number of losses divides: what is not as the reduction has it is a mistake
 */
export function pulledBackStages(
  params: Params,
  losses: Losses,
  gradient: {
    readonly name: string;
    readonly ranges: string;
    readonly stages?: string;
    readonly slope: string;
  },
  divides = isMean(params),
): string {
  const upstream = reductionOf(params) === 'none' ? `yBar[${losses.index}]` : 'yBar[]';
  return lines(
    gradient.stages ?? '',
    divides ? `r[] = 1/(${losses.count})` : '',
    `${gradient.name}[${gradient.ranges}] = ${divides ? 'r[]*' : ''}${upstream}*${gradient.slope}`,
  );
}

/** For the gradient that divides where it should not, and does not where it should. */
export const MEAN_OR_SUM = {
  name: 'mean-or-sum',
  says: 'the gradient of the sum stands for that of the mean, or the other way round',
  wrt: 'x',
} as const;

/** The output has no axes where the losses are added up. */
export const reducedLayout =
  (layout: string): Operator['output'] =>
  params =>
    reductionOf(params) === 'none' ? layout : '';

/** @throws BackproofError `bad-parameter`, `empty-mean`. */
export function checkMean(where: string, params: Params, shape: Shape): void {
  if (isMean(params) && shape.includes(0)) throw emptyMean(where, shape);
}

/** Texts of stages, one a line. */
export const lines = (...stages: readonly string[]): string => stages.filter(text => text !== '').join('\n');
