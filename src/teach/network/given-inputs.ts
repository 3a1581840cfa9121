/** Which tensor each input of a layer reads: the layer before, an earlier tensor by its name, or a new one. */
import { BackproofError } from '../../error.js';
import type { Operator } from '../../ops/index.js';
import { checkNewName, type LayerNames } from './layer-names.js';
import type { LayerInput, NetworkLayer, NetworkTensor } from './network.js';
import type { Given } from './place.js';

interface SoFar {
  readonly before: NetworkTensor;
  readonly tensors: ReadonlyMap<string, NetworkTensor>;
  readonly names: LayerNames;
}

/** @throws BackproofError `missing-input`, `unknown-input`, `unknown-tensor`, `bad-name`, `duplicate-name`. */
export function givenInputs(
  operator: Operator,
  { inputs = {} }: NetworkLayer,
  k: number,
  { before, tensors, names }: SoFar,
): { first: NetworkTensor; given: ReadonlyMap<string, Given> } {
  const slots = Object.keys(operator.inputs);
  const stranger = Object.keys(inputs).find(name => !slots.includes(name));
  if (stranger) {
    const fix = 'Use one of its inputs.';
    throw refuse(operator, 'unknown-input', 'there is no such input', slots.join(', '), stranger, fix);
  }
  const [source, ...others] = slots;
  const first =
    inputs[source!] === undefined ? before : earlier(operator, source!, inputs[source!]!, tensors);
  const given = new Map<string, Given>([[source!, first]]);
  const fresh = new Set<string>();
  for (const slot of others) {
    const one = inputs[slot];
    if (one === undefined) {
      if (operator.optional.includes(slot)) continue;
      throw missing(operator, slot, Object.keys(inputs));
    }
    const known = one.name === undefined ? undefined : tensors.get(one.name);
    if (known && one.shape === undefined) given.set(slot, known);
    else {
      const name = one.name ?? names.input(k, slot);
      checkNewName(name, slot, { has: other => tensors.has(other) || fresh.has(other) });
      fresh.add(name);
      given.set(slot, { name, shape: one.shape });
    }
  }
  return { first, given };
}

/** The first input is what a layer before made. */
function earlier(
  operator: Operator,
  slot: string,
  { name, shape }: LayerInput,
  tensors: ReadonlyMap<string, NetworkTensor>,
): NetworkTensor {
  const found = name === undefined || shape !== undefined ? undefined : tensors.get(name);
  if (found) return found;
  const got = name ?? 'extents';
  const fix = `Leave ${slot} out to read the layer before, or name an earlier tensor, without extents.`;
  const known = [...tensors.keys()].join(', ');
  throw refuse(operator, 'unknown-tensor', `${slot} is no tensor before this layer`, known, got, fix);
}

function missing(operator: Operator, slot: string, given: readonly string[]): BackproofError {
  const example = operator.examples[0]!.shapes[slot] ?? [];
  const fix = `Write ${slot} with its extents, such as ${slot}=${example.join('x')}.`;
  const needed = Object.keys(operator.inputs).filter(one => !operator.optional.includes(one));
  return refuse(
    operator,
    'missing-input',
    `${slot} is not given`,
    needed.join(', '),
    given.join(', ') || 'the layer before alone',
    fix,
  );
}

function refuse(
  { name }: Operator,
  code: string,
  what: string,
  expected: string,
  got: string,
  fix: string,
): BackproofError {
  return new BackproofError({ code, where: name, what, expected, got, fix });
}
