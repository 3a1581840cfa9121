/** Errors of a network say which layer does not fit, and what it was given. */
import { BackproofError } from '../../error.js';
import { shapeText } from '../../tensor/index.js';
import type { NetworkTensor } from './network.js';

/** The error of one layer with its place in the network; `layer` counts from 1. */
export function inLayer(
  { code, where, what, expected, got, fix, data }: BackproofError,
  layer: number,
  operator: string,
  before: NetworkTensor,
): BackproofError {
  // Where a layer wants rows, the way from images to rows is what people forget.
  const wantsRows = code === 'rank-mismatch' && before.shape.length > 2 && where === before.name;
  return new BackproofError({
    code,
    where: `layer ${layer} (${operator}) after ${before.name} ${shapeText(before.shape)}: ${where}`,
    what,
    expected,
    got,
    fix: wantsRows ? 'Put a layer in front that changes the number of axes, such as flatten.' : fix,
    data: { ...data, layer },
  });
}

export function noLayer(): BackproofError {
  return new BackproofError({
    code: 'no-layer',
    where: 'network',
    what: 'there is no layer',
    expected: 'at least one layer',
    got: 'none',
    fix: "Give the layers in order, such as [{ operator: 'linear', inputs: { w: { shape: [4, 3] } } }].",
  });
}

/** Callers without types may pass anything. @throws BackproofError `bad-call`. */
export function checkRecords(layers: readonly unknown[], input: unknown): void {
  if (!isRecord(input))
    throw badCall('the input is not a record', "{ name: 'X', shape: [1, 3, 8, 8] }", input);
  layers.forEach((layer, k) => {
    const example = "{ operator: 'linear', inputs: { w: { shape: [4, 3] } } }";
    if (!isRecord(layer)) throw badCall(`layer ${k + 1} is not a record`, example, layer);
    const inputs = 'inputs' in layer ? layer.inputs : undefined;
    const isGood = inputs === undefined || (isRecord(inputs) && Object.values(inputs).every(isRecord));
    if (!isGood) throw badCall(`the inputs of layer ${k + 1} are not records`, example, inputs);
  });
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function badCall(what: string, expected: string, got: unknown): BackproofError {
  return new BackproofError({
    code: 'bad-call',
    where: 'network',
    what,
    expected: `an object such as ${expected}`,
    got: String(JSON.stringify(got)).slice(0, 60),
    fix: 'Pass an object with one entry per name.',
  });
}
