/**
 * The gradient of a convolution to its kernel where a group has few output channels, above all a depthwise one:
 * one plane of yBar against the padded planes of x, with vectors along the rows. The sum of a cell: image by image,
 * band by band and slab of depth by slab, each of them a `dot` of its own, which says how it is summed.
 */
import { type Chunk, chunksOf, copyIn, hasNewBorder, sliced } from './chunks.js';
import { cellsOf, type Job, product } from './job.js';
import type { KernelGradientData } from './kernel-gradient.js';
import { gradientFrame, spreadTaps } from './kernel-gradient.js';
import { type Machine, type Scratch, SLACK } from './machine.js';
import { overlaps, type PlanarLayout, packPlanar, planarLayout, sliceFor } from './padded.js';
import { regions } from './region.js';
import { countsIn, outputSlice, type SlideFrame } from './slide-frame.js';
import { placesOf } from './slide-planes.js';

interface Layout {
  readonly planar: PlanarLayout;
  /** Kernel cells that meet the input, and where they lie from an output cell's place on. */
  readonly cells: readonly number[];
  readonly places: readonly number[];
  /** Taps of one output channel: channels times the kernel cells that meet the input. */
  readonly taps: number;
  readonly tapTable: number;
  readonly sums: number;
  readonly raw: number;
  readonly padded: number;
  readonly upstream: number;
  readonly elements: number;
  readonly integers: number;
}

/** Everything that shapes alone decide: it can be kept and used again. */
export interface GradientPlanesPlan {
  readonly frame: SlideFrame;
  readonly layout: Layout;
}

export function gradientPlanesPlan(job: Job): GradientPlanesPlan {
  const frame = gradientFrame(job);
  const { plan, target } = frame;
  const phase = frame.phases[0]!;
  const planar = planarLayout(frame.extents, phase[2].step);
  const cells = cellsOf(phase, job.kernel);
  const taps = job.channels * cells.length;
  const space = regions();
  const layout = {
    planar,
    cells,
    places: placesOf(phase, frame.spans, planar),
    taps,
    tapTable: space.integers(taps),
    sums: space.elements(target.channels * taps),
    raw: space.elements(frame.rawElements),
    padded: space.elements(job.channels * planar.plane + SLACK),
    upstream: space.elements(
      plan.images * target.channels * product(countsIn(phase, job.outer, frame.largest)),
    ),
    ...space.total,
  };
  return { frame, layout };
}

/** False, with nothing done, where the scratch would be too large or a cell of yBar is not finite. */
export function kernelGradientPlanes(
  machine: Machine,
  { frame, layout }: GradientPlanesPlan,
  data: KernelGradientData,
): boolean {
  const { job, plan } = frame;
  const { places, planar } = layout;
  if (layout.elements > machine.capacity || layout.integers > machine.capacity) return false;
  const scratch = machine.reserve(layout.elements, layout.integers);
  for (let k = 0; k < layout.taps; k++) {
    const place = Math.floor(k / places.length) * planar.plane + places[k % places.length]!;
    scratch.integers[layout.tapTable + k] = place * machine.unit;
  }
  scratch.floats.fill(0, layout.sums, layout.raw);
  scratch.floats.fill(0, layout.padded, layout.upstream);
  const outerCells = job.reaches[job.outer][0]!.count;
  for (const chunk of chunksOf(job.images, outerCells, plan)) {
    if (hasNewBorder(chunk, outerCells)) scratch.floats.fill(0, layout.padded, layout.upstream);
    if (!addChunk(machine, scratch, frame, layout, data, chunk)) return false;
  }
  spreadTaps(scratch.floats, layout.sums, layout.cells, product(job.kernel), data.output);
  return true;
}

function addChunk(
  machine: Machine,
  scratch: Scratch,
  frame: SlideFrame,
  layout: Layout,
  data: KernelGradientData,
  chunk: Chunk,
): boolean {
  const { job, spans, source, target } = frame;
  const { outer, groups, channels, columns } = job;
  const { unit } = machine;
  const slice = sliceFor(spans[outer], chunk.from, chunk.count, job.input[outer]);
  copyIn(data.input, source, chunk, slice, scratch.floats, layout.raw);
  copyIn(data.upstream, target, chunk, outputSlice(frame, chunk), scratch.floats, layout.upstream);
  const counts = countsIn(frame.phases[0]!, outer, chunk);
  const cells = product(counts);
  const upstream = scratch.float + layout.upstream * unit;
  if (!machine.allFinite(upstream, chunk.images * target.channels * cells)) return false;
  const axes = overlaps(spans, frame.extents, outer, chunk.from, slice, job.input);
  const plane = sliced(job.input, outer, slice);
  for (let group = 0; group < chunk.images * groups; group++) {
    const at = scratch.float + (layout.raw + group * channels * product(plane)) * unit;
    packPlanar(machine, { at, channels, plane }, axes, layout.planar, scratch.float + layout.padded * unit);
    for (let column = 0; column < columns; column++) {
      const channel = group * columns + column;
      const sums = layout.sums + (channel % target.channels) * layout.taps;
      const y = upstream + channel * cells * unit;
      dotPlane(machine, scratch, frame, layout, counts, y, scratch.float + sums * unit);
    }
  }
  return true;
}

function dotPlane(
  machine: Machine,
  { float, integer }: Scratch,
  { phases }: SlideFrame,
  { planar, taps, tapTable, padded }: Layout,
  [depth, rows, width]: readonly [number, number, number],
  y: number,
  out: number,
): void {
  const { unit, integerUnit } = machine;
  const [sd, sh] = [phases[0]![0].step, phases[0]![1].step];
  for (let d = 0; d < depth; d++) {
    const plane = {
      rows,
      width,
      x: float + (padded + sd * d * planar.extents[1] * planar.row) * unit,
      xPitch: sh * planar.row * unit,
      taps: integer + tapTable * integerUnit,
      tapsEnd: integer + (tapTable + taps) * integerUnit,
    };
    machine.dot(plane, y + d * rows * width * unit, width * unit, out);
  }
}
