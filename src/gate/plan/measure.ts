/** How large a call is: what shrinking makes less. */
import type { Operator, ParamValue } from '../../ops/index.js';
import { formatOf } from '../vectors/format.js';
import type { ParamForm } from '../vectors/param-form.js';
import type { Configuration } from './gate-case.js';

/** More than all the cells that a padding mode may stand for. */
const MODE = 2 ** 32;

/**
 * All extents and amounts added up; a choice counts by its place, a flag by being other than the operator has it by
 * default, a padding mode more than any cells that it may become, and a cell of padding more than one of x.
 */
export function measure(operator: Operator, { shapes, params }: Configuration): number {
  const { params: forms } = formatOf(operator.name, { file: operator.name, line: 1, path: '' });
  const values = Object.entries(forms).map(([name, form]) => {
    if (form.kind === 'flag') return params[name] === operator.params[name] ? 0 : 1;
    return sizeOf(form, params[name]!);
  });
  return [...Object.values(shapes).flat(), ...values].reduce((a, b) => a + b, 0);
}

function sizeOf(form: ParamForm, value: ParamValue): number {
  if (form.kind === 'any') return 0;
  if (form.kind === 'choice') return form.of.indexOf(String(value));
  if (typeof value === 'string') return MODE;
  if (typeof value !== 'object') return Number(value);
  const total = value.flat().reduce<number>((a, b) => a + b, 0);
  return form.kind === 'padding' ? 2 * total : total;
}
