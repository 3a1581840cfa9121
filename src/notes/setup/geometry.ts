/** A fit as a call of an operator. */
import { operatorNamed, type Params, type ParamValue, type Resolved, resolve } from '../../ops/index.js';
import type { Shapes } from './extents.js';
import type { Fit } from './fit.js';
import type { Group } from './group.js';

/** A fit with its shapes and the call it stands for. */
export interface Candidate {
  readonly fit: Fit;
  readonly shapes: Shapes;
  readonly call: Resolved;
  readonly operator: 'conv1d' | 'conv2d';
}

/** Null where the operator does not give the output of the fit. */
export function candidateOf(fit: Fit, shapes: Shapes, group: Group): Candidate | null {
  const operator = fit.reading.rank === 1 ? 'conv1d' : 'conv2d';
  const params = paramsOf(fit, shapes);
  const inputs = {
    x: [1, 1, ...shapes.input],
    w: [1, 1, ...fit.kernelShape],
    ...(group.bias ? { b: [1] } : {}),
  };
  try {
    const call = resolve(operatorNamed(operator), inputs, params);
    const [, , ...output] = call.output;
    const same = output.every((extent, axis) => extent === shapes.output[axis]);
    return same ? { fit, shapes, call, operator } : null;
  } catch {
    // Sizes beyond what an array may have: such a fit explains nothing.
    return null;
  }
}

function paramsOf(fit: Fit, shapes: Shapes): Params {
  const visible = fit.axes.filter((_, axis) => fit.kernelShape[axis]! > 1);
  // Along an axis with one kernel cell no dilation shows: take that of the other.
  const fallback = Math.abs(visible[0]?.step ?? 1);
  const dilation = fit.axes.map(({ step }, axis) => (fit.kernelShape[axis]! > 1 ? Math.abs(step) : fallback));
  const flipped = visible.some(({ step }) => step < 0);
  const pads = fit.before.map((before, axis) => [before, shapes.after[axis]!] as const);
  const symmetric = pads.every(([before, after]) => before === after);
  return {
    stride: perAxis(fit.axes.map(({ stride }) => stride)),
    padding: symmetric ? perAxis(fit.before) : pads,
    dilation: perAxis(dilation),
    convention: flipped ? 'convolution' : 'correlation',
  };
}

/** One number where all axes agree. */
const perAxis = (values: readonly number[]): ParamValue =>
  values.every(value => value === values[0]) ? values[0]! : values;

/** "conv2d, X [3,3], F [2,2], stride 1, padding 0, dilation 1". */
export function describe({ fit, shapes, call, operator }: Candidate, group: Group): string {
  const [input, kernel] = [group.operands[1 - fit.kernel]!, group.operands[fit.kernel]!];
  const { stride, padding, dilation, convention } = call.params;
  const shape = (name: string, extents: readonly number[]) => `${name}[${extents.join(',')}]`;
  const tensors = `${shape(input, shapes.input)}, ${shape(kernel, fit.kernelShape)}, ${shape(group.output, shapes.output)}`;
  const running = fit.reading.widths === null ? '' : ', running index';
  const flipped = convention === 'convolution' ? ', kernel flipped' : '';
  const numbers = `stride ${JSON.stringify(stride)}, padding ${JSON.stringify(padding)}, dilation ${JSON.stringify(dilation)}`;
  return `${operator} of ${tensors}, ${numbers}${flipped}${running}`;
}
