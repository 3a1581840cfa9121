/** The arguments of one call of a kernel, and which of them it wrote to. */
import { isDeepStrictEqual } from 'node:util';
import type { Params, ParamValue } from '../../ops/index.js';
import { type Guarded, guarded } from './guarded.js';
import type { ResultName, SubjectCall, WireTensor } from './subject.js';

export interface Handed {
  readonly inputs: Record<string, WireTensor>;
  readonly upstream: WireTensor | null;
  readonly params: Params;
  /** By result. */
  readonly out: Record<string, WireTensor> | null;
  /** What lies where the kernel was told to write; null where it was not. */
  readonly written: () => Readonly<Partial<Record<ResultName, WireTensor>>> | null;
  /** Inputs, "upstream", "params", and "out.y" where the kernel wrote outside of it. */
  readonly mutated: () => string[];
}

/** Every tensor of the call copied and guarded, every second one at an odd byteOffset. */
export function handedOut(call: SubjectCall): Handed {
  let tensors = 0;
  const copyOf = (tensor: WireTensor) => guarded(tensor, (tensors++ % 2) as 0 | 1);
  const inputs = copies(call.inputs, copyOf);
  const upstream = call.upstream && copyOf(call.upstream);
  const out = call.out && copies(call.out, copyOf);
  const params = paramsCopy(call.params);
  const record = tensorsOf(inputs);
  return {
    inputs: record,
    upstream: upstream?.tensor ?? null,
    params,
    out: out && tensorsOf(out),
    written: () => out && Object.fromEntries([...out].map(([name, { here }]) => [name, here()])),
    mutated() {
      const names = changed(record, inputs);
      if (upstream && !upstream.untouched()) names.push('upstream');
      if (!isDeepStrictEqual(params, call.params)) names.push('params');
      for (const [name, one] of out ?? []) if (!one.inside()) names.push(`out.${name}`);
      return names;
    },
  };
}

type Copies = ReadonlyMap<string, Guarded>;

function copies(
  tensors: Readonly<Partial<Record<string, WireTensor>>>,
  copyOf: (tensor: WireTensor) => Guarded,
): Copies {
  const present = Object.entries(tensors).flatMap(([name, tensor]) =>
    tensor ? [[name, copyOf(tensor)] as const] : [],
  );
  return new Map(present);
}

function tensorsOf(of: Copies): Record<string, WireTensor> {
  return Object.fromEntries([...of].map(([name, { tensor }]) => [name, tensor]));
}

/** Names that were added, removed, replaced or written to. */
function changed(record: Readonly<Record<string, WireTensor>>, handed: Copies): string[] {
  const names = new Set([...handed.keys(), ...Object.keys(record)]);
  return [...names].filter(name => {
    const one = handed.get(name);
    return !one || record[name] !== one.tensor || !one.untouched();
  });
}

function paramsCopy(params: Params): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, paramCopy(value)]));
}

function paramCopy(value: ParamValue): ParamValue {
  if (!Array.isArray(value)) return value;
  return (value as readonly (number | readonly [number, number])[]).map(one =>
    typeof one === 'number' ? one : ([...one] as const),
  );
}
