/** The random calls themselves: a generator that never leaves the easy cases finds nothing. */
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../../src/gate/vectors/random.js';
import { operatorNamed, operators } from '../../../src/ops/index.js';
import { modesOf } from '../calls.js';
import { type Draw, drawCall, exampleOf, trialOf } from './draw.js';

const DRAWS = 400;

const draws = (name: string): Draw[] =>
  Array.from({ length: DRAWS }, (_, k) => drawCall(operatorNamed(name), randomFrom(`${name} ${k}`))!.draw);

type Axis = Readonly<Record<'L' | 'K' | 's' | 'd' | 'a' | 'b', number>>;

const axesOf = ({ letters, rank }: Draw): Axis[] =>
  Array.from({ length: rank }, (_, k) => {
    const at = (letter: string) => letters[`${letter}${k + 1}`]!;
    return { L: at('L'), K: at('K'), s: at('s'), d: at('d'), a: at('a'), b: at('b') };
  });

const reach = ({ K, d }: Axis) => d * (K - 1) + 1;
const room = (axis: Axis) => axis.L + axis.a + axis.b - reach(axis);

const traps: Readonly<Record<string, (axis: Axis) => boolean>> = {
  'a kernel of one tap': ({ K }) => K === 1,
  'a kernel as long as the input': axis => reach(axis) === axis.L && axis.K > 1,
  'a stride over the kernel': ({ s, K }) => s > K,
  'cells that the stride leaves over, uncovered by padding': axis =>
    axis.b > 0 && room(axis) > 0 && room(axis) % axis.s > 0,
  'more padding before': ({ a, b }) => a > b,
  'more padding after': ({ a, b }) => a < b,
  'a dilated kernel': ({ d, K }) => d > 1 && K > 1,
  'taps that meet padding only': axis => axis.d >= axis.L && axis.K > 1 && axis.a > 0 && room(axis) >= 0,
  'no output cell': axis => room(axis) < 0,
};

describe.each(['conv1d', 'conv2d', 'conv3d'])('%s', name => {
  const all = draws(name);
  const count = (has: (draw: Draw) => boolean) => all.filter(has).length;

  test.each(Object.entries(traps))('%s', (_, trap) => {
    expect(count(draw => axesOf(draw).some(trap))).toBeGreaterThan(DRAWS / 40);
  });

  test('channels, groups, batches and options', () => {
    const operator = operatorNamed(name);
    const often = DRAWS / 10;
    expect(count(({ letters }) => letters.G! > 1 && letters.I! > 1 && letters.M! > 1)).toBeGreaterThan(often);
    expect(count(({ letters }) => letters.N! > 1)).toBeGreaterThan(often);
    expect(count(({ letters }) => letters.N === 0)).toBeGreaterThan(0);
    expect(count(({ absent }) => absent.includes('b'))).toBeGreaterThan(often);
    expect(count(({ absent }) => !absent.includes('b'))).toBeGreaterThan(often);
    expect(count(({ named }) => typeof named.padding === 'string')).toBeGreaterThan(often / 4);
    expect(count(({ modes }) => modes.convention === 'convolution')).toBeGreaterThan(often);
    expect(count(draw => 'stride' in exampleOf(operator, draw).params)).toBeLessThan(DRAWS);
    const trials = all.map((draw, k) => trialOf(operator, draw, String(k)));
    for (const dtype of ['float32', 'float64'])
      expect(trials.filter(trial => trial.dtype === dtype).length).toBeGreaterThan(often);
    expect(new Set(trials.map(trial => trial.filling)).size).toBe(4);
  });
});

test('operators over any number of axes are drawn at 0, 1, 2 and 3, as far as they have modes there', () => {
  for (const operator of operators.filter(({ rank }) => rank === null)) {
    const ranks = [0, 1, 2, 3].filter(rank => modesOf(operator, rank).length > 0);
    expect(ranks.length).toBeGreaterThan(2);
    const drawn = new Set(draws(operator.name).map(draw => draw.rank));
    expect([operator.name, drawn]).toEqual([operator.name, new Set(ranks)]);
  }
});

test('every combination of modes is drawn', () => {
  const modes = new Set(draws('correlate').map(draw => JSON.stringify(draw.modes)));
  expect(modes.size).toBe(2);
});

test('a parameter that is a name takes every name that the record knows', () => {
  const ties = new Set(draws('max_pool2d').map(({ named }) => named.ties));
  expect(ties).toEqual(new Set([undefined, 'first', 'last', 'split']));
  const rounding = new Set(draws('max_pool2d').map(({ named }) => named.ceil_mode));
  expect(rounding).toEqual(new Set([undefined, true, false]));
});
