/** Smaller calls in place of a large one, for shrinking a failure. */
import { layoutNames, type Operator, type Params, type ParamValue, type Resolved } from '../../ops/index.js';
import type { AxisPadding } from '../../tensor/index.js';
import { callOf } from './call.js';
import type { Configuration } from './gate-case.js';
import { measure } from './measure.js';
import { smallerParams } from './smaller-params.js';

type Dims = Readonly<Record<string, number>>;

/** Every candidate is a call of the default domain, and less by `measure`; the boldest come first. */
export function* smallerConfigurations(
  operator: Operator,
  configuration: Configuration,
): Generator<Configuration> {
  const call = callOf(operator, configuration);
  if (!call) return;
  const size = measure(operator, configuration);
  const seen = new Set<string>();
  for (const candidate of candidates(operator, configuration, call)) {
    const one = { ...candidate, params: fitting(candidate.params) };
    const text = JSON.stringify(one);
    if (seen.has(text) || measure(operator, one) >= size) continue;
    seen.add(text);
    if (callOf(operator, one)) yield one;
  }
}

/** To 1 wherever that can be, then halves, then one less. */
function* candidates(operator: Operator, from: Configuration, call: Resolved): Generator<Configuration> {
  const steps: ((value: number) => number)[] = [() => 1, value => value >> 1, value => value - 1];
  for (const step of steps) {
    yield* fewerCells(operator, from, call, step);
    if (step === steps[0]) yield* withoutOptional(operator, from);
    yield* smallerParams(operator, from, call, step);
    if (step === steps[0]) yield* withCellsForPadding(from, call);
  }
}

function* withoutOptional(
  { optional }: Operator,
  { shapes, params }: Configuration,
): Generator<Configuration> {
  for (const name of optional) {
    const { [name]: left, ...others } = shapes;
    if (left) yield { shapes: others, params };
  }
}

/** Windows that reach over the border need not: x has cells where there was padding. */
function* withCellsForPadding(
  { shapes, params }: Configuration,
  { rank, sizes }: Resolved,
): Generator<Configuration> {
  const x = shapes.x?.map((extent, axis) => {
    const k = axis - (shapes.x!.length - rank) + 1;
    return k < 1 ? extent : extent + (sizes[`a${k}`] ?? 0) + (sizes[`b${k}`] ?? 0);
  });
  const padding = Array.from({ length: rank }, () => [0, 0] as const);
  if (x && typeof params.padding === 'object')
    yield { shapes: { ...shapes, x }, params: { ...params, padding } };
}

/** One extent less, in every tensor that has it, and in the channels that depend on it. */
function* fewerCells(
  operator: Operator,
  { shapes, params }: Configuration,
  { rank, sizes }: Resolved,
  step: (value: number) => number,
): Generator<Configuration> {
  const withDims = (dims: Dims, groups = params.groups): Configuration => ({
    shapes: Object.fromEntries(
      Object.keys(shapes).map(name => [
        name,
        layoutNames(operator.inputs[name]!, rank).map(dim => dims[dim] ?? sizes[dim]!),
      ]),
    ),
    params: groups === undefined ? params : { ...params, groups },
  });
  const names = new Set(Object.values(operator.inputs).flatMap(layout => layoutNames(layout, rank)));
  for (const name of names) yield withDims({ [name]: step(sizes[name]!) });
  if (typeof params.groups !== 'number' || sizes.C === undefined) return;
  // A group keeps its channels; or all groups get fewer.
  const [groups, inputs] = [params.groups, sizes.C / params.groups];
  const outputs = sizes.M ?? sizes.O! / groups;
  yield withDims({ C: inputs * step(groups), O: outputs * step(groups) }, step(groups));
  yield withDims({ C: step(inputs) * groups, I: step(inputs) });
  yield withDims({ M: step(outputs), O: step(outputs) * groups });
}

/** What a smaller stride, dilation or window leaves of output padding, and of padding that no window may lie in. */
function fitting(params: Params): Params {
  const { stride, dilation, output_padding: extra, kernel_size: kernel, padding } = params;
  const at = (list: ParamValue | undefined, axis: number) =>
    typeof list === 'object' ? Number(list[axis]) : 1;
  if (typeof extra === 'object') {
    const most = (axis: number) => Math.max(at(stride, axis), at(dilation, axis)) - 1;
    return { ...params, output_padding: extra.map((value, axis) => Math.min(Number(value), most(axis))) };
  }
  if (kernel === undefined || typeof padding !== 'object') return params;
  const cut = padding.map((pair, axis): AxisPadding => {
    const most = at(dilation, axis) * (at(kernel, axis) - 1);
    const [before, after] = typeof pair === 'object' ? pair : [pair, pair];
    return [Math.min(before, most), Math.min(after, most)];
  });
  return { ...params, padding: cut };
}
