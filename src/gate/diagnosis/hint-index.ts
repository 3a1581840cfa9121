/** The kernel reads one tensor at other cells than the definition, or not at all. */

import { sameFormula } from './formula.js';
import type { Element, Hint } from './hint.js';
import { indexMaps, mapsTo, withoutTensor } from './index-maps.js';
import { type Settled, shapeIn } from './problem.js';

/** Ones in the place of a tensor. */
export function ignoredTensor({ expected, got }: Element): Hint[] {
  const tensors = new Set([...expected.values()].flatMap(term => term.factors.map(one => one.tensor)));
  return [...tensors].flatMap(tensor =>
    sameFormula(withoutTensor(expected, tensor), got)
      ? [
          {
            says: `${tensor} is ignored, as if it were all ones`,
            evidence: 'the other factors are as they should be',
            rank: 0,
          },
        ]
      : [],
  );
}

export function indexHints(settled: Settled, { expected, got }: Element): Hint[] {
  const tensors = new Set([...expected.values()].flatMap(term => term.factors.map(one => one.tensor)));
  // What is wrong is more often how w is read than how x or yBar is.
  const order = [...tensors].sort((a, b) => (a === 'w' ? -1 : b === 'w' ? 1 : a < b ? -1 : 1));
  return order.flatMap(tensor => {
    const shape = shapeIn(settled, tensor);
    return indexMaps(settled, tensor)
      .filter(map => mapsTo(map, tensor, shape, expected, got))
      .map(map => ({
        says: `${tensor} is ${map.says}`,
        evidence: `this turns the definition's terms into all ${got.size} of the kernel's`,
        rank: map.rank,
      }));
  });
}
