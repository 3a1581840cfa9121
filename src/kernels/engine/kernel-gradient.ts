/**
 * The gradient of a convolution to its kernel: wBar[o, c, q] sums yBar[o, p] x[c, s p + d q - a] over images and
 * output cells. As a product, the rows are (c, q), each a place in the padded planes of x, the runs are the rows of
 * the output, and the columns are output channels. The sum of a cell runs over images, then output cells row by row.
 */
import type { Chunk } from './chunks.js';
import { cellsOf, type Job, product } from './job.js';
import { COLUMNS, type FloatArray, type Machine, ROWS } from './machine.js';
import { type PlanarLayout, packPlanar, planarLayout } from './padded.js';
import { piecesOf, readInput, readUpstream, type Workspace, workspace } from './pieces.js';
import { regions } from './region.js';
import { countsIn, type SlideFrame, slideFrame } from './slide-frame.js';
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
      (job.channels * planarLayout(extents, job.reaches[2].step).plane + job.columns * product(job.output)),
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
  const space = workspace(machine, layout);
  if (!space) return false;
  const { floats } = space;
  writeTables(space, frame, layout);
  floats.fill(0, layout.sums, layout.raw);
  if (frame.job.columns % COLUMNS > 0) floats.fill(0, layout.panel, layout.elements);
  for (const chunk of piecesOf(frame, floats, layout.padded, layout.upstream)) {
    if (!addChunk(space, frame, layout, data, chunk)) return false;
  }
  unpack(space, frame, layout, data.output);
  return true;
}

function writeTables({ unit, integers, at: addressOf }: Workspace, frame: SlideFrame, layout: Layout): void {
  const { job, plan, phases, source, largest } = frame;
  const { planar, places, bases, runs } = layout;
  let at = bases;
  for (let g = 0; g < job.groups; g++) {
    for (let c = 0; c < job.channels; c++) {
      const plane = addressOf(layout.padded + (g * job.channels + c) * planar.plane);
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
  space: Workspace,
  frame: SlideFrame,
  layout: Layout,
  data: KernelGradientData,
  chunk: Chunk,
): boolean {
  const { machine, unit, at, entry } = space;
  const raw = readInput(space, frame, data.input, layout.raw, chunk);
  const upstream = readUpstream(space, frame, data.upstream, layout.upstream, chunk);
  if (!upstream) return false;
  const channels = chunk.images * frame.source.channels;
  packPlanar(machine, raw, channels, layout.planar, at(layout.padded));
  const { counts, cells } = upstream;
  const [depth, height, width] = counts;
  const block = chunk.images * cells * COLUMNS * unit;
  const panel = at(layout.panel);
  packUpstream(space, frame, layout.blocks, chunk.images, cells, upstream.at, panel, block);
  const lines = chunk.images * depth * height;
  const atOnce = Math.max(1, Math.floor(SUMMED_AT_ONCE / width));
  for (let line = 0; line < lines; line += atOnce) {
    for (let g = 0; g < frame.job.groups; g++) {
      const sums = {
        bases: entry(layout.bases + g * layout.paddedRows),
        rows: layout.paddedRows,
        panel: panel + g * layout.blocks * block + line * width * COLUMNS * unit,
        block,
        runs: entry(layout.runs + line),
        runsEnd: entry(layout.runs + Math.min(lines, line + atOnce)),
        length: width,
      };
      const out = layout.sums + g * layout.blocks * layout.paddedRows * COLUMNS;
      machine.multiplyPanel(sums, layout.blocks, at(out));
    }
  }
  return true;
}

/** yBar [images, groups columns, cells] as panels [groups, blocks][images, cells][8]. */
function packUpstream(
  { machine, unit }: Workspace,
  { job, target }: SlideFrame,
  blocks: number,
  images: number,
  cells: number,
  from: number,
  to: number,
  block: number,
): void {
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
  { machine, unit, floats, at }: Workspace,
  { job }: SlideFrame,
  { sums, raw, cells, rows, paddedRows, blocks }: Layout,
  wBar: FloatArray,
): void {
  for (let g = 0; g < job.groups; g++) {
    for (let b = 0; b < blocks; b++) {
      machine.transpose(
        1,
        0,
        0,
        at(sums + (g * blocks + b) * paddedRows * COLUMNS),
        rows,
        COLUMNS * unit,
        Math.min(COLUMNS, job.columns - b * COLUMNS),
        at(raw + (g * job.columns + b * COLUMNS) * rows),
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
