/**
 * Sliding products with several output channels in a group, as products of matrices that are never written down:
 * the rows are output cells (the input lies channels last, so that a row of the kernel is one run of elements), the
 * columns are output channels. The sum of a cell: its bias, then kernel cells by rising offset, and input channels
 * within each.
 */
import { type Chunk, copyOut, sliced } from './chunks.js';
import { cellsOf, type Job, type Phase, product } from './job.js';
import { COLUMNS, type Machine, ROWS } from './machine.js';
import { packChannelsLast } from './padded.js';
import { piecesOf, readInput, type Workspace, workspace } from './pieces.js';
import { regions } from './region.js';
import {
  countsIn,
  fillUnreached,
  outputSlice,
  placePhase,
  type SlideData,
  type SlideFrame,
  slideFrame,
} from './slide-frame.js';

/** Where everything lies: elements and integers from the start of the scratch. */
interface Layout {
  readonly phases: readonly PhaseLayout[];
  readonly bias: number;
  readonly raw: number;
  readonly padded: number;
  readonly stage: number;
  readonly out: number;
  readonly elements: number;
  readonly integers: number;
  readonly blocks: number;
}

interface PhaseLayout {
  readonly phase: Phase;
  /** Kernel cells that the phase reads. */
  readonly cells: readonly number[];
  /** Elements that a sum joins, and how they come: `runs` of `length`. */
  readonly sum: number;
  readonly runs: readonly number[];
  readonly length: number;
  readonly panel: number;
  /** Tables: addresses of the rows, runs of each group, offsets of the kernel cells. */
  readonly bases: number;
  readonly runTable: number;
  readonly cellTable: number;
}

/** Everything that shapes alone decide: it can be kept and used again. */
export interface DensePlan {
  readonly frame: SlideFrame;
  readonly layout: Layout;
}

export function densePlan(job: Job): DensePlan {
  const frame = slideFrame(job, extents => product(extents) * job.groups * job.channels);
  return { frame, layout: layoutOf(frame) };
}

/** False, with nothing done, where the scratch would be too large or a weight is not finite. */
export function slideDense(machine: Machine, { frame, layout }: DensePlan, data: SlideData): boolean {
  const space = workspace(machine, layout);
  if (!space || !packWeights(space, frame, layout, data)) return false;
  writeTables(space, frame, layout);
  for (const chunk of piecesOf(frame, space.floats, layout.padded, layout.stage)) {
    slideChunk(space, frame, layout, data, chunk);
  }
  return true;
}

function layoutOf(frame: SlideFrame): Layout {
  const { job, phases, plan, extents, source, target, largest } = frame;
  const space = regions();
  const blocks = Math.ceil(job.columns / COLUMNS);
  const laid = phases.map(phase => {
    const [runs, length] = runsOf(frame, phase);
    const cells = cellsOf(phase, job.kernel);
    const sum = cells.length * job.channels;
    const rows = plan.images * product(countsIn(phase, job.outer, largest));
    return {
      phase,
      cells,
      sum,
      runs,
      length,
      rows,
      panel: space.elements(job.groups * blocks * sum * COLUMNS),
      bases: space.integers(Math.max(ROWS, rows)),
      runTable: space.integers(job.groups * runs.length),
      cellTable: space.integers(cells.length),
    };
  });
  const rows = laid.reduce((most, phase) => Math.max(most, phase.rows), ROWS);
  const weights = job.groups * job.columns * job.channels * product(job.kernel);
  const bias = space.elements(job.groups * blocks * COLUMNS);
  // The weights are packed from where the input will come.
  const raw = space.elements(Math.max(frame.rawElements, weights));
  const padded = space.elements(plan.images * product(extents) * source.channels);
  const stage = space.elements(target.channels * rows);
  const out = space.elements(frame.outElements);
  return { phases: laid, bias, raw, padded, stage, out, blocks, ...space.total };
}

/** Offsets of the runs of one output cell in the padded input, in elements, and their length. */
function runsOf({ job, spans, extents, source }: SlideFrame, phase: Phase): [runs: number[], length: number] {
  const [d, h, w] = phase.map(({ taps }, axis) => taps.map(({ offset }) => offset - spans[axis]!.low));
  const rows = d!.flatMap(a => h!.map(b => (a * extents[1] + b) * extents[2]));
  const first = w![0]!;
  // Neighbouring columns of one group follow each other.
  if (job.groups === 1 && w!.every((offset, k) => offset === first + k)) {
    return [rows.map(row => (row + first) * source.channels), w!.length * job.channels];
  }
  return [rows.flatMap(row => w!.map(column => (row + column) * source.channels)), job.channels];
}

