import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Machine, SLACK } from '../../../src/kernels/engine/machine.js';
import { tiledMachine } from '../../../src/kernels/tiled/machine.js';
import { wasmMachine } from '../../../src/kernels/wasm/machine.js';
import * as slow from './slow-machine.js';
import { type Stage, stage } from './stage.js';

const machines: readonly (readonly [string, Machine])[] = [
  ['wasm float32', wasmMachine('float32')],
  ['wasm float64', wasmMachine('float64')],
  ['tiled', tiledMachine()],
];

const some = (count: number, value: () => number): number[] => Array.from({ length: count }, value);

/** A product's operands: random rows, runs that overlap, and a panel with room between its blocks. */
function product(on: Stage, rows: number, blocks: number) {
  const [runCount, length] = [on.draw(1, 4), on.draw(1, 5)];
  const source = on.zone(200);
  const bases = some(rows, () => source + on.draw(0, 100));
  const runs = some(runCount, () => on.draw(0, 90));
  const block = runCount * length * 8 + on.draw(0, 7);
  const panel = on.zone(blocks * block);
  const [[basesAt], [runsAt, runsEnd]] = [on.addresses(bases), on.distances(runs)];
  const panelAt = on.address(panel);
  const addresses = {
    bases: basesAt,
    rows,
    panel: panelAt,
    block: block * on.machine.unit,
    runs: runsAt,
    runsEnd,
    length,
  };
  return { slow: { bases, panel, block, runs, length }, addresses };
}

/** Planes of rows whose taps reach up to 60 elements further. */
function rowsOf(on: Stage) {
  const [rows, width, count] = [on.draw(1, 4), on.draw(1, 70), on.draw(1, 12)];
  const xPitch = on.draw(1, 80);
  const x = on.zone((rows - 1) * xPitch + width + 60 + SLACK);
  const taps = some(count, () => on.draw(0, 60));
  const [tapsAt, tapsEnd] = on.distances(taps);
  const at = { rows, width, x: on.address(x), xPitch: xPitch * on.machine.unit, taps: tapsAt, tapsEnd };
  return { slow: { rows, width, x, xPitch, taps }, addresses: at };
}

