import { describe, expect, test } from 'vitest';
import { RIGHT } from '../../../src/gate/mutants/catalogue.js';
import { callOf } from '../../../src/gate/plan/call.js';
import { configurationOf, configurationText } from '../../../src/gate/plan/configuration-text.js';
import type { Configuration } from '../../../src/gate/plan/gate-case.js';
import { pinnedConfigurations } from '../../../src/gate/plan/pinned.js';
import { slidingKind } from '../../../src/gate/plan/sliding-call.js';
import { operatorNamed } from '../../../src/ops/index.js';
import { chosen, type Kills, killsOn, mutantsOf } from './cover.js';

const ops = [...new Set(RIGHT.map(({ op }) => op))];
const pinned = (op: string): readonly Configuration[] => pinnedConfigurations(op);
const idsOf = (kills: Kills): string[] => [...kills.values()].flat();

/** A batch as large shows nothing that a smaller one does not: it is there for what is not in the catalogue. */
const isLarge = ({ shapes }: Configuration): boolean => shapes.x![0]! > 2 ** 16;

const known = new Map<string, Kills>();
function killsOf(op: string, one: Configuration): Kills {
  const text = `${op} ${configurationText(op, one)}`;
  const kills = known.get(text) ?? (isLarge(one) ? new Map() : killsOn(op, one));
  known.set(text, kills);
  return kills;
}

/** Ids by the numbers that they take; those that show with no numbers are equivalent to the truth there. */
function shownOn(op: string, one: Configuration): Readonly<Record<string, string>> {
  const kills = killsOf(op, one);
  const shown = idsOf(kills);
  const others = mutantsOf(op).filter(({ id }) => !shown.includes(id));
  return {
    ...Object.fromEntries([...kills].map(([numbers, ids]) => [numbers, ids.join(' ')])),
    ...(!isLarge(one) && { equivalent: others.map(({ id }) => id).join(' ') }),
  };
}

test('which mutant shows on which call is as written down', async () => {
  const cover = ops.map(op => [
    op,
    Object.fromEntries(pinned(op).map(one => [configurationText(op, one), shownOn(op, one)])),
  ]);
  await expect(`${JSON.stringify(Object.fromEntries(cover), null, 2)}\n`).toMatchFileSnapshot('cover.json');
});

describe.each(ops)('%s', op => {
  const calls = pinnedConfigurations(op);

  test('every mutant shows on a pinned call, and is named at the first one', () => {
    const named: string[] = [];
    for (const one of calls) {
      const fresh = idsOf(killsOf(op, one)).filter(id => !named.includes(id));
      expect([...one.kills].sort()).toEqual(fresh.sort());
      named.push(...fresh);
    }
    const ids = mutantsOf(op).map(({ id }) => id);
    expect(named.sort()).toEqual(ids.sort());
  });

  test('those that kill most come first', () => {
    expect(chosen(calls, [], one => new Set(idsOf(killsOf(op, one))))).toEqual(calls);
  });

  test('8 to 14 calls, all valid, no two alike, one batch beyond 2^16 at the end', () => {
    expect(calls.length).toBeGreaterThanOrEqual(8);
    expect(calls.length).toBeLessThanOrEqual(14);
    expect(calls.filter(one => callOf(operatorNamed(op), one) === null)).toEqual([]);
    expect(new Set(calls.map(one => configurationText(op, one))).size).toBe(calls.length);
    expect(calls.map(isLarge)).toEqual(calls.map((_, k) => k === calls.length - 1));
    expect(calls.some(({ shapes }) => shapes.x!.some(extent => [33, 34, 67].includes(extent)))).toBe(true);
  });
});

type Trap = (one: Configuration) => boolean;
const list = ({ params }: Configuration, name: string) => (params[name] ?? []) as readonly number[];
const pads = ({ params }: Configuration): readonly (readonly number[])[] =>
  typeof params.padding === 'object' ? (params.padding as readonly (readonly number[])[]) : [];
const spatial = ({ shapes }: Configuration): readonly number[] => shapes.x!.slice(2);
const kernel = (one: Configuration): readonly number[] => one.shapes.w?.slice(2) ?? list(one, 'kernel_size');
const planes = ({ shapes }: Configuration): readonly number[] => [
  ...shapes.x!.slice(0, 2),
  ...(shapes.w?.slice(0, 1) ?? []),
];
const groups = ({ params }: Configuration): number => Number(params.groups ?? 1);

/** Cells behind the last window of an axis, before padding by a mode. */
const leftOver = (one: Configuration): number[] =>
  spatial(one).map((extent, k) => {
    const reach = (list(one, 'dilation')[k] ?? 1) * (kernel(one)[k]! - 1) + 1;
    const [before = 0, after = 0] = pads(one)[k] ?? [];
    return (extent + before + after - reach) % list(one, 'stride')[k]!;
  });

