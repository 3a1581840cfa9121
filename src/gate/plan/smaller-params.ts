/** Smaller and plainer parameters. */
import type { Operator, Params, ParamValue, Resolved } from '../../ops/index.js';
import { formatOf } from '../vectors/format.js';
import type { ParamForm } from '../vectors/param-form.js';
import type { Configuration } from './gate-case.js';

type Step = (value: number) => number;

/** All axes together, then one at a time; what `step` makes of values is cut off where the parameter starts. */
export function* smallerParams(
  operator: Operator,
  { shapes, params }: Configuration,
  call: Resolved,
  step: Step,
): Generator<Configuration> {
  const { params: forms } = formatOf(operator.name, { file: operator.name, line: 1, path: '' });
  for (const [name, form] of Object.entries(forms)) {
    const values =
      form.kind === 'flag'
        ? [operator.params[name]!]
        : plainer(form, params[name]!, step, () => cellsOf(operator, name, call));
    for (const value of values) yield { shapes, params: { ...params, [name]: value } satisfies Params };
  }
}

function plainer(
  form: ParamForm,
  value: ParamValue,
  step: Step,
  cells: () => [number, number][],
): ParamValue[] {
  switch (form.kind) {
    case 'integers':
      return typeof value === 'object' ? lists(value.map(Number), shifted(step, form.least)) : [];
    case 'padding':
      return typeof value === 'string'
        ? [cells().map(() => [0, 0] as const), cells()]
        : paddings(value, step);
    case 'choice':
      return form.of.slice(0, form.of.indexOf(String(value)));
    // Groups go with channels; of other parameters it is not known what is less.
    default:
      return [];
  }
}

/** From 1 downwards as the step has it: where a parameter starts at 0, so does the step. */
const shifted =
  (step: Step, least: number): Step =>
  value =>
    Math.max(least, step(value - least + 1) + least - 1);

function lists(values: readonly number[], step: Step): number[][] {
  const stepped = values.map(step);
  return [stepped, ...values.map((_, k) => values.with(k, stepped[k]!))];
}

/** Both sides of an axis are one number after the other. */
function paddings(value: ParamValue, step: Step): ParamValue[] {
  if (typeof value !== 'object') return [];
  const flat = value.flat();
  const pairs = (sides: readonly number[]) =>
    value.map((_, axis) => [sides[2 * axis]!, sides[2 * axis + 1]!] as const);
  return lists(flat, shifted(step, 0)).map(pairs);
}

/** The cells that a padding mode stands for in this call. */
function cellsOf({ letters }: Operator, name: string, { sizes, rank }: Resolved): [number, number][] {
  const pair = letters[name];
  const [before, after] = typeof pair === 'object' ? pair : ['', ''];
  const at = (letter: string, axis: number) => sizes[letter.replace('@', String(axis + 1))] ?? 0;
  return Array.from({ length: rank }, (_, axis) => [at(before, axis), at(after, axis)]);
}
