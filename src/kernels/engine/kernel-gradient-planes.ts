/**
 * The gradient of a convolution to its kernel where a group has few output channels, above all a depthwise one:
 * one plane of yBar against the padded planes of x, with vectors along the rows. The sum of a cell: image by image,
 * band by band and slab of depth by slab, each of them a `dot` of its own, which says how it is summed.
 */
import type { Chunk } from './chunks.js';
import { cellsOf, type Job, product } from './job.js';
import type { KernelGradientData } from './kernel-gradient.js';
import { gradientFrame, spreadTaps } from './kernel-gradient.js';
import { type Machine, SLACK } from './machine.js';
import { type PlanarLayout, packPlanar, planarLayout } from './padded.js';
import { piecesOf, readInput, readUpstream, type Workspace, workspace } from './pieces.js';
import { regions } from './region.js';
import { countsIn, type SlideFrame } from './slide-frame.js';
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
  const { places, planar } = layout;
  const space = workspace(machine, layout);
  if (!space) return false;
  const { floats, integers, unit } = space;
  for (let k = 0; k < layout.taps; k++) {
    const place = Math.floor(k / places.length) * planar.plane + places[k % places.length]!;
    integers[layout.tapTable + k] = place * unit;
  }
  floats.fill(0, layout.sums, layout.raw);
  for (const chunk of piecesOf(frame, floats, layout.padded, layout.upstream)) {
    if (!addChunk(space, frame, layout, data, chunk)) return false;
  }
  spreadTaps(floats, layout.sums, layout.cells, product(frame.job.kernel), data.output);
  return true;
}

function addChunk(
  space: Workspace,
  frame: SlideFrame,
  layout: Layout,
  data: KernelGradientData,
  chunk: Chunk,
): boolean {
  const { groups, channels, columns } = frame.job;
  const { machine, unit, at } = space;
  const raw = readInput(space, frame, data.input, layout.raw, chunk);
  const upstream = readUpstream(space, frame, data.upstream, layout.upstream, chunk);
  if (!upstream) return false;
  const groupStep = channels * product(raw.plane) * unit;
  for (let group = 0; group < chunk.images * groups; group++) {
    const own = { ...raw, at: raw.at + group * groupStep };
    packPlanar(machine, own, channels, layout.planar, at(layout.padded));
    for (let column = 0; column < columns; column++) {
      const channel = group * columns + column;
      const sums = layout.sums + (channel % (groups * columns)) * layout.taps;
      const y = upstream.at + channel * upstream.cells * unit;
      dotPlane(space, frame, layout, upstream.counts, y, at(sums));
    }
  }
  return true;
}

function dotPlane(
  { machine, unit, at, entry }: Workspace,
  { phases }: SlideFrame,
  { planar, taps, tapTable, padded }: Layout,
  [depth, rows, width]: readonly [number, number, number],
  y: number,
  out: number,
): void {
  const [sd, sh] = [phases[0]![0].step, phases[0]![1].step];
  for (let d = 0; d < depth; d++) {
    const plane = {
      rows,
      width,
      x: at(padded + sd * d * planar.extents[1] * planar.row),
      xPitch: sh * planar.row * unit,
      taps: entry(tapTable),
      tapsEnd: entry(tapTable + taps),
    };
    machine.dot(plane, y + d * rows * width * unit, width * unit, out);
  }
}
