/**
 * The gradient of a convolution to its kernel: wBar[o, c, q] sums yBar[o, p] x[c, s p + d q - a] over images and
 * output cells. As a product, the rows are (c, q), each a place in the padded planes of x, the runs are the rows of
 * the output, and the columns are output channels. The sum of a cell runs over images, then output cells row by row.
 */
import { type Chunk, chunksOf, copyIn, hasNewBorder, sliced } from './chunks.js';
import { cellsOf, type Job, product } from './job.js';
import { COLUMNS, type FloatArray, type Machine, ROWS, type Scratch } from './machine.js';
import { overlaps, type PlanarLayout, packPlanar, planarLayout, sliceFor } from './padded.js';
import { regions } from './region.js';
import { countsIn, outputSlice, type SlideFrame, slideFrame } from './slide-frame.js';
import { placesOf } from './slide-planes.js';

export interface KernelGradientData {
  /** [images, groups channels, input]. */
  readonly input: FloatArray;
  /** [images, groups columns, output]. */
  readonly upstream: FloatArray;
  /** [groups columns, channels, kernel]. */
  readonly output: FloatArray;
}

/** Output cells whose products are summed before the next columns: what they read stays in the first cache. */
const SUMMED_AT_ONCE = 1024;

interface Layout {
  readonly planar: PlanarLayout;
  /** Kernel cells that meet the input, and where they lie from an output cell's place on. */
  readonly cells: readonly number[];
  readonly places: readonly number[];
  /** Rows of the product in one group: channels times the taps that meet the input. */
  readonly rows: number;
  readonly paddedRows: number;
  readonly blocks: number;
  readonly sums: number;
  readonly raw: number;
  readonly padded: number;
  readonly upstream: number;
  readonly panel: number;
  readonly bases: number;
  readonly runs: number;
  readonly elements: number;
  readonly integers: number;
}

/** Everything that shapes alone decide: it can be kept and used again. */
export interface GradientPlan {
  readonly frame: SlideFrame;
  readonly layout: Layout;
}

/** Both ways to sum this gradient cut the batch alike. */
export const gradientFrame = (job: Job): SlideFrame =>
  slideFrame(
    job,
    extents =>
      job.groups *
      (job.channels * planarLayout(extents, job.reaches[2][0]!.step).plane +
        job.columns * product(job.output)),
  );

export function gradientPlan(job: Job): GradientPlan {
  const frame = gradientFrame(job);
  const { plan, phases, source, target } = frame;
  const phase = phases[0]!;
  const planar = planarLayout(frame.extents, phase[2].step);
  const cells = cellsOf(phase, job.kernel);
  const rows = job.channels * cells.length;
  const paddedRows = Math.ceil(rows / ROWS) * ROWS;
  const blocks = Math.ceil(job.columns / COLUMNS);
  const counts = countsIn(phase, job.outer, frame.largest);
  const space = regions();
  const layout = {
    planar,
    cells,
    places: placesOf(phase, frame.spans, planar),
    rows,
    paddedRows,
    blocks,
    sums: space.elements(job.groups * blocks * paddedRows * COLUMNS),
    raw: space.elements(Math.max(frame.rawElements, target.channels * rows)),
    padded: space.elements(plan.images * source.channels * planar.plane),
    upstream: space.elements(plan.images * target.channels * product(counts)),
    panel: space.elements(job.groups * blocks * plan.images * product(counts) * COLUMNS),
    bases: space.integers(job.groups * paddedRows),
    runs: space.integers(plan.images * counts[0] * counts[1]),
    ...space.total,
  };
  return { frame, layout };
}

/** False, with nothing done, where the scratch would be too large or a cell of yBar is not finite. */
export function kernelGradient(
  machine: Machine,
  { frame, layout }: GradientPlan,
  data: KernelGradientData,
): boolean {
  const { job, plan } = frame;
  if (layout.elements > machine.capacity || layout.integers > machine.capacity) return false;
  const scratch = machine.reserve(layout.elements, layout.integers);
  writeTables(machine, scratch, frame, layout);
  scratch.floats.fill(0, layout.sums, layout.raw);
  scratch.floats.fill(0, layout.padded, layout.elements);
  const outerCells = job.reaches[job.outer][0]!.count;
  for (const chunk of chunksOf(job.images, outerCells, plan)) {
    if (hasNewBorder(chunk, outerCells)) scratch.floats.fill(0, layout.padded, layout.upstream);
    if (!addChunk(machine, scratch, frame, layout, data, chunk)) return false;
  }
  unpack(machine, scratch, frame, layout, data.output);
  return true;
}

