/** The input of a sliding product with its padding in place, laid out so that every read is at base + offset. */
import type { Slice } from './chunks.js';
import { product, type Three } from './job.js';
import type { Machine } from './machine.js';
import { extentOf, type Span } from './reach.js';

/** Where a raw slice of the input meets the padded cells, on one axis. */
export interface Overlap {
  /** First raw cell and first padded cell that meet, and how many do. */
  readonly from: number;
  readonly to: number;
  readonly length: number;
  /** Padded cells. */
  readonly extent: number;
}

/** Cell 0 of the padded axis is cell `low` of `available` ones. */
function overlap(low: number, extent: number, available: number): Overlap {
  const to = Math.max(0, -low);
  const length = Math.max(0, Math.min(extent, available - low) - to);
  return { from: to + low, to, length, extent };
}

/** The part of the input that a band of the outer axis reads. */
export function sliceFor(span: Span, from: number, count: number, input: number): Slice {
  const low = span.low + span.step * from;
  const start = Math.min(input, Math.max(0, low));
  return { from: start, to: Math.max(start, Math.min(input, low + extentOf(span, count))) };
}

/** How the slice of a band lies in a padded form of these extents. */
export function overlaps(
  spans: Three<Span>,
  extents: Three<number>,
  outer: number,
  band: number,
  slice: Slice,
  plane: Three<number>,
): Three<Overlap> {
  const axis = (k: 0 | 1 | 2): Overlap => {
    const { low, step } = spans[k];
    if (k !== outer) return overlap(low, extents[k], plane[k]);
    return overlap(low + step * band - slice.from, extents[k], slice.to - slice.from);
  };
  return [axis(0), axis(1), axis(2)];
}

/** A raw piece of the input. */
interface Raw {
  readonly at: number;
  /** Extents of a plane. */
  readonly plane: Three<number>;
  readonly axes: Three<Overlap>;
}

/** Raw [images, channels, d, h, w] to padded [images, d, h, w, channels]; the border is left as it is. */
export function packChannelsLast(
  machine: Machine,
  raw: Raw,
  images: number,
  channels: number,
  to: number,
): void {
  const { plane, axes } = raw;
  const [d, h, w] = axes;
  const cells = product(plane);
  const { unit } = machine;
  // Rows without padding between them are one row.
  const joined = w.length === w.extent && w.length === plane[2];
  const [rows, length] = joined ? [1, h.length * w.length] : [h.length, w.length];
  if (rows * length * d.length === 0) return;
  for (let n = 0; n < images; n++) {
    for (let k = 0; k < d.length; k++) {
      const from = n * channels * cells + ((d.from + k) * plane[1] + h.from) * plane[2] + w.from;
      const cell = ((n * d.extent + d.to + k) * h.extent + h.to) * w.extent + w.to;
      machine.transpose(
        rows,
        plane[2] * unit,
        w.extent * channels * unit,
        raw.at + from * unit,
        channels,
        cells * unit,
        length,
        to + cell * channels * unit,
        channels * unit,
      );
    }
  }
}

/**
 * Padded planes [channels, d, h, remainder, w]: a row is split by the remainder of its cells by the step, so that
 * the cells that neighbouring outputs read are neighbours.
 */
export interface PlanarLayout {
  /** Elements of a part of a row, of a row, and of a plane. */
  readonly part: number;
  readonly row: number;
  readonly plane: number;
  readonly extents: Three<number>;
  readonly step: number;
}

export function planarLayout(extents: Three<number>, step: number): PlanarLayout {
  const part = Math.ceil(extents[2] / step);
  const row = part * step;
  return { part, row, plane: extents[0] * extents[1] * row, extents, step };
}

/** Element of the layout at a distance from the first padded cell of a plane. */
export const planarPlace = (
  { part, row, extents, step }: PlanarLayout,
  d: number,
  h: number,
  w: number,
): number => (d * extents[1] + h) * row + (w % step) * part + Math.floor(w / step);

/** Raw [channels, d, h, w] to padded planes; the border is left as it is. */
export function packPlanar(
  machine: Machine,
  { at, plane, axes }: Raw,
  channels: number,
  layout: PlanarLayout,
  to: number,
): void {
  const [d, h, w] = axes;
  const { unit } = machine;
  const { step } = layout;
  if (h.length === 0 || w.length === 0) return;
  for (let c = 0; c < channels; c++) {
    for (let k = 0; k < d.length; k++) {
      const from = at + (((c * plane[0] + d.from + k) * plane[1] + h.from) * plane[2] + w.from) * unit;
      const pitch = plane[2] * unit;
      const start = to + c * layout.plane * unit;
      const target = (cell: number): number =>
        start + planarPlace(layout, d.to + k, h.to, w.to + cell) * unit;
      if (step === 1) {
        machine.copyRows(h.length, w.length, from, pitch, target(0), layout.row * unit);
        continue;
      }
      for (let r = 0; r < Math.min(step, w.length); r++) {
        const length = Math.ceil((w.length - r) / step);
        machine.spreadRows(
          h.length,
          length,
          from + r * unit,
          step * unit,
          pitch,
          target(r),
          unit,
          layout.row * unit,
        );
      }
    }
  }
}
