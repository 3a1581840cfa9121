/** The pieces of a batch, one after another, on their way into the scratch. */
import { type Chunk, chunksOf, copyIn, sliced } from './chunks.js';
import { product, type Three } from './job.js';
import type { FloatArray, Machine, Scratch } from './machine.js';
import { type Overlap, overlaps, sliceFor } from './padded.js';
import { countsIn, outputSlice, type SlideFrame } from './slide-frame.js';

/** Room for a layout; null where it is too much. */
export function scratchFor(
  machine: Machine,
  { elements, integers }: { readonly elements: number; readonly integers: number },
): Scratch | null {
  if (elements > machine.capacity || integers > machine.capacity) return null;
  return machine.reserve(elements, integers);
}

/** Every piece, after zeros between elements `from` and `to` wherever the padding does not lie there already. */
export function* piecesOf(
  { job, plan }: SlideFrame,
  floats: FloatArray,
  from: number,
  to: number,
): Generator<Chunk> {
  for (const chunk of chunksOf(job.images, job.reaches[job.outer][0]!.count, plan)) {
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
  machine: Machine,
  scratch: Scratch,
  { job, spans, extents, source }: SlideFrame,
  input: FloatArray,
  raw: number,
  chunk: Chunk,
): RawPiece {
  const { outer } = job;
  const slice = sliceFor(spans[outer], chunk.from, chunk.count, job.input[outer]);
  copyIn(input, source, chunk, slice, scratch.floats, raw);
  return {
    at: scratch.float + raw * machine.unit,
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
  machine: Machine,
  scratch: Scratch,
  frame: SlideFrame,
  upstream: FloatArray,
  to: number,
  chunk: Chunk,
): UpstreamPiece | null {
  const { job, target, phases } = frame;
  copyIn(upstream, target, chunk, outputSlice(frame, chunk), scratch.floats, to);
  const counts = countsIn(phases[0]!, job.outer, chunk);
  const [at, cells] = [scratch.float + to * machine.unit, product(counts)];
  return machine.allFinite(at, chunk.images * target.channels * cells) ? { at, counts, cells } : null;
}
