/** The windows written out as columns of a matrix (im2col), products of matrices, and columns laid back (col2im). */
import { product } from '../operands.js';
import type { Job, Style } from './style.js';
import { addAt, type Cell, cellsOf, meetingsOf, readAt } from './wiring.js';

export const columns: Style = { toSmall, toLarge, toTaps };

/** Where row (b, tap) and column (window) of the matrix of one image and one group lie in the larger tensor. */
interface Layout {
  readonly rows: number;
  readonly windows: readonly Cell[];
  readonly places: Float64Array;
  readonly times: Float64Array;
}

function layoutsOf({ form, wiring }: Job): (n: number, g: number) => Layout {
  const [windows, taps] = [cellsOf(form.small), cellsOf(wiring.taps)];
  const met = meetingsOf(wiring, windows, taps);
  const rows = form.largeChannels * taps.length;
  const cells = rows * windows.length;
  // The pairs of windows and taps, turned so that a row of the matrix is a tap.
  const [within, times] = [new Float64Array(cells), new Float64Array(cells)];
  for (let row = 0, k = 0; row < rows; row++) {
    for (let p = 0; p < windows.length; p++, k++) {
      const pair = p * taps.length + (row % taps.length);
      within[k] = wiring.largeStep * met.places[pair]!;
      times[k] = met.times[pair]!;
    }
  }
  return (n, g) => {
    const places = new Float64Array(cells);
    for (let k = 0; k < cells; k++) {
      const b = Math.floor(k / (windows.length * taps.length));
      places[k] = wiring.largeChannel(n, g, b) + within[k]!;
    }
    return { rows, windows, places, times };
  };
}

/** im2col. */
function columnsOf(large: Float64Array, { places, times }: Layout): Float64Array {
  const matrix = new Float64Array(places.length);
  for (let k = 0; k < matrix.length; k++) {
    if (times[k] !== 0) matrix[k] = times[k]! * readAt(large, places[k]!);
  }
  return matrix;
}

/** One row of w as a matrix: a channel of the smaller tensor, over (b, tap). */
function rowOf(w: Float64Array, { form, wiring }: Job, g: number, a: number): Float64Array {
  const tapAt = cellsOf(wiring.taps).map(wiring.tapAt);
  const row = new Float64Array(form.largeChannels * tapAt.length);
  return row.map((_, k) => {
    const b = Math.floor(k / tapAt.length);
    return readAt(w, wiring.tapChannel(g, a, b) + tapAt[k % tapAt.length]!);
  });
}

function toSmall(large: Float64Array, w: Float64Array, job: Job): Float64Array {
  const { form, wiring, sum } = job;
  const y = new Float64Array(form.batch * form.groups * form.smallChannels * product(form.small));
  forEachImage(job, (n, g, layout) => {
    const matrix = columnsOf(large, layout);
    const terms = new Float64Array(layout.rows);
    for (let a = 0; a < form.smallChannels; a++) {
      const row = rowOf(w, job, g, a);
      layout.windows.forEach((window, p) => {
        for (let r = 0; r < layout.rows; r++) terms[r] = row[r]! * matrix[r * layout.windows.length + p]!;
        addAt(y, wiring.smallChannel(n, g, a) + wiring.windowAt(window), sum(terms, layout.rows));
      });
    }
  });
  return y;
}

function toLarge(small: Float64Array, w: Float64Array, job: Job): Float64Array {
  const { form, wiring, sum, overlap } = job;
  const x = new Float64Array(form.batch * form.groups * form.largeChannels * product(form.large));
  forEachImage(job, (n, g, layout) => {
    const weights = Array.from({ length: form.smallChannels }, (_, a) => rowOf(w, job, g, a));
    const terms = new Float64Array(form.smallChannels);
    // col2im, window by window
    layout.windows.forEach((window, p) => {
      const from = wiring.windowAt(window);
      for (let r = 0; r < layout.rows; r++) {
        const k = r * layout.windows.length + p;
        if (layout.times[k] === 0) continue;
        for (let a = 0; a < form.smallChannels; a++) {
          terms[a] = weights[a]![r]! * readAt(small, wiring.smallChannel(n, g, a) + from);
        }
        const value = layout.times[k]! * sum(terms, form.smallChannels);
        if (overlap === 'last') addAt(x, layout.places[k]!, -readAt(x, layout.places[k]!));
        addAt(x, layout.places[k]!, value);
      }
    });
  });
  return x;
}

function toTaps(small: Float64Array, large: Float64Array, job: Job): Float64Array {
  const { form, wiring, sum } = job;
  const taps = cellsOf(wiring.taps);
  const w = new Float64Array(form.groups * form.smallChannels * form.largeChannels * taps.length);
  const layoutAt = layoutsOf(job);
  for (let g = 0; g < form.groups; g++) {
    const matrices = Array.from({ length: form.batch }, (_, n) => columnsOf(large, layoutAt(n, g)));
    const windowAt = cellsOf(form.small).map(wiring.windowAt);
    const terms = new Float64Array(form.batch * windowAt.length);
    for (let a = 0; a < form.smallChannels; a++) {
      for (let r = 0; r < form.largeChannels * taps.length; r++) {
        let count = 0;
        matrices.forEach((matrix, n) => {
          const from = wiring.smallChannel(n, g, a);
          for (let p = 0; p < windowAt.length; p++) {
            terms[count++] = matrix[r * windowAt.length + p]! * readAt(small, from + windowAt[p]!);
          }
        });
        const [b, tap] = [Math.floor(r / taps.length), taps[r % taps.length]!];
        addAt(w, wiring.tapChannel(g, a, b) + wiring.tapAt(tap), sum(terms, count));
      }
    }
  }
  return w;
}

function forEachImage(job: Job, visit: (n: number, g: number, layout: Layout) => void): void {
  const layoutAt = layoutsOf(job);
  for (let n = 0; n < job.form.batch; n++) {
    for (let g = 0; g < job.form.groups; g++) visit(n, g, layoutAt(n, g));
  }
}
