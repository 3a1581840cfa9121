/** Names in a network: those that were given, and W1, b1, A1, ... where none were. */
import { BackproofError } from '../../error.js';
import { checkNames } from '../names.js';
import type { NetworkLayer } from './network.js';

export interface LayerNames {
  /** Of the output of layer k, which may be the loss. */
  readonly output: (k: number, isLoss: boolean) => string;
  /** Of a new input of layer k that nobody named. */
  readonly input: (k: number, slot: string) => string;
}

/**
 * Default names avoid those that were given.
 * @throws BackproofError `bad-name`, `duplicate-name` for two layers, or a layer and the input, of one name.
 */
export function layerNames(layers: readonly NetworkLayer[], input: string, loss: string): LayerNames {
  const own = layers.flatMap(({ name }, k) =>
    name === undefined ? [] : [[`layer ${k + 1}`, name] as const],
  );
  checkNames(
    Object.fromEntries([['input', input], ['loss', loss], ...own.filter(([, name]) => name !== loss)]),
  );
  const fresh = (taken: ReadonlySet<string>, stem: string, from: number): string => {
    let number = from;
    while (taken.has(`${stem}${number}`)) number++;
    return `${stem}${number}`;
  };
  const taken = new Set([input, loss, ...own.map(([, name]) => name)]);
  const outputs = layers.map(({ name }, k) => {
    const output = name ?? fresh(taken, 'A', k + 1);
    taken.add(output);
    return output;
  });
  // A name without extents may be a default one, which is read again.
  for (const { inputs } of layers) {
    for (const { name, shape } of Object.values(inputs ?? {})) if (name && shape) taken.add(name);
  }
  // W1 is the first kernel, whichever layer it is in; W and b of one layer share a number.
  const counts = new Map<number, number>();
  return {
    output: (k, isLoss) => layers[k]!.name ?? (isLoss ? loss : outputs[k]!),
    input: (k, slot) => {
      if (slot !== 'target' && !counts.has(k)) counts.set(k, counts.size + 1);
      const stem = slot === 'w' ? 'W' : slot;
      const name = slot === 'target' && !taken.has('T') ? 'T' : fresh(taken, stem, counts.get(k) ?? k + 1);
      taken.add(name);
      return name;
    },
  };
}

/** @throws BackproofError `bad-name`, `duplicate-name` for a new tensor called like an earlier one. */
export function checkNewName(name: string, slot: string, taken: { has(name: string): boolean }): void {
  checkNames({ [slot]: name });
  if (!taken.has(name)) return;
  throw new BackproofError({
    code: 'duplicate-name',
    where: slot,
    what: 'an earlier tensor has this name and its own extents',
    expected: 'a name of its own, or no extents to read the earlier tensor again',
    got: name,
    fix: `Rename it, or write ${slot}=${name} without extents.`,
    data: { name },
  });
}
