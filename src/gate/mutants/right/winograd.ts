/**
 * conv2d by Winograd's F(2x2, 3x3): four outputs from 16 products instead of 36. Source: Lavin and Gray, Fast
 * Algorithms for Convolutional Neural Networks (2015). Sums of products cancel, so it is inexact by design: with C
 * channels in a group, |error| <= 81 C (C + 11) u max|x| max|w|, since the transforms enlarge by at most (2 * 1.5 * 3)^2
 * and a number is rounded 2 + 4 + 1 + C + 4 times on its way. Small integers come out exact: halves and quarters are.
 */
import { direct } from '../sliding/direct.js';
import type { Form } from '../sliding/form.js';
import { mirrored } from '../sliding/places.js';
import type { Style } from '../sliding/style.js';

type Round = (value: number) => number;

/** Where it does not apply the direct loops stand in; the gradient to w always comes from them. */
export function winograd(round: Round): Style {
  return {
    toSmall(large, w, job) {
      if (!applies(job.form)) return direct.toSmall(large, w, job);
      return transformed(large, w, job.form, round);
    },
    toLarge(small, w, job) {
      const { form } = job;
      if (!applies(form)) return direct.toLarge(small, w, job);
      return transformed(small, rotated(w, form), goingBack(form), round);
    },
    toTaps: direct.toTaps,
  };
}

function applies({ kernel, stride, dilation }: Form): boolean {
  const is = (list: readonly number[], value: number) =>
    list.length === 2 && list.every(one => one === value);
  return is(kernel, 3) && is(stride, 1) && is(dilation, 1);
}

/** The convolution whose forward pass is this one's gradient to the input. */
const goingBack = (form: Form): Form => ({
  ...form,
  ...{ smallChannels: form.largeChannels, largeChannels: form.smallChannels },
  ...{ small: form.large, large: form.small },
  before: form.before.map(cells => 2 - cells),
});

/** Rotated by 180 degrees, the channels of each group exchanged. */
function rotated(w: Float64Array, { groups, smallChannels, largeChannels, kernel }: Form): Float64Array {
  const at = mirrored(kernel);
  const result = new Float64Array(w.length);
  for (let plane = 0; plane < groups * smallChannels * largeChannels; plane++) {
    const b = plane % largeChannels;
    const a = Math.floor(plane / largeChannels) % smallChannels;
    const g = Math.floor(plane / (largeChannels * smallChannels));
    const to = ((g * largeChannels + b) * smallChannels + a) * 9;
    for (let tap = 0; tap < 9; tap++) result[to + at([Math.floor(tap / 3), tap % 3])] = w[plane * 9 + tap]!;
  }
  return result;
}

function transformed(large: Float64Array, w: Float64Array, form: Form, round: Round): Float64Array {
  const { batch, groups, smallChannels, largeChannels, small } = form;
  const [rows, columns] = [small[0]!, small[1]!];
  const y = new Float64Array(batch * groups * smallChannels * rows * columns);
  const filters = Array.from({ length: groups * smallChannels * largeChannels }, (_, k) =>
    both(w.subarray(k * 9, k * 9 + 9), 3, filterRow, round),
  );
  for (let image = 0; image < batch * groups; image++) {
    for (let row = 0; row < rows; row += 2) {
      for (let column = 0; column < columns; column += 2) {
        const tiles = Array.from({ length: largeChannels }, (_, b) =>
          both(tileAt(large, form, image * largeChannels + b, row, column), 4, tileRow, round),
        );
        for (let a = 0; a < smallChannels; a++) {
          const from = ((image % groups) * smallChannels + a) * largeChannels;
          const block = both(dotted(tiles, filters, from, round), 4, outputRow, round);
          const plane = (image * smallChannels + a) * rows;
          for (let k = 0; k < 4; k++) {
            const [r, c] = [row + (k >> 1), column + (k % 2)];
            if (r < rows && c < columns) y[(plane + r) * columns + c] = block[k]!;
          }
        }
      }
    }
  }
  return y;
}

/** The 4x4 cells under a 2x2 block of outputs. */
function tileAt(
  large: Float64Array,
  { large: [H, W], before }: Form,
  plane: number,
  row: number,
  column: number,
): Float64Array {
  return new Float64Array(16).map((_, k) => {
    const [r, c] = [row + (k >> 2) - before[0]!, column + (k % 4) - before[1]!];
    return r >= 0 && r < H! && c >= 0 && c < W! ? large[(plane * H! + r) * W! + c]! : 0;
  });
}

function dotted(tiles: Float64Array[], filters: Float64Array[], from: number, round: Round): Float64Array {
  return new Float64Array(16).map((_, k) =>
    tiles.reduce((total, tile, b) => round(total + round(tile[k]! * filters[from + b]![k]!)), 0),
  );
}

type Row = (cells: Float64Array, round: Round) => number[];

const filterRow: Row = ([a, b, c], round) => {
  const ends = round(a! + c!);
  return [a!, round(round(ends + b!) / 2), round(round(ends - b!) / 2), c!];
};
const tileRow: Row = ([a, b, c, d], round) => [
  round(a! - c!),
  round(b! + c!),
  round(c! - b!),
  round(b! - d!),
];
const outputRow: Row = ([a, b, c, d], round) => [round(round(a! + b!) + c!), round(round(b! - c!) - d!)];

/** A square matrix transformed along its columns, then along its rows. */
function both(cells: Float64Array, extent: number, row: Row, round: Round): Float64Array {
  const once = alongColumns(cells, extent, extent, row, round);
  const height = once.length / extent;
  return turnedMatrix(
    alongColumns(turnedMatrix(once, height, extent), extent, height, row, round),
    height,
    height,
  );
}

function alongColumns(
  cells: Float64Array,
  height: number,
  width: number,
  row: Row,
  round: Round,
): Float64Array {
  const results = Array.from({ length: width }, (_, c) =>
    row(
      Float64Array.from({ length: height }, (_, r) => cells[r * width + c]!),
      round,
    ),
  );
  const tall = results[0]!.length;
  return new Float64Array(tall * width).map((_, k) => results[k % width]![Math.floor(k / width)]!);
}

const turnedMatrix = (cells: Float64Array, height: number, width: number): Float64Array =>
  cells.map((_, k) => cells[(k % height) * width + Math.floor(k / height)]!);
