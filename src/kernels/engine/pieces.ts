/** The pieces of a batch, one after another, on their way into the scratch. */
import { type Chunk, chunksOf, copyIn, sliced } from './chunks.js';
import { product, type Three } from './job.js';
import type { FloatArray, Machine } from './machine.js';
import { type Overlap, overlaps, sliceFor } from './padded.js';
import { countsIn, outputSlice, type SlideFrame } from './slide-frame.js';

/** A machine with its scratch for one call, and the addresses of its elements and integers. */
export interface Workspace {
  readonly machine: Machine;
  readonly unit: number;
  readonly floats: FloatArray;
  readonly integers: Int32Array;
  readonly at: (element: number) => number;
  readonly entry: (integer: number) => number;
}

/** Room for a layout; null where it is too much. */
export function workspace(
  machine: Machine,
  layout: { readonly elements: number; readonly integers: number },
): Workspace | null {
  if (layout.elements > machine.capacity || layout.integers > machine.capacity) return null;
  const scratch = machine.reserve(layout.elements, layout.integers);
  if (!scratch) return null;
  const { floats, integers, float, integer } = scratch;
  const { unit, integerUnit } = machine;
  return {
    machine,
    unit,
    floats,
    integers,
    at: element => float + element * unit,
    entry: place => integer + place * integerUnit,
  };
}

/** Every piece, after zeros between elements `from` and `to` wherever the padding does not lie there already. */
export function* piecesOf(
  { job, plan }: SlideFrame,
  floats: FloatArray,
  from: number,
  to: number,
): Generator<Chunk> {
  for (const chunk of chunksOf(job.images, job.reaches[job.outer].count, plan)) {
    if (!chunk.keepsPadding) floats.fill(0, from, to);
    yield chunk;
  }
}

/** A raw piece of the input: its address, the extents of its planes, and how they lie in the padded form. */
export interface RawPiece {
  readonly at: number;
  readonly plane: Three<number>;
  readonly axes: Three<Overlap>;
}

/** Copies the part of the input that a piece reads to element `raw`. */
export function readInput(
  { floats, at }: Workspace,
  { job, spans, extents, source }: SlideFrame,
  input: FloatArray,
  raw: number,
  chunk: Chunk,
): RawPiece {
  const { outer } = job;
  const slice = sliceFor(spans[outer], chunk.from, chunk.count, job.input[outer]);
  copyIn(input, source, chunk, slice, floats, raw);
  return {
    at: at(raw),
    plane: sliced(job.input, outer, slice),
    axes: overlaps(spans, extents, outer, chunk.from, slice, job.input),
  };
}

/** The part of yBar that belongs to a piece: its address, and its cells per axis. */
export interface UpstreamPiece {
  readonly at: number;
  readonly counts: Three<number>;
  readonly cells: number;
}

/** Copies it to element `to`; null if one is not finite: over padding it would make sums that nobody asked for. */
export function readUpstream(
  { machine, floats, at }: Workspace,
  frame: SlideFrame,
  upstream: FloatArray,
  to: number,
  chunk: Chunk,
): UpstreamPiece | null {
  const { job, target, phases } = frame;
  copyIn(upstream, target, chunk, outputSlice(frame, chunk), floats, to);
  const counts = countsIn(phases[0]!, job.outer, chunk);
  const cells = product(counts);
  const isClean = machine.allFinite(at(to), chunk.images * target.channels * cells);
  return isClean ? { at: at(to), counts, cells } : null;
}
