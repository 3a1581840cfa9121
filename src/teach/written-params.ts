/** Every parameter of a call, written out: lists per axis, padding in cells before and after. */
import type { Operator, Params, ParamValue, Resolved } from '../ops/index.js';
import type { AxisPadding } from '../tensor/index.js';

export function writtenParams(operator: Operator, call: Resolved): Params {
  const written = ([name, value]: [string, ParamValue]): [string, ParamValue] => {
    // Padding given as a mode is known in cells once the extents are.
    if (name === 'padding' && typeof operator.params.padding === 'number')
      return [name, cellsOfPadding(call)];
    const isSingle = !String(operator.letters[name]).includes('@');
    if (typeof value !== 'number' || isSingle) return [name, value];
    return [name, new Array<number>(call.rank).fill(value)];
  };
  return Object.fromEntries(Object.entries(call.params).map(written));
}

function cellsOfPadding({ rank, sizes }: Resolved): AxisPadding[] {
  return Array.from({ length: rank }, (_, k) => [sizes[`a${k + 1}`]!, sizes[`b${k + 1}`]!]);
}