function packWeights(
  { machine, unit, floats, integers, at, entry }: Workspace,
  { job }: SlideFrame,
  { phases, bias, raw, blocks }: Layout,
  data: SlideData,
): boolean {
  const { groups, columns, channels, weight } = job;
  floats.set(data.weights, raw);
  if (!machine.allFinite(at(raw), data.weights.length)) return false;
  floats.fill(0, bias, bias + groups * blocks * COLUMNS);
  for (let g = 0; data.bias && g < groups; g++) {
    floats.set(data.bias.subarray(g * columns, (g + 1) * columns), bias + g * blocks * COLUMNS);
  }
  for (const { cells, sum, panel, cellTable } of phases) {
    for (const [k, cell] of cells.entries()) integers[cellTable + k] = cell * unit;
    if (columns % COLUMNS > 0) floats.fill(0, panel, panel + groups * blocks * sum * COLUMNS);
    for (let g = 0; g < groups; g++) {
      machine.gather(
        at(raw + g * weight.group),
        columns,
        weight.column * unit,
        entry(cellTable),
        entry(cellTable + cells.length),
        channels,
        weight.channel * unit,
        at(panel + g * blocks * sum * COLUMNS),
        sum * COLUMNS * unit,
      );
    }
  }
  return true;
}

/** Addresses of the output cells in the padded input, and the runs of each group; they hold for every piece. */
function writeTables(
  { unit, integers, at: addressOf }: Workspace,
  { job, plan, extents, source, largest }: SlideFrame,
  { phases, padded }: Layout,
): void {
  const pixel = source.channels * unit;
  for (const { phase, runs, bases, runTable } of phases) {
    const [depth, height, width] = countsIn(phase, job.outer, largest);
    const [sd, sh, sw] = [phase[0].step, phase[1].step, phase[2].step];
    let at = bases;
    for (let n = 0; n < plan.images; n++) {
      for (let d = 0; d < depth; d++) {
        for (let h = 0; h < height; h++) {
          const row = ((n * extents[0] + sd * d) * extents[1] + sh * h) * extents[2];
          let address = addressOf(padded) + row * pixel;
          for (let w = 0; w < width; w++, address += sw * pixel) integers[at++] = address;
        }
      }
    }
    // A product has at least four rows: the last one stands in.
    for (; at < bases + ROWS; at++) integers[at] = integers[at - 1]!;
    for (let g = 0; g < job.groups; g++) {
      for (const [k, run] of runs.entries())
        integers[runTable + g * runs.length + k] = (run + g * job.channels) * unit;
    }
  }
}

function slideChunk(
  space: Workspace,
  frame: SlideFrame,
  layout: Layout,
  data: SlideData,
  chunk: Chunk,
): void {
  const { job, source, target } = frame;
  const { outer } = job;
  const { machine, unit, floats, at } = space;
  const raw = readInput(space, frame, data.input, layout.raw, chunk);
  packChannelsLast(machine, raw, chunk.images, source.channels, at(layout.padded));
  const written = outputSlice(frame, chunk);
  const plane = sliced(job.output, outer, written);
  const cells = product(plane);
  fillUnreached(frame, data.bias, chunk.images, cells, floats, layout.out);
  for (const laid of layout.phases) {
    const inChunk = countsIn(laid.phase, outer, chunk);
    const rows = chunk.images * product(inChunk);
    if (rows === 0) continue;
    const isDirect = chunk.images === 1 && rows >= ROWS && rows === cells;
    const to = at(isDirect ? layout.out : layout.stage);
    const pitch = Math.max(ROWS, rows) * unit;
    multiplyPhase(space, frame, layout, laid, Math.max(ROWS, rows), to, pitch);
    if (isDirect) continue;
    for (let n = 0; n < chunk.images; n++) {
      const from = to + (n * rows * unit) / chunk.images;
      const image = at(layout.out + n * target.channels * cells);
      placePhase(machine, laid.phase, inChunk, plane, target.channels, from, pitch, image);
    }
  }
  copyOut(data.output, target, chunk, written, floats, layout.out);
}

function multiplyPhase(
  { machine, unit, at, entry }: Workspace,
  { job }: SlideFrame,
  { blocks, bias }: Layout,
  { sum, runs, length, panel, bases, runTable }: PhaseLayout,
  rows: number,
  to: number,
  pitch: number,
): void {
  const block = sum * COLUMNS * unit;
  for (let g = 0; g < job.groups; g++) {
    const sums = {
      bases: entry(bases),
      rows,
      panel: at(panel) + g * blocks * block,
      block,
      runs: entry(runTable + g * runs.length),
      runsEnd: entry(runTable + (g + 1) * runs.length),
      length,
    };
    const start = at(bias + g * blocks * COLUMNS);
    machine.multiplyPlanes(sums, job.columns, start, to + g * job.columns * pitch, pitch);
  }
}
