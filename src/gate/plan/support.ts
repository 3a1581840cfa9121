/** Whether a kernel declares that it takes a call. */
import { type Operator, type ParamValue, resolve } from '../../ops/index.js';
import type { Declares, Supports } from '../subject/declares.js';
import type { Configuration } from './gate-case.js';
import { slidingKind } from './sliding-call.js';

/**
 * Null where the kernel takes the call, else why not: "stride 2 is not declared". A padding by
 * name is taken only where it is declared.
 * @throws BackproofError the codes of `resolve`.
 */
export function supports(
  { supports: declared }: Declares,
  operator: Operator,
  { shapes, params }: Configuration,
): string | null {
  for (const name of ['stride', 'dilation', 'groups'] as const) {
    const value = params[name];
    const stranger = value === undefined ? undefined : strangerIn(declared[name], value);
    if (stranger !== undefined) return `${name} ${stranger} is not declared`;
  }
  const why =
    params.padding === undefined ? null : paddingRefusal(operator, declared.padding, params.padding);
  if (why !== null || declared.maxRank === null) return why;
  const { rank } = resolve(operator, shapes, params);
  return rank <= declared.maxRank
    ? null
    : `${rank} spatial axes are more than the ${declared.maxRank} declared`;
}

/** The same call with its padding in numbers, for kernels that do not take it by name. */
function spelledOut(operator: Operator, one: Configuration): Configuration {
  if (typeof one.params.padding !== 'string' || !slidingKind(operator.name)) return one;
  const { rank, sizes } = resolve(operator, one.shapes, one.params);
  const padding = Array.from({ length: rank }, (_, k) => [sizes[`a${k + 1}`]!, sizes[`b${k + 1}`]!] as const);
  return { shapes: one.shapes, params: { ...one.params, padding } };
}

/** As this kernel takes the call; null where it does not. */
export function taken(declares: Declares, operator: Operator, one: Configuration): Configuration | null {
  const isTaken = (other: Configuration) => supports(declares, operator, other) === null;
  return [one, spelledOut(operator, one)].find(isTaken) ?? null;
}

function strangerIn(allowed: readonly ParamValue[] | null, value: ParamValue): ParamValue | undefined {
  if (allowed === null) return undefined;
  const values = typeof value === 'object' ? value.flat() : [value];
  return values.find(one => !allowed.includes(one));
}

/** Other operators take paddings by name as their only form. */
function paddingRefusal(
  { name }: Operator,
  allowed: Supports['padding'],
  padding: ParamValue,
): string | null {
  if (Array.isArray(allowed)) {
    const stranger = strangerIn(allowed, padding);
    return stranger === undefined ? null : `padding ${stranger} is not declared`;
  }
  if (typeof padding !== 'object') return slidingKind(name) ? `padding ${padding} is not declared` : null;
  if (allowed === null) return null;
  const uneven = padding.find(pair => typeof pair === 'object' && pair[0] !== pair[1]);
  return uneven === undefined
    ? null
    : `padding ${JSON.stringify(uneven)} is not declared: it is not symmetric`;
}
