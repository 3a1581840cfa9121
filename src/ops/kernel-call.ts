/** The kernels of an operator at shapes that were checked once: what sweeps and gates call in their thousands. */
import { BackproofError } from '../error.js';
import { type Engine, resultFor } from '../kernels/index.js';
import { checkTensor, type Shape, sameShape, shapeText } from '../tensor/index.js';
import type { FloatTensor, Inputs, Operator, Params, Resolved } from './operator.js';
import { operatorFrom } from './registry.js';
import { resolve } from './resolve.js';

export interface KernelCall {
  readonly call: Resolved;
  /** Inputs whose gradient has a kernel. */
  readonly gradients: readonly string[];
  /**
   * The output from tensors of exactly these shapes, all float64 or all float32; into `out` where it is given.
   * @throws BackproofError `missing-input`, `unknown-input`, `size-mismatch`, and the codes of the kernel and of `resultFor`.
   */
  forward(inputs: Inputs, out?: FloatTensor): FloatTensor;
  /**
   * The gradient to one input from yBar, shaped like the output; into `out` where it is given.
   * @throws BackproofError `no-gradient-kernel`, `upstream-shape-mismatch`, and as `forward`.
   */
  vjp(wrt: string, yBar: FloatTensor, inputs: Inputs, out?: FloatTensor): FloatTensor;
}

/**
 * Checks shapes and parameters of a call once, for any number of runs. Small cases are fastest stacked along the
 * batch axis of one call. Without an engine, the one that all calls of a thread share.
 * @throws BackproofError `unknown-operator` and the codes of `resolve`.
 * @example
 * const conv = kernelCall('conv2d', { x: [1, 1, 3, 3], w: [1, 1, 2, 2] });
 * // conv.forward({ x, w }) is y [1, 1, 2, 2]; conv.vjp('w', yBar, { x, w }) is wBar [1, 1, 2, 2]
 */
export function kernelCall(
  operator: Operator | string,
  shapes: Readonly<Record<string, Shape>>,
  params: Params = {},
  engine?: Engine,
): KernelCall {
  const record = operatorFrom(operator);
  const call = resolve(record, shapes, params);
  const { name, kernel } = record;
  return {
    call,
    gradients: Object.keys(kernel.vjp),
    forward(inputs, out) {
      checkInputs(name, call, inputs);
      return into(name, call.output, inputs, out, options => kernel.forward(inputs, call, options), engine);
    },
    vjp(wrt, yBar, inputs, out) {
      const pull = Object.hasOwn(kernel.vjp, wrt) ? kernel.vjp[wrt] : undefined;
      if (!pull) throw noKernel(record, wrt);
      const where = `${name} gradient to ${wrt}`;
      checkInputs(where, call, inputs);
      checkTensor(yBar, `${where}: yBar`);
      if (!sameShape(yBar.shape, call.output)) throw wrongShape(where, 'yBar', yBar.shape, call.output);
      const shape = call.inputs[wrt];
      if (!shape) throw missing(where, wrt);
      return into(
        where,
        shape,
        { ...inputs, yBar },
        out,
        options => pull(yBar, inputs, call, options),
        engine,
      );
    },
  };
}

type Run = (options: { out?: FloatTensor | undefined; engine?: Engine | undefined }) => FloatTensor;

/** Runs a kernel that may or may not write where it is told. */
function into(
  where: string,
  shape: Shape,
  operands: Inputs,
  out: FloatTensor | undefined,
  run: Run,
  engine: Engine | undefined,
): FloatTensor {
  if (!out) return run({ engine });
  resultFor(where, shape, Object.values(operands)[0]!.dtype, { out }, operands);
  const result = run({ out, engine });
  if (result !== out) out.data.set(result.data);
  return out;
}

/** Every input of the call is there, in its shape, and no other. */
function checkInputs(where: string, call: Resolved, inputs: Inputs): void {
  for (const [name, shape] of Object.entries(call.inputs)) {
    const tensor = inputs?.[name];
    if (!tensor) throw missing(where, name);
    checkTensor(tensor, `${where}: ${name}`);
    if (!sameShape(tensor.shape, shape)) throw wrongShape(where, name, tensor.shape, shape);
  }
  for (const name of Object.keys(inputs)) {
    if (inputs[name] !== undefined && !Object.hasOwn(call.inputs, name)) throw unasked(where, name, call);
  }
}

function missing(where: string, name: string): BackproofError {
  return new BackproofError({
    code: 'missing-input',
    where,
    what: `${name} is missing`,
    expected: `a tensor ${name}`,
    got: 'nothing',
    fix: `Pass ${name} as { shape, data, dtype }.`,
    data: { input: name },
  });
}

function unasked(where: string, name: string, call: Resolved): BackproofError {
  return new BackproofError({
    code: 'unknown-input',
    where,
    what: `this call has no input ${name}`,
    expected: Object.keys(call.inputs).join(', '),
    got: name,
    fix: `Leave ${name} out, or give its shape when the call is made.`,
    data: { input: name },
  });
}

function wrongShape(where: string, name: string, got: Shape, expected: Shape): BackproofError {
  return new BackproofError({
    code: name === 'yBar' ? 'upstream-shape-mismatch' : 'size-mismatch',
    where,
    what: `${name} has shape ${shapeText(got)}`,
    expected: `${shapeText(expected)}, as this call was made for`,
    got: shapeText(got),
    fix: 'Pass a tensor of that shape, or make a call for the other one.',
    data: { tensor: name, expected: [...expected], got: [...got] },
  });
}

function noKernel({ name, kernel }: Operator, wrt: string): BackproofError {
  const known = Object.keys(kernel.vjp).join(', ');
  return new BackproofError({
    code: 'no-gradient-kernel',
    where: name,
    what: `no kernel computes the gradient to ${wrt}`,
    expected: known === '' ? 'none: this operator has no gradient kernels' : known,
    got: wrt,
    fix: 'Ask for one of these, or take the gradient from the definition (symbolic).',
    data: { operator: name, wrt },
  });
}
