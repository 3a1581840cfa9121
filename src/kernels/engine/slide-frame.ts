/** What both ways of sliding share: the pieces of the batch, and where results lie. */
import type { Chunk, ChunkPlan, Planes, Slice } from './chunks.js';
import { chunkPlan, sliced } from './chunks.js';
import { type Job, leavesZeros, type Phase, phasesOf, product, spansOf, type Three } from './job.js';
import type { FloatArray, Machine } from './machine.js';
import { extentOf, type Span } from './reach.js';

export interface SlideData {
  /** [images, groups channels, input]. */
  readonly input: FloatArray;
  readonly weights: FloatArray;
  /** [groups columns]. */
  readonly bias: FloatArray | null;
  /** [images, groups columns, output]. */
  readonly output: FloatArray;
}

export interface SlideFrame {
  readonly job: Job;
  readonly phases: readonly Phase[];
  readonly spans: Three<Span>;
  readonly source: Planes;
  readonly target: Planes;
  readonly plan: ChunkPlan;
  /** The largest piece. */
  readonly largest: Chunk;
  /** Of the largest piece: padded extents, and elements of its raw input and of its output. */
  readonly extents: Three<number>;
  readonly rawElements: number;
  readonly outElements: number;
}

/** `padded` is the number of elements that an image takes in its padded form of these extents. */
export function slideFrame(job: Job, padded: (extents: Three<number>) => number): SlideFrame {
  const { outer, images, groups, input, output } = job;
  const phases = phasesOf(job);
  const spans = spansOf(job);
  const counts = job.reaches.map(({ count }) => count);
  const extentsAt = (count: number): Three<number> => {
    const [d, h, w] = spans.map((span, axis) => extentOf(span, axis === outer ? count : counts[axis]!));
    return [d!, h!, w!];
  };
  const source = { channels: groups * job.channels, plane: input, outer };
  const target = { channels: groups * job.columns, plane: output, outer };
  const perImage =
    source.channels * product(input) +
    padded(extentsAt(counts[outer]!)) +
    2 * target.channels * product(output);
  const plan = chunkPlan(images, counts[outer]!, perImage);
  const extents = extentsAt(plan.count);
  const inner = product(input) / input[outer];
  const longest = Math.min(input[outer], extents[outer]) * inner;
  const outSlice = { from: 0, to: Math.min(output[outer], plan.count * apartOf(job)) };
  return {
    job,
    phases,
    spans,
    source,
    target,
    plan,
    largest: { image: 0, images: plan.images, from: 0, count: plan.count, keepsPadding: false },
    extents,
    rawElements: plan.images * source.channels * longest,
    outElements: plan.images * target.channels * product(sliced(output, outer, outSlice)),
  };
}

/** How far apart the cells of a phase lie on the outer axis. */
const apartOf = ({ reaches, outer }: Job): number => reaches[outer].apart;

/** The part of the output that a piece makes. */
export function outputSlice({ job }: SlideFrame, { from, count }: Chunk): Slice {
  const apart = apartOf(job);
  return { from: from * apart, to: Math.min(job.output[job.outer], (from + count) * apart) };
}

/** Cells of a phase in a band of the outer axis. */
export function countsIn([d, h, w]: Phase, outer: number, { from, count }: Chunk): Three<number> {
  const [a, b, c] = [d, h, w].map((reach, axis) =>
    axis === outer ? Math.max(0, Math.min(count, reach.count - from)) : reach.count,
  );
  return [a!, b!, c!];
}

/** Cells that no phase reaches hold the bias, or zero. */
export function fillUnreached(
  { job, target }: SlideFrame,
  bias: FloatArray | null,
  images: number,
  cells: number,
  floats: FloatArray,
  at: number,
): void {
  if (!leavesZeros(job)) return;
  for (let k = 0; k < images * target.channels; k++) {
    floats.fill(bias?.[k % target.channels] ?? 0, at + k * cells, at + (k + 1) * cells);
  }
}

/**
 * Lays the cells of a phase, [channels] planes `pitch` apart, out among those of the other phases. `from` and `to`
 * are addresses, `channelPitch` too.
 */
export function placePhase(
  machine: Machine,
  phase: Phase,
  counts: Three<number>,
  plane: Three<number>,
  channels: number,
  from: number,
  pitch: number,
  to: number,
): void {
  const { unit } = machine;
  const [d, h, w] = phase;
  const [depth, height, width] = counts;
  const cells = product(plane);
  if (d.apart === 1 && h.apart === 1 && w.apart === 1) {
    machine.copyRows(channels, cells, from, pitch, to, cells * unit);
    return;
  }
  for (let c = 0; c < channels; c++) {
    for (let k = 0; k < depth; k++) {
      const cell = ((d.apart * k + d.start) * plane[1] + h.start) * plane[2] + w.start;
      machine.spreadRows(
        height,
        width,
        from + c * pitch + k * height * width * unit,
        unit,
        width * unit,
        to + (c * cells + cell) * unit,
        w.apart * unit,
        h.apart * plane[2] * unit,
      );
    }
  }
}