const TRAPS: Readonly<Record<string, Trap>> = {
  'extents all differ': one =>
    new Set(spatial(one)).size === spatial(one).length && !spatial(one).includes(1),
  'more than one image and channel': one => planes(one).every(extent => extent > 1),
  'a kernel larger than the unpadded input': one =>
    kernel(one).every((extent, k) => extent > spatial(one)[k]!),
  'asymmetric padding': one => pads(one).some(([before, after]) => before !== after),
  'axes of extent 1': one => spatial(one).includes(1),
  'SAME, upper': ({ params }) => params.padding === 'same-upper',
  'SAME, lower': ({ params }) => params.padding === 'same-lower',
};

const LEFT_OVER: Readonly<Record<string, Trap>> = {
  'a stride that leaves cells over': one => leftOver(one).some(cells => cells > 0),
};

const DILATED: Readonly<Record<string, Trap>> = {
  'dilation 3': one => list(one, 'dilation').includes(3),
};

const GROUPED: Readonly<Record<string, Trap>> = {
  'groups of several channels': one => groups(one) > 1 && one.shapes.x![1]! > groups(one),
  'a channel each, and several outputs': one =>
    groups(one) > 1 && one.shapes.x![1] === groups(one) && one.shapes.b![0]! > groups(one),
  'no bias': ({ shapes }) => shapes.b === undefined,
};

const ROUNDED: Readonly<Record<string, Trap>> = {
  ceil_mode: ({ params }) => params.ceil_mode === true,
  'gaps between windows': one => list(one, 'stride').some((step, k) => step > kernel(one)[k]!),
};

const TRAPS_OF: Readonly<Record<string, Readonly<Record<string, Trap>>>> = {
  conv: { ...TRAPS, ...LEFT_OVER, ...DILATED, ...GROUPED },
  conv_transpose: {
    ...{ ...TRAPS, ...DILATED, ...GROUPED },
    'output padding': one => list(one, 'output_padding').some(cells => cells > 1),
  },
  max_pool: { ...TRAPS, ...LEFT_OVER, ...DILATED, ...ROUNDED },
  avg_pool: {
    ...{ ...TRAPS, ...LEFT_OVER, ...ROUNDED },
    'padding not counted': ({ params }) => params.count_include_pad === false && params.padding !== 'valid',
    'rounded up, padding counted': ({ params }) =>
      params.ceil_mode === true && params.count_include_pad === true,
  },
};

test.each(ops.filter(slidingKind))('%s: every trap is among the pinned calls', op => {
  const traps = TRAPS_OF[slidingKind(op)!.kind]!;
  const sprung = Object.keys(traps).filter(name => pinned(op).some(traps[name]!));
  expect(sprung).toEqual(Object.keys(traps));
});

test('conv2d: the two calls that were seen to tell 40 mutants apart are pinned', () => {
  const texts = pinned('conv2d').map(one => configurationText('conv2d', one));
  expect(texts).toContain('x=2x2x3x5 w=2x2x2x2 b=2 stride=1,2 padding=[0,0],[2,2] dilation=2,2 groups=1');
  expect(texts).toContain('x=1x2x3x6 w=4x1x1x2 b=4 stride=1,1 padding=[2,2],[0,0] dilation=1,1 groups=2');
});

test('an operator without mutants has no pinned calls', () => {
  expect(pinnedConfigurations('matmul')).toEqual([]);
  expect(pinnedConfigurations('constructor')).toEqual([]);
});

test('on the shape of textbooks many mutants are none', () => {
  const textbook = configurationOf(
    'conv2d',
    'x=1x1x5x5 w=1x1x3x3 b=1 stride=1,1 padding=[0,0],[0,0] dilation=1,1 groups=1',
  );
  const killed = idsOf(killsOn('conv2d', textbook));
  for (const id of ['C4', 'C7', 'C8', 'C9', 'C10', 'C11', 'C14', 'X3', 'X15', 'F1', 'B1', 'F6', 'F8'])
    expect(killed).not.toContain(id);
  for (const id of ['C1', 'C2', 'X1', 'F4', 'F12', 'X19', 'X20', 'H3', 'H7']) expect(killed).toContain(id);
  expect(mutantsOf('conv2d').length - killed.length).toBeGreaterThan(30);
});

test('a choice takes what is wanted, then the least that kills the rest', () => {
  const kills: Readonly<Record<string, string>> = {
    a: 'p',
    b: 'p q r',
    c: '',
    d: 's',
    e: 's t',
    f: 'q',
    g: 't s',
  };
  const setOf = (one: string) => new Set([...kills[one]!].filter(id => id !== ' '));
  expect(chosen(['a', 'b', 'c'], ['d', 'e', 'f', 'g'], setOf)).toEqual(['b', 'a', 'c', 'e']);
  expect(chosen([], ['d', 'f'], setOf)).toEqual(['d', 'f']);
});
