/** One line of the fault list of a layer. */
import type { ResultName } from '../../subject/subject.js';
import type { Change } from './change.js';
import type { AxisRule, Wiring } from './wiring.js';

export interface LayerFault {
  readonly id: string;
  readonly result: ResultName;
  readonly says: string;
  readonly where: string;
  /** With fewer spatial axes it is no fault. */
  readonly leastAxes?: 2 | 3;
  readonly change: Change;
}

/** Entries of one result, with the place that most of them share. */
export const faultsOf =
  (result: ResultName, place: string) =>
  (id: string, says: string, change: Change, more: Partial<LayerFault> = {}): LayerFault => ({
    ...{ id, result, says, where: place, change },
    ...more,
  });

/** The rule of every axis, replaced. */
export const ruled = (wiring: Wiring, change: (rule: AxisRule, axis: number) => Partial<AxisRule>) => ({
  rule: wiring.rule.map((rule, axis) => ({ ...rule, ...change(rule, axis) })),
});
