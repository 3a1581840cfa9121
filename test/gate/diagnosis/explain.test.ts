/** The fault dictionary: an entry is named only if it does what the kernel does, everywhere it is asked. */
import { describe, expect, test } from 'vitest';
import { explainBy, explanationText, type KnownMistake } from '../../../src/gate/diagnosis/explain.js';
import type { Problem } from '../../../src/gate/diagnosis/problem.js';
import { asked, askRight, askWrong, rightKernel, type Tamper, withInput, withOutput } from './kernels.js';

const problem: Problem = {
  op: 'conv2d',
  params: { stride: 1, padding: 0, dilation: 1, groups: 1 },
  shapes: { x: [2, 2, 3, 4], w: [3, 2, 2, 2] },
  dtype: 'float64',
  result: 'dx',
  index: [0, 0, 1, 1],
  mayRead: null,
};

const strided: Problem = {
  ...problem,
  params: { stride: [2, 1], padding: 0, dilation: 1, groups: 1 },
  shapes: { x: [1, 2, 4, 4], w: [2, 2, 2, 3] },
};

const noFlip: Tamper = (right, at) => {
  const [, , P, Q] = at.shapes.w!;
  return withInput('w', ([o, c, p, q], read) => read([o!, c!, P! - 1 - p!, Q! - 1 - q!]))(right, at);
};
const negated: Tamper = withOutput((index, read) => -read(index));
const halved: Tamper = withOutput((index, read) => read(index) / 2);
const byBatch: Tamper = (right, at) => withOutput((index, read) => read(index) / at.shapes.x![0]!)(right, at);
/** Wrong in the first image only. */
const firstHalved: Tamper = withOutput((index, read) => read(index) / (index[0] === 0 ? 2 : 1));
/** Wrong only where the stride is not 1. */
const negatedIfStrided: Tamper = (right, at) =>
  (at === strided ? negated : withOutput((i, read) => read(i)))(right, at);

function entry(id: string, tamper: Tamper): KnownMistake {
  return {
    ...{ id, says: `${id} was done`, where: 'dx' },
    run: (inputs, upstream, params) => {
      const shapes = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
      const at = [problem, strided].find(one => JSON.stringify(one.shapes) === JSON.stringify(shapes))!;
      if (JSON.stringify(params) !== JSON.stringify(at.params)) throw new Error('other parameters');
      return asked(at, tamper(rightKernel(at), at)).ask(inputs, upstream);
    },
  };
}

const right = entry(
  'right',
  withOutput((index, read) => read(index)),
).run;
const dictionary = [
  ...[
    entry('no-flip', noFlip),
    entry('negated', negated),
    entry('halved', halved),
    entry('by-batch', byBatch),
  ],
  ...[entry('first-halved', firstHalved), entry('negated-if-strided', negatedIfStrided)],
  { ...entry('broken', halved), run: () => Promise.reject(new Error('cannot run this')) },
  { ...entry('silent', halved), run: () => null },
];
const more = (tamper: Tamper) => [{ problem: strided, ask: askWrong(strided, tamper) }];
const names = async (tamper: Tamper, options = {}) =>
  (await explainBy(dictionary, askWrong(problem, tamper), problem, options)).map(one => one.mistake.id);

describe('the entry that does what the kernel does', () => {
  test('alone', async () => {
    expect(await names(noFlip)).toEqual(['no-flip']);
    expect(await names(negated)).toEqual(['negated']);
    expect(await names(firstHalved)).toEqual(['first-halved']);
  });

  test('ties are listed, and another configuration breaks them', async () => {
    const tied = await explainBy(dictionary, askWrong(problem, halved), problem);
    expect(tied.map(({ mistake, ties }) => [mistake.id, ties])).toEqual([
      ['halved', ['by-batch']],
      ['by-batch', ['halved']],
    ]);
    expect(explanationText(tied[0]!)).toBe(
      "gives the kernel's numbers on 4 probes at this configuration; so does by-batch",
    );
    expect(await names(halved, { more: more(halved) })).toEqual(['halved']);
    expect(await names(byBatch, { more: more(byBatch) })).toEqual(['by-batch']);
  });

  test('none for a mistake that is not in the list, or that only some results share', async () => {
    expect(await names(withOutput((index, read) => 3 * read(index)))).toEqual([]);
    expect(await names(halved, { more: more(negated) })).toEqual([]);
  });

  test('none for a kernel that gives nothing', async () => {
    expect(await explainBy(dictionary, async () => null, problem)).toEqual([]);
  });
});

test('beside a right kernel, the entry that changes less comes first, and what changes nothing is left out', async () => {
  const ask = askRight(problem);
  expect((await explainBy(dictionary, ask, problem)).map(one => one.mistake.id)).toEqual([
    'negated-if-strided',
  ]);
  expect(await explainBy(dictionary, ask, problem, { right })).toEqual([]);
  const general = { ...entry('general', negatedIfStrided), id: 'general' };
  const found = await explainBy([...dictionary, general], ask, problem, { right, more: more(negated) });
  expect(found.map(one => [one.mistake.id, one.visible, one.probes, one.configurations])).toEqual([
    ['negated-if-strided', 1, 8, 2],
    ['general', 1, 8, 2],
  ]);
});

test('divisions that are done in another order are the same mistake', async () => {
  const third = withOutput((index, read) => read(index) / 3);
  const early = withInput('yBar', (index, read) => read(index) / 3);
  const found = await explainBy([entry('a third', third)], askWrong(problem, early), problem);
  expect(found.map(one => one.mistake.id)).toEqual(['a third']);
});

test('what the kernel writes to its inputs reaches no entry', async () => {
  const ask = askWrong(problem, negated);
  const spoiling: typeof ask = async (inputs, upstream) => {
    const results = await ask(inputs, upstream);
    for (const { data } of [...Object.values(inputs), upstream!]) data.fill(0);
    return results;
  };
  const found = await explainBy(dictionary, spoiling, problem);
  expect(found.map(one => one.mistake.id)).toEqual(['negated']);
});
