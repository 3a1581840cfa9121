/** What records of losses share: one loss per cell, then their mean, their sum, or all of them. */
import { emptyMean, type Reduction } from '../kernels/index.js';
import type { Shape } from '../tensor/index.js';
import type { Operator, Params } from './operator.js';
import { modeParameter } from './parameters.js';

export const REDUCTIONS: readonly Reduction[] = ['mean', 'sum', 'none'];

/** @throws BackproofError `bad-parameter`. */
export const reductionOf = (params: Params): Reduction => modeParameter(params, 'reduction', REDUCTIONS);

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
 * @param mean whether a mean divides; false is a mistake
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
  mean = true,
): string {
  const reduction = reductionOf(params);
  const isMean = mean && reduction === 'mean';
  const upstream = reduction === 'none' ? `yBar[${losses.index}]` : 'yBar[]';
  return lines(
    gradient.stages ?? '',
    isMean ? `r[] = 1/(${losses.count})` : '',
    `${gradient.name}[${gradient.ranges}] = ${isMean ? 'r[]*' : ''}${upstream}*${gradient.slope}`,
  );
}

/** The output has no axes where the losses are added up. */
export const reducedLayout =
  (layout: string): Operator['output'] =>
  params =>
    reductionOf(params) === 'none' ? layout : '';

/** @throws BackproofError `bad-parameter`, `empty-mean`. */
export function checkMean(where: string, params: Params, shape: Shape): void {
  if (reductionOf(params) === 'mean' && shape.includes(0)) throw emptyMean(where, shape);
}

/** Texts of stages, one a line. */
export const lines = (...stages: readonly string[]): string => stages.filter(text => text !== '').join('\n');
