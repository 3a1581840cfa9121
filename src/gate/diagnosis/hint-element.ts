/** The kernel's element is another element's formula: a result that is shifted, turned or transposed. */
import { ravel, unravel } from '../../tensor/index.js';
import { sameFormula } from './formula.js';
import type { Element, Hint, HintContext } from './hint.js';
import { indexMaps } from './index-maps.js';

export function movedElement({ settled, definition }: HintContext, { cell, got }: Element): Hint[] {
  const { shape, wrt, problem } = settled;
  const count = shape.reduce((product, extent) => product * extent, 1);
  const from = Array.from({ length: count }, (_, other) => other).filter(
    other => other !== cell && sameFormula(definition.at(other), got),
  );
  if (from.length === 0) return [];
  const index = unravel(shape, cell);
  const maps = indexMaps(settled, wrt ?? 'yBar').filter(map => {
    const to = map.to(index);
    const inside = to.every((at, axis) => at >= 0 && at < shape[axis]!);
    return inside && from.includes(ravel(shape, to));
  });
  const other = unravel(shape, from[0]!).join(',');
  const evidence = `it is exactly the definition's ${problem.result}[${other}]`;
  // A whole formula that stands elsewhere is more than terms that fit but for a border.
  const named = maps.map(map => ({
    says: `${problem.result} is ${map.says}`,
    evidence,
    rank: map.rank - 0.1,
  }));
  return [...named, { says: "another element's formula stands here", evidence, rank: 5 }];
}
