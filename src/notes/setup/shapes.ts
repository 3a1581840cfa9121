/** From dims as notes write them to full layouts: batch and channel axes may be left out where they are 1. */
import { layoutNames, type Operator, outputLayout } from '../../ops/index.js';
import { type Shape, shapeText } from '../../tensor/index.js';
import type { OperatorDirective } from './directive.js';
import { directiveError, type Source } from './directive-source.js';
import { type Role, TENSOR_OF_ROLE } from './setup.js';

/** A full shape, and which of its axes the notes write. */
export interface FullShape {
  readonly full: Shape;
  readonly written: readonly boolean[];
}

/** The axes of a layout: those with one name each, and how many spatial ones follow. */
interface Axes {
  readonly fixed: readonly string[];
  readonly spatial: number;
}

export function axesOf(operator: Operator, role: Role, rank: number): Axes {
  const layout =
    role === 'output'
      ? outputLayout(operator, operator.params)
      : (operator.inputs[TENSOR_OF_ROLE[role]] ?? '');
  const names = layoutNames(layout, rank);
  const fixed = layout.split(' ').filter(part => part !== '' && !part.endsWith('@'));
  return { fixed, spatial: names.length - fixed.length };
}

/** Number of spatial axes; where the operator takes any, up to 3 dims of the input are all spatial. */
export function spatialRank(directive: OperatorDirective): number {
  const { operator, params, roles } = directive;
  if (typeof operator.rank === 'number') return operator.rank;
  if (typeof operator.rank === 'function') return operator.rank({ ...operator.params, ...params });
  const dims = roles.input?.shape?.length ?? 2;
  return dims <= 3 ? dims : dims - 2;
}

/**
 * r dims are spatial, r + 1 have one more axis in front, r + 2 are everything. Of two possible axes in front
 * `lone` names the one that stands alone; where the layout has no such axis, the last one does.
 * @throws BackproofError `setup-contradiction` for any other number of dims.
 */
export function fullShape(
  source: Source,
  directive: OperatorDirective,
  role: Role,
  axes: Axes,
  dims: Shape,
  lone: string,
): FullShape {
  const front = dims.length - axes.spatial;
  if (front < 0 || front > axes.fixed.length) throw wrongDims(source, directive, role, axes, dims);
  const alone = axes.fixed.includes(lone) ? lone : axes.fixed.at(-1);
  const kept = axes.fixed.map(name => front === axes.fixed.length || (front === 1 && name === alone));
  let next = 0;
  const full = kept.map(is => (is ? dims[next++]! : 1));
  return {
    full: [...full, ...dims.slice(front)],
    written: [...kept, ...dims.slice(front).map(() => true)],
  };
}

/** The extents that the notes write. */
export const writtenShape = ({ full, written }: FullShape): Shape => full.filter((_, axis) => written[axis]);

function wrongDims(
  source: Source,
  directive: OperatorDirective,
  role: Role,
  { fixed, spatial }: Axes,
  dims: Shape,
): Error {
  const counts = fixed.map((_, k) => spatial + k).concat(spatial + fixed.length);
  const expected = `${counts.join(' or ')} dims: ${spatial} spatial, before them ${fixed.join(' and ')} if the notes index them`;
  return contradiction(source, directive, role, {
    what: `${role} has ${dims.length} dims for ${directive.operator.name}`,
    expected,
    got: shapeText(dims),
    fix: 'Correct the dims or choose the operator of this rank.',
    data: { role, dims },
  });
}

export function contradiction(
  source: Source,
  directive: OperatorDirective,
  key: string,
  parts: {
    what: string;
    expected: string;
    got: string;
    fix: string;
    data?: Readonly<Record<string, unknown>>;
  },
): Error {
  const offset = directive.offsets.get(key) ?? directive.offset;
  return directiveError(source, offset, { ...parts, code: 'setup-contradiction' });
}
