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