/** Each draws its sizes, runs the primitive on the scratch and the slow statement on the model. */
const primitives: Record<string, (on: Stage) => void> = {
  multiplyPlanes(on) {
    const [rows, columns] = [on.draw(4, 21), on.draw(1, 20)];
    const blocks = Math.ceil(columns / 8);
    const sums = product(on, rows, blocks);
    const bias = on.zone(blocks * 8);
    const pitch = rows + on.draw(0, 6);
    const out = on.zone(columns * pitch);
    on.machine.multiplyPlanes(
      sums.addresses,
      columns,
      on.address(bias),
      on.address(out),
      pitch * on.machine.unit,
    );
    slow.multiplyPlanes(on.want, sums.slow, columns, bias, out, pitch);
  },
  multiplyPanel(on) {
    const [rows, blocks] = [4 * on.draw(1, 4), on.draw(1, 3)];
    const sums = product(on, rows, blocks);
    const out = on.zone(blocks * rows * 8);
    on.machine.multiplyPanel(sums.addresses, blocks, on.address(out));
    slow.multiplyPanel(on.want, sums.slow, blocks, out);
  },
  transpose(on) {
    const [times, rows, columns] = [on.draw(1, 3), on.draw(1, 11), on.draw(1, 11)];
    const [fromPitch, toPitch] = [columns + on.draw(0, 5), rows + on.draw(0, 5)];
    const [fromStep, toStep] = [on.draw(0, 150), columns * toPitch + on.draw(0, 5)];
    const [from, to] = [on.zone(times * fromStep + rows * fromPitch), on.zone(times * toStep)];
    const [a, b, { unit }] = [on.address(from), on.address(to), on.machine];
    on.machine.transpose(
      times,
      fromStep * unit,
      toStep * unit,
      a,
      rows,
      fromPitch * unit,
      columns,
      b,
      toPitch * unit,
    );
    for (let t = 0; t < times; t++)
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++)
          on.want[to + t * toStep + column * toPitch + row] =
            on.want[from + t * fromStep + row * fromPitch + column]!;
  },
  gather(on) {
    const [columns, count, channels] = [on.draw(1, 20), on.draw(1, 5), on.draw(1, 5)];
    const [columnStep, channelStep] = [on.draw(1, 30), on.draw(1, 30)];
    const taps = some(count, () => on.draw(0, 40));
    const from = on.zone(columns * columnStep + channels * channelStep + 40);
    const block = count * channels * 8 + on.draw(0, 9);
    const to = on.zone(Math.ceil(columns / 8) * block);
    const [[start, end], { unit }] = [on.distances(taps), on.machine];
    on.machine.gather(
      on.address(from),
      columns,
      columnStep * unit,
      start,
      end,
      channels,
      channelStep * unit,
      on.address(to),
      block * unit,
    );
    for (let column = 0; column < columns; column++)
      for (const [k, tap] of taps.entries())
        for (let channel = 0; channel < channels; channel++) {
          const cell = Math.floor(column / 8) * block + (k * channels + channel) * 8 + (column % 8);
          on.want[to + cell] = on.want[from + column * columnStep + tap + channel * channelStep]!;
        }
  },
  copyRows(on) {
    const [rows, length] = [on.draw(0, 5), on.draw(0, 20)];
    const [fromPitch, toPitch] = [on.draw(0, 30), length + on.draw(0, 5)];
    const [from, to] = [on.zone(rows * fromPitch + length), on.zone(rows * toPitch)];
    const [a, b, { unit }] = [on.address(from), on.address(to), on.machine];
    on.machine.copyRows(rows, length, a, fromPitch * unit, b, toPitch * unit);
    for (let row = 0; row < rows; row++)
      for (let k = 0; k < length; k++) on.want[to + row * toPitch + k] = on.want[from + row * fromPitch + k]!;
  },
  spreadRows(on) {
    const [rows, length] = [on.draw(0, 5), on.draw(0, 20)];
    const [fromStep, toStep] = [on.draw(1, 4), on.draw(1, 4)];
    const [fromPitch, toPitch] = [on.draw(0, 30), length * toStep + on.draw(0, 5)];
    const [from, to] = [on.zone(rows * fromPitch + length * fromStep), on.zone(rows * toPitch)];
    const { unit } = on.machine;
    on.machine.spreadRows(
      rows,
      length,
      on.address(from),
      fromStep * unit,
      fromPitch * unit,
      on.address(to),
      toStep * unit,
      toPitch * unit,
    );
    for (let row = 0; row < rows; row++)
      for (let k = 0; k < length; k++)
        on.want[to + row * toPitch + k * toStep] = on.want[from + row * fromPitch + k * fromStep]!;
  },
  sweep(on) {
    const plane = rowsOf(on);
    const { rows, width, taps } = plane.slow;
    const [weights, bias, outPitch] = [on.zone(taps.length), on.zone(1), width + on.draw(0, 6)];
    const out = on.zone(rows * outPitch);
    const { unit } = on.machine;
    on.machine.sweep(
      plane.addresses,
      on.address(weights),
      on.address(bias),
      on.address(out),
      outPitch * unit,
    );
    // Whole vectors: the next row comes later, so that only what lies between rows and behind the last is lost.
    for (let row = 0; row < rows; row++)
      on.ignore(out + row * outPitch + width, out + row * outPitch + width + SLACK - 1);
    slow.sweep(on.want, plane.slow, weights, bias, out, outPitch);
  },
  dot(on) {
    const plane = rowsOf(on);
    const { rows, width, taps } = plane.slow;
    const yPitch = on.draw(1, 80);
    const [y, out] = [on.zone((rows - 1) * yPitch + width), on.zone(taps.length)];
    on.machine.dot(plane.addresses, on.address(y), yPitch * on.machine.unit, on.address(out));
    slow.dot(on.want, plane.slow, y, yPitch, out);
  },
  allFinite(on) {
    const count = on.draw(0, 40);
    const zone = on.zone(60);
    const from = zone + on.draw(1, 10);
    const wrong = zone + on.draw(0, 59);
    const largest = on.machine.unit === 4 ? 2 ** 128 - 2 ** 104 : Number.MAX_VALUE;
    for (let k = 0; k < 60; k += 2) on.put(zone + k, on.draw(0, 1) ? largest : -largest);
    on.put(wrong, [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][on.draw(0, 2)]!);
    const isInside = from <= wrong && wrong < from + count;
    expect(on.machine.allFinite(on.address(from), count)).toBe(!isInside);
  },
};

describe.each(machines)(
  'primitives of %s are what their docstrings say, and touch nothing else',
  (_, machine) => {
    test.each(Object.keys(primitives))('%s', name => {
      const law = (seed: number) => {
        const on = stage(machine, seed);
        primitives[name]!(on);
        expect(on.difference()).toBeNull();
      };
      fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 31 }), law), { seed: 31, numRuns: 150 });
    });

    test('every primitive has its statement', () => {
      const memory = ['reserve', 'release', 'held'];
      const names = Object.entries(machine).filter(([, value]) => typeof value === 'function');
      expect(names.map(([name]) => name).sort()).toEqual([...Object.keys(primitives), ...memory].sort());
    });
  },
);
