/** Which cell an index names, in the index style of the setup. */
import type { Shape } from '../../tensor/index.js';
import type { IndexStyle } from './setup.js';
import { type Subscript, splits } from './subscript.js';

export type Place =
  | { readonly kind: 'cell'; readonly cell: number }
  | { readonly kind: 'outside' }
  | { readonly kind: 'symbolic' }
  | { readonly kind: 'ambiguous'; readonly reason: string };

const OUTSIDE: Place = { kind: 'outside' };

/** The cell of an array of this shape; `written` names it in reasons. */
export function cellOf(subscript: Subscript, shape: Shape, style: IndexStyle, written: string): Place {
  if (style === 'channel' || subscript.kind === 'symbolic') return { kind: 'symbolic' };
  if (subscript.kind === 'none') return shape.length === 0 ? { kind: 'cell', cell: 0 } : OUTSIDE;
  const base = style === 'pair' || style === 'running' ? 1 : 0;
  const running = style === 'running' || style === 'running0';
  const numbers = subscript.kind === 'numbers' ? subscript.numbers : null;
  if (numbers !== null) return at(running ? merged(shape, numbers.length) : shape, numbers, base);
  const digits = subscript.kind === 'digits' ? subscript.digits : '';
  if (running || shape.length <= 1) return at(merged(shape, 1), [Number(digits)], base);
  return glued(digits, shape, base, written);
}

/** The last number runs over all axes that are left: [3,5,5] with two numbers is [3,25]. */
function merged(shape: Shape, count: number): Shape {
  if (count >= shape.length) return shape;
  const kept = shape.slice(0, count - 1);
  return [...kept, shape.slice(count - 1).reduce((product, extent) => product * extent, 1)];
}

/** An array without axes may carry the index of its only cell; an axis left out, of extent 1, may be written. */
function at(shape: Shape, numbers: readonly number[], base: number): Place {
  const extra = numbers.length - shape.length;
  if (extra > 2 || extra < 0) return OUTSIDE;
  const full = [...new Array<number>(extra).fill(1), ...shape];
  let cell = 0;
  for (const [axis, extent] of full.entries()) {
    const index = numbers[axis]! - base;
    if (!(index >= 0 && index < extent)) return OUTSIDE;
    cell = cell * extent + index;
  }
  return { kind: 'cell', cell };
}

/** One digit per axis; where an extent has two digits, the only way to cut that fits. */
function glued(digits: string, shape: Shape, base: number, written: string): Place {
  if (digits.length === shape.length) return at(shape, [...digits].map(Number), base);
  if (shape.every(extent => extent + base <= 10)) return OUTSIDE;
  const ways = splits(digits, shape.length).filter(numbers => at(shape, numbers, base).kind === 'cell');
  if (ways.length === 1) return at(shape, ways[0]!, base);
  if (ways.length === 0) return OUTSIDE;
  const readings = ways.map(numbers => `(${numbers.join(',')})`).join(' or ');
  return {
    kind: 'ambiguous',
    reason: `${written} may be the cell ${readings}; write a comma between the indices`,
  };
}
