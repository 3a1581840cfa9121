/** For each cell of a result, everything that reaches it. */
import type { Shape } from '../../../tensor/index.js';
import type { Job, Style } from './style.js';
import { addAt, type Cell, cellsOf, meetingsOf, NOWHERE, readAt, type Wiring } from './wiring.js';

export const direct: Style = { toSmall, toLarge, toTaps };

function toSmall(large: Float64Array, w: Float64Array, { form, wiring, sum }: Job): Float64Array {
  const { batch, groups, smallChannels, largeChannels } = form;
  const [windows, taps] = [cellsOf(form.small), cellsOf(wiring.taps)];
  const { places, times } = meetingsOf(wiring, windows, taps);
  const tapAt = taps.map(wiring.tapAt);
  const y = new Float64Array(batch * groups * smallChannels * windows.length);
  const terms = new Float64Array(largeChannels * taps.length);
  forEach3(batch, groups, smallChannels, (n, g, a) => {
    const channel = wiring.smallChannel(n, g, a);
    windows.forEach((window, p) => {
      let count = 0;
      for (let b = 0; b < largeChannels; b++) {
        const [from, weights] = [wiring.largeChannel(n, g, b), wiring.tapChannel(g, a, b)];
        for (let q = 0; q < taps.length; q++) {
          const k = p * taps.length + q;
          const value = places[k] === NOWHERE ? 0 : readAt(large, from + wiring.largeStep * places[k]!);
          terms[count++] = times[k] === 0 ? 0 : times[k]! * value * readAt(w, weights + tapAt[q]!);
        }
      }
      addAt(y, channel + wiring.windowAt(window), sum(terms, count));
    });
  });
  return y;
}

function toLarge(small: Float64Array, w: Float64Array, job: Job): Float64Array {
  const { form, wiring, sum } = job;
  const { batch, groups, smallChannels, largeChannels } = form;
  const cells = cellsOf(form.large);
  const taps = cellsOf(wiring.taps);
  const reached = cells.map(cell => arrivals(cell, taps, job));
  const x = new Float64Array(batch * groups * largeChannels * cells.length);
  const terms = new Float64Array(smallChannels * taps.length);
  forEach3(batch, groups, largeChannels, (n, g, b) => {
    const channel = wiring.largeChannel(n, g, b);
    cells.forEach((cell, i) => {
      let count = 0;
      for (let a = 0; a < smallChannels; a++) {
        const [from, weights] = [wiring.smallChannel(n, g, a), wiring.tapChannel(g, a, b)];
        for (const { window, tap, times } of reached[i]!) {
          terms[count++] = times * readAt(small, from + window) * readAt(w, weights + tap);
        }
      }
      addAt(x, channel + wiring.largeStep * wiring.cellAt(cell), sum(terms, count));
    });
  });
  return x;
}

/** The taps of windows that lie on a cell. */
function arrivals(cell: Cell, taps: readonly Cell[], { form, wiring, overlap }: Job) {
  const found: { window: number; tap: number; times: number }[] = [];
  for (const tap of taps) {
    const window = solved(cell, tap, wiring, form.small);
    const times = window ? wiring.times(window, tap) : 0;
    if (!window || times === 0) continue;
    found.push({ window: wiring.windowAt(window), tap: wiring.tapAt(tap), times });
    // The earlier the tap, the later its window.
    if (overlap === 'last') break;
  }
  return found;
}

/** The window whose tap lies on the cell: s p = i + a - d q, if it has a solution on every axis. */
function solved(cell: Cell, tap: Cell, { rule }: Wiring, extents: Shape): Cell | null {
  const window: number[] = [];
  for (let k = 0; k < cell.length; k++) {
    const { stride, dilation, offset } = rule[k]!;
    const steps = cell[k]! + offset - dilation * tap[k]!;
    if (steps < 0 || steps % stride !== 0 || steps / stride >= extents[k]!) return null;
    window.push(steps / stride);
  }
  return window;
}

function toTaps(small: Float64Array, large: Float64Array, { form, wiring, sum }: Job): Float64Array {
  const { batch, groups, smallChannels, largeChannels } = form;
  const [windows, taps] = [cellsOf(form.small), cellsOf(wiring.taps)];
  const { places, times } = meetingsOf(wiring, windows, taps);
  const windowAt = windows.map(wiring.windowAt);
  const w = new Float64Array(groups * smallChannels * largeChannels * taps.length);
  const terms = new Float64Array(batch * windows.length);
  forEach3(groups, smallChannels, largeChannels, (g, a, b) => {
    const channel = wiring.tapChannel(g, a, b);
    taps.forEach((tap, q) => {
      let count = 0;
      for (let n = 0; n < batch; n++) {
        const [from, other] = [wiring.largeChannel(n, g, b), wiring.smallChannel(n, g, a)];
        for (let p = 0; p < windows.length; p++) {
          const k = p * taps.length + q;
          const value = places[k] === NOWHERE ? 0 : readAt(large, from + wiring.largeStep * places[k]!);
          terms[count++] = times[k] === 0 ? 0 : times[k]! * value * readAt(small, other + windowAt[p]!);
        }
      }
      addAt(w, channel + wiring.tapAt(tap), sum(terms, count));
    });
  });
  return w;
}

function forEach3(
  first: number,
  second: number,
  third: number,
  visit: (i: number, j: number, k: number) => void,
): void {
  for (let i = 0; i < first; i++) {
    for (let j = 0; j < second; j++) for (let k = 0; k < third; k++) visit(i, j, k);
  }
}
