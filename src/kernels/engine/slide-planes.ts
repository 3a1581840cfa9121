/**
 * Sliding products with few output channels in a group, above all depthwise ones: vectors run along the rows of a
 * plane. The sum of a cell: its bias, then input channels, and kernel cells by rising offset within each.
 */
import { type Chunk, copyOut, sliced } from './chunks.js';
import { cellsOf, type Job, type Phase, product, type Three } from './job.js';
import { type Machine, SLACK } from './machine.js';
import { type PlanarLayout, packPlanar, planarLayout, planarPlace } from './padded.js';
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

interface Layout {
  readonly planar: PlanarLayout;
  readonly phases: readonly PhaseLayout[];
  readonly bias: number;
  readonly raw: number;
  readonly padded: number;
  readonly stage: number;
  readonly out: number;
  readonly elements: number;
  readonly integers: number;
}

interface PhaseLayout {
  readonly phase: Phase;
  /** Kernel cells that the phase reads, and where they lie from an output cell's place on. */
  readonly cells: readonly number[];
  readonly places: readonly number[];
  /** Taps of one sum: [channels, kernel cells]. */
  readonly taps: number;
  readonly tapTable: number;
  readonly weights: number;
}

/** Everything that shapes alone decide: it can be kept and used again. */
export interface PlanesPlan {
  readonly frame: SlideFrame;
  readonly layout: Layout;
}

export function planesPlan(job: Job): PlanesPlan {
  const step = job.reaches[2].step;
  const frame = slideFrame(job, extents => job.channels * planarLayout(extents, step).plane);
  const space = regions();
  const planar = planarLayout(frame.extents, step);
  const phases = frame.phases.map(phase => {
    const cells = cellsOf(phase, job.kernel);
    const taps = job.channels * cells.length;
    const weights = space.elements(job.groups * job.columns * taps);
    return {
      phase,
      cells,
      taps,
      places: placesOf(phase, frame.spans, planar),
      tapTable: space.integers(taps),
      weights,
    };
  });
  const layout = {
    planar,
    phases,
    bias: space.elements(job.groups * job.columns),
    raw: space.elements(frame.rawElements),
    padded: space.elements(job.channels * planar.plane + SLACK),
    stage: space.elements(product(job.output) + SLACK),
    out: space.elements(frame.outElements + SLACK),
    ...space.total,
  };
  return { frame, layout };
}

/** False, with nothing done, where the scratch would be too large or a weight is not finite. */
export function slidePlanes(machine: Machine, { frame, layout }: PlanesPlan, data: SlideData): boolean {
  const space = workspace(machine, layout);
  if (!space || !packWeights(space, frame, layout, data)) return false;
  writeTaps(space, frame, layout);
  for (const chunk of piecesOf(frame, space.floats, layout.padded, layout.stage)) {
    slideChunk(space, frame, layout, data, chunk);
  }
  return true;
}

/** The weights of every output channel in the order of its taps; false if one is not finite. */
function packWeights({ floats }: Workspace, { job }: SlideFrame, layout: Layout, data: SlideData): boolean {
  const { groups, columns, channels, weight } = job;
  floats.fill(0, layout.bias, layout.bias + groups * columns);
  if (data.bias) floats.set(data.bias, layout.bias);
  let sum = 0;
  for (const { cells, weights } of layout.phases) {
    let at = weights;
    for (let column = 0; column < groups * columns; column++) {
      const start = Math.floor(column / columns) * weight.group + (column % columns) * weight.column;
      for (let c = 0; c < channels; c++) {
        for (const cell of cells) {
          const value = data.weights[start + c * weight.channel + cell]!;
          sum += value * 0;
          floats[at++] = value;
        }
      }
    }
  }
  return sum === 0;
}

function writeTaps({ unit, integers }: Workspace, { job }: SlideFrame, layout: Layout): void {
  const { planar } = layout;
  for (const { places, tapTable } of layout.phases) {
    let at = tapTable;
    for (let c = 0; c < job.channels; c++) {
      for (const place of places) integers[at++] = (c * planar.plane + place) * unit;
    }
  }
}

/** Where the taps of a phase lie from an output cell's place on, in elements. */
export const placesOf = (
  [depth, height, width]: Phase,
  spans: SlideFrame['spans'],
  planar: PlanarLayout,
): number[] =>
  depth.taps.flatMap(d =>
    height.taps.flatMap(h =>
      width.taps.map(w =>
        planarPlace(planar, d.offset - spans[0].low, h.offset - spans[1].low, w.offset - spans[2].low),
      ),
    ),
  );

function slideChunk(
  space: Workspace,
  frame: SlideFrame,
  layout: Layout,
  data: SlideData,
  chunk: Chunk,
): void {
  const { job, target } = frame;
  const { outer, groups, channels, columns } = job;
  const { machine, unit, floats, at } = space;
  const raw = readInput(space, frame, data.input, layout.raw, chunk);
  const groupStep = channels * product(raw.plane) * unit;
  const written = outputSlice(frame, chunk);
  const outPlane = sliced(job.output, outer, written);
  const cells = product(outPlane);
  fillUnreached(frame, data.bias, chunk.images, cells, floats, layout.out);
  for (let group = 0; group < chunk.images * groups; group++) {
    const own = { ...raw, at: raw.at + group * groupStep };
    packPlanar(machine, own, channels, layout.planar, at(layout.padded));
    for (let column = 0; column < columns; column++) {
      const channel = group * columns + column;
      const to = at(layout.out + channel * cells);
      sweepPlane(space, frame, layout, chunk, channel % (groups * columns), outPlane, to);
    }
  }
  copyOut(data.output, target, chunk, written, floats, layout.out);
}

/** All phases of one output plane. */
function sweepPlane(
  { machine, unit, at, entry }: Workspace,
  frame: SlideFrame,
  { planar, phases, padded, bias, stage }: Layout,
  chunk: Chunk,
  channel: number,
  plane: Three<number>,
  to: number,
): void {
  for (const { phase, taps, tapTable, weights } of phases) {
    const counts = countsIn(phase, frame.job.outer, chunk);
    const [depth, height, width] = counts;
    if (product(counts) === 0) continue;
    const isDirect = phases.length === 1 && product(counts) === product(plane);
    const start = isDirect ? to : at(stage);
    const [sd, sh] = [phase[0].step, phase[1].step];
    for (let d = 0; d < depth; d++) {
      const rows = {
        rows: height,
        width,
        x: at(padded + sd * d * planar.extents[1] * planar.row),
        xPitch: sh * planar.row * unit,
        taps: entry(tapTable),
        tapsEnd: entry(tapTable + taps),
      };
      const first = at(weights + channel * taps);
      const out = start + d * height * width * unit;
      machine.sweep(rows, first, at(bias + channel), out, width * unit);
    }
    if (!isDirect) placePhase(machine, phase, counts, plane, 1, start, 0, to);
  }
}