function writeTables(
  machine: Machine,
  { integers, float }: Scratch,
  frame: SlideFrame,
  layout: Layout,
): void {
  const { unit } = machine;
  const { job, plan, phases, source, largest } = frame;
  const { planar, places, bases, runs } = layout;
  let at = bases;
  for (let g = 0; g < job.groups; g++) {
    for (let c = 0; c < job.channels; c++) {
      const plane = float + (layout.padded + (g * job.channels + c) * planar.plane) * unit;
      for (const place of places) integers[at++] = plane + place * unit;
    }
    for (; at < bases + (g + 1) * layout.paddedRows; at++) integers[at] = integers[at - 1]!;
  }
  const [depth, height] = countsIn(phases[0]!, job.outer, largest);
  const [sd, sh] = [phases[0]![0].step, phases[0]![1].step];
  at = runs;
  for (let n = 0; n < plan.images; n++) {
    for (let d = 0; d < depth; d++) {
      for (let h = 0; h < height; h++) {
        const row = (sd * d * planar.extents[1] + sh * h) * planar.row;
        integers[at++] = (n * source.channels * planar.plane + row) * unit;
      }
    }
  }
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
  const { outer, groups } = job;
  const { unit, integerUnit } = machine;
  const slice = sliceFor(spans[outer], chunk.from, chunk.count, job.input[outer]);
  copyIn(data.input, source, chunk, slice, scratch.floats, layout.raw);
  copyIn(data.upstream, target, chunk, outputSlice(frame, chunk), scratch.floats, layout.upstream);
  const [depth, height, width] = countsIn(frame.phases[0]!, outer, chunk);
  const cells = depth * height * width;
  const upstream = scratch.float + layout.upstream * unit;
  if (!machine.allFinite(upstream, chunk.images * target.channels * cells)) return false;
  const axes = overlaps(spans, frame.extents, outer, chunk.from, slice, job.input);
  const raw = {
    at: scratch.float + layout.raw * unit,
    channels: chunk.images * source.channels,
    plane: sliced(job.input, outer, slice),
  };
  packPlanar(machine, raw, axes, layout.planar, scratch.float + layout.padded * unit);
  const block = chunk.images * cells * COLUMNS * unit;
  const panel = scratch.float + layout.panel * unit;
  packUpstream(machine, frame, layout.blocks, chunk.images, cells, upstream, panel, block);
  const lines = chunk.images * depth * height;
  const atOnce = Math.max(1, Math.floor(SUMMED_AT_ONCE / width));
  for (let line = 0; line < lines; line += atOnce) {
    for (let g = 0; g < groups; g++) {
      const sums = {
        bases: scratch.integer + (layout.bases + g * layout.paddedRows) * integerUnit,
        rows: layout.paddedRows,
        panel: panel + g * layout.blocks * block + line * width * COLUMNS * unit,
        block,
        runs: scratch.integer + (layout.runs + line) * integerUnit,
        runsEnd: scratch.integer + (layout.runs + Math.min(lines, line + atOnce)) * integerUnit,
        length: width,
      };
      const out = layout.sums + g * layout.blocks * layout.paddedRows * COLUMNS;
      machine.multiplyPanel(sums, layout.blocks, scratch.float + out * unit);
    }
  }
  return true;
}

/** yBar [images, groups columns, cells] as panels [groups, blocks][images, cells][8]. */
function packUpstream(
  machine: Machine,
  { job, target }: SlideFrame,
  blocks: number,
  images: number,
  cells: number,
  from: number,
  to: number,
  block: number,
): void {
  const { unit } = machine;
  for (let n = 0; n < images; n++) {
    for (let g = 0; g < job.groups; g++) {
      for (let b = 0; b < blocks; b++) {
        const channel = n * target.channels + g * job.columns + b * COLUMNS;
        machine.transpose(
          1,
          0,
          0,
          from + channel * cells * unit,
          Math.min(COLUMNS, job.columns - b * COLUMNS),
          cells * unit,
          cells,
          to + (g * blocks + b) * block + n * cells * COLUMNS * unit,
          COLUMNS * unit,
        );
      }
    }
  }
}

/** Sums [groups, blocks][rows][8] to wBar [groups columns, rows]; taps that meet no input have a gradient of zero. */
function unpack(
  machine: Machine,
  { floats, float }: Scratch,
  { job }: SlideFrame,
  { sums, raw, cells, rows, paddedRows, blocks }: Layout,
  wBar: FloatArray,
): void {
  const { unit } = machine;
  for (let g = 0; g < job.groups; g++) {
    for (let b = 0; b < blocks; b++) {
      machine.transpose(
        1,
        0,
        0,
        float + (sums + (g * blocks + b) * paddedRows * COLUMNS) * unit,
        rows,
        COLUMNS * unit,
        Math.min(COLUMNS, job.columns - b * COLUMNS),
        float + (raw + (g * job.columns + b * COLUMNS) * rows) * unit,
        rows * unit,
      );
    }
  }
  spreadTaps(floats, raw, cells, product(job.kernel), wBar);
}

/** From the cells that are taps to all cells of each kernel plane. */
export function spreadTaps(
  floats: FloatArray,
  from: number,
  taps: readonly number[],
  cells: number,
  wBar: FloatArray,
): void {
  if (taps.length === cells) {
    wBar.set(floats.subarray(from, from + wBar.length));
    return;
  }
  wBar.fill(0);
  for (let plane = 0; plane * cells < wBar.length; plane++) {
    for (const [k, cell] of taps.entries())
      wBar[plane * cells + cell] = floats[from + plane * taps.length + k]!;
  }
}
