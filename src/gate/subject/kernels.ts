/** Kernels as people write them: functions by operator, read strictly. */
import { BackproofError } from '../../error.js';
import { closest, type Params } from '../../ops/index.js';
import { readDeclares } from './read-declares.js';
import type { Offer, Pass, WireTensor, WireTensors } from './subject.js';
import { kindOf } from './thrown.js';

/** Gradients by input. */
export type Gradients = Readonly<Partial<Record<'x' | 'w' | 'b', WireTensor | undefined>>>;

/** Both may return a Promise; `out` is given only to kernels that declare it, in the form of the result. */
export interface ModuleKernel {
  forward(inputs: WireTensors, params: Params, out?: WireTensor): unknown;
  backward?(inputs: WireTensors, upstream: WireTensor, params: Params, out?: Gradients): unknown;
  readonly declares?: unknown;
}

/** By operator. */
export type ModuleKernels = Readonly<Record<string, ModuleKernel>>;

const KEYS = ['forward', 'backward', 'declares'];

/** `kernels` of a module, or of its default export, or the default export itself; undefined if there is none. */
export function exportedKernels(module: Readonly<Record<string, unknown>>): unknown {
  if (module.kernels !== undefined) return module.kernels;
  const own = module.default;
  const wrapped = typeof own === 'object' && own !== null && 'kernels' in own;
  return wrapped ? own.kernels : own;
}

/**
 * What the kernels offer, by operator; `where` names the module in errors.
 * @throws BackproofError `kernel-module-shape`, `bad-declares`.
 */
export function readKernels(value: unknown, where: string): ReadonlyMap<string, Offer> {
  if (!isObject(value))
    throw shapeError(where, 'there are no kernels', 'export const kernels = { conv2d: { forward } }', value);
  const offers = Object.entries(value).map(([op, kernel]) => offerOf(op, kernel, `${where}: kernels.${op}`));
  if (offers.length === 0) throw shapeError(where, 'kernels is empty', 'at least one operator', value);
  return new Map(offers.map(offer => [offer.op, offer]));
}

function offerOf(op: string, kernel: unknown, where: string): Offer {
  const expected = 'an object { forward, backward, declares }';
  if (!isObject(kernel)) throw shapeError(where, 'it is no kernel', expected, kernel);
  const stranger = Object.keys(kernel).find(key => !KEYS.includes(key));
  if (stranger !== undefined) throw unknownKey(where, stranger);
  const { forward, backward } = kernel;
  if (typeof forward !== 'function') throw shapeError(where, 'forward is no function', 'a function', forward);
  const forwardOnly = backward === undefined;
  if (!forwardOnly && typeof backward !== 'function')
    throw shapeError(where, 'backward is no function', 'a function', backward);
  const passes: readonly Pass[] = forwardOnly ? ['forward'] : ['forward', 'backward'];
  return { op, passes, declares: readDeclares(kernel.declares, where) };
}

function unknownKey(where: string, key: string): BackproofError {
  const meant = closest(key, KEYS);
  return new BackproofError({
    code: 'kernel-module-shape',
    where,
    what: 'a kernel has no such key',
    expected: KEYS.join(', '),
    got: JSON.stringify(key),
    fix: meant ? `Did you mean ${meant}?` : 'Keep it outside of the kernel.',
    data: { key },
  });
}

function shapeError(where: string, what: string, expected: string, value: unknown): BackproofError {
  const got = kindOf(value);
  const fix = 'Export what the contract says.';
  return new BackproofError({ code: 'kernel-module-shape', where, what, expected, got, fix });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
