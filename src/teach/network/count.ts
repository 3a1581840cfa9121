/** How much a layer holds and computes, counted from its definition without expanding it. */
import { polynomial } from '../../exact/index.js';
import {
  type Guard,
  parameterPolynomial,
  type Range,
  type Stage,
  type Term,
  termsOf,
  walkTerm,
} from '../../index-sum/index.js';
import { definitionOf } from '../../ops/index.js';
import { size } from '../../tensor/index.js';
import type { Layer, Network } from './network.js';

/**
 * Products of two or more cells in the sums of a layer, those with the zeros of a padding included: what tables of
 * networks call multiply-adds.
 */
export const multiplyAdds = (layer: Layer): number => count(layer, term => term.atoms.length > 1);

/** Cells read by a layer's definition, counted as often as they are read. */
export const cellReads = (layer: Layer): number => count(layer, () => true);

/** Cells of the parameters that a layer brings; one that is read again is not counted again. */
export function parameterCount({ tensors, layers }: Network, k: number): number {
  return newParameters({ tensors, layers }, k).reduce((sum, name) => sum + size(tensors.get(name)!.shape), 0);
}

/** Names of the parameters that layer k brings. */
export function newParameters({ tensors, layers }: Pick<Network, 'tensors' | 'layers'>, k: number): string[] {
  const before = new Set(layers.slice(0, k).flatMap(layer => Object.values(layer.reads)));
  const names = new Set(Object.values(layers[k]!.reads));
  return [...names].filter(name => !before.has(name) && tensors.get(name)!.kind === 'parameter');
}

function count({ operator, call }: Layer, counts: (term: Term) => boolean): number {
  const { stages } = definitionOf(operator, call.params, call.rank);
  const absent = operator.optional.filter(name => call.inputs[name] === undefined);
  const isPresent = (term: Term) => term.atoms.every(atom => !absent.includes(atom.tensor));
  const positions = (stage: Stage, term: Term) =>
    boxPositions([...stage.free, ...term.bound], term.guards, call.sizes);
  return stages.reduce((total, stage) => {
    const terms = termsOf(stage).filter(term => isPresent(term) && counts(term));
    return terms.reduce((sum, term) => sum + positions(stage, term), total);
  }, 0);
}

/** Positions of a box where the equations hold; what the other guards leave out is counted. */
function boxPositions(
  ranges: readonly Range[],
  guards: readonly Guard[],
  sizes: Readonly<Record<string, number>>,
): number {
  const equations = guards.filter(guard => guard.kind === 'equation');
  const tied = new Set(equations.flatMap(({ zero }) => [...polynomial.names(zero)]));
  const isTied = ({ name }: Range) => tied.has(name);
  const extents = ranges
    .filter(range => !isTied(range))
    .map(({ extent }) => parameterPolynomial(extent, sizes));
  const box = extents.reduce((product, extent) => product * Math.max(0, extent), 1);
  if (box === 0 || equations.length === 0) return box;
  let solutions = 0;
  const term: Term = { coefficient: 1, bound: ranges.filter(isTied), guards: equations, atoms: [] };
  walkTerm(
    term,
    [],
    sizes,
    () => [],
    () => solutions++,
  );
  return box * solutions;
}
