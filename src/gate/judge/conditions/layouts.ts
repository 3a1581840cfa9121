/** The same tensor, laid out otherwise in memory; all around its cells are NaN. */
import { strides as denseStrides, type Shape, size, unravel } from '../../../tensor/index.js';
import type { WireTensor } from '../../subject/subject.js';
import { WIRE_ARRAYS } from '../../subject/wire-arrays.js';

/** Where the cells lie. */
export interface Layout {
  readonly says: string;
  readonly strides: readonly number[];
  readonly offset: number;
}

export const LAYOUTS = ['offset', 'transposed', 'gaps', 'expanded'] as const;
export type LayoutName = (typeof LAYOUTS)[number];

const OFFSET = 5;
/** Behind the last cell. */
const MARGIN = 3;
/** Of class indices, which cannot be NaN: no row has so many classes. */
const NO_INDEX = 2 ** 31 - 1;

const SAYS: Readonly<Record<LayoutName, string>> = {
  offset: 'at an offset',
  transposed: 'transposed in memory',
  gaps: 'with gaps between its cells',
  expanded: 'expanded along an axis',
};

/**
 * Null where it would be the dense tensor again.
 * @param equalAlong an axis along which all cells are equal
 */
export function layoutOf(
  name: LayoutName,
  shape: Shape,
  offset: number,
  equalAlong: number | null,
): Layout | null {
  if (size(shape) === 0) return null;
  const start = name === 'offset' ? offset + OFFSET : offset;
  const strides = stridesOf(name, shape, equalAlong);
  const dense = denseStrides(shape);
  const isDense = start === 0 && shape.every((extent, axis) => extent === 1 || strides[axis] === dense[axis]);
  if (isDense || (name !== 'offset' && sameSteps(strides, dense, shape))) return null;
  return { says: `${SAYS[name]} (strides ${strides.join(',')}, offset ${start})`, strides, offset: start };
}

const sameSteps = (strides: readonly number[], dense: readonly number[], shape: Shape): boolean =>
  shape.every((extent, axis) => extent === 1 || strides[axis] === dense[axis]);

function stridesOf(name: LayoutName, shape: Shape, equalAlong: number | null): readonly number[] {
  switch (name) {
    case 'offset':
      return denseStrides(shape);
    case 'transposed':
      return denseStrides([...shape].reverse()).reverse();
    case 'gaps': {
      const strides: number[] = [];
      // Each row longer than its cells, by no multiple of them.
      let step = 2;
      for (const extent of [...shape].reverse()) {
        strides.unshift(step);
        step = step * extent + 1;
      }
      return strides;
    }
    case 'expanded': {
      const kept = shape.map((extent, axis) => (axis === equalAlong ? 1 : extent));
      return denseStrides(kept).map((step, axis) => (axis === equalAlong ? 0 : step));
    }
  }
}

export function laidOut(tensor: WireTensor, { strides, offset }: Layout): WireTensor {
  const { shape, data, dtype } = tensor;
  const last = shape.reduce((at, extent, axis) => at + (extent - 1) * strides[axis]!, offset);
  const nothing = dtype === 'int32' ? NO_INDEX : Number.NaN;
  const memory = new WIRE_ARRAYS[dtype](new Array<number>(last + 1 + MARGIN).fill(nothing));
  data.forEach((value, flat) => {
    const at = unravel(shape, flat).reduce((sum, index, axis) => sum + index * strides[axis]!, offset);
    memory[at] = value;
  });
  return { shape, data: memory, dtype, strides, offset };
}
