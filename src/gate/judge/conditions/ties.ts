/** Max pooling of equal cells: who gets the gradient, as the kernel declares it. */
import { type FloatTensor, kernelCall } from '../../../ops/index.js';
import { fromArray, size } from '../../../tensor/index.js';
import type { Ties } from '../../subject/declares.js';
import { ROUNDING } from '../../vectors/bound.js';
import { type Random, randomFrom } from '../../vectors/random.js';
import { integersUpTo } from '../probe.js';
import { builtIn, type Sample, type SampleCall } from './sample.js';
import type { Session } from './session.js';
import { apart, firstIllegal, windowsOf } from './windows.js';

/** Data with many equal maxima, also below 0, where padding would be larger. */
const TIED: readonly (readonly [says: string, value: (random: Random) => number])[] = [
  ['where maxima are equal', random => random.integer(2, 3)],
  ['where negative maxima are equal', random => random.integer(-3, -2)],
  ['where all cells are equal', () => -5],
];

export async function tryTies(session: Session): Promise<void> {
  for (const [how, value] of TIED) {
    const random = randomFrom(`ties ${session.one.seed} ${how}`);
    await judgePool(
      session,
      xOf(session.of, () => value(random)),
      how,
      `ties ${session.one.seed}`,
    );
  }
}

export function xOf({ call, dtype }: SampleCall, next: () => number): FloatTensor {
  const shape = call.call.inputs.x!;
  const values = Array.from({ length: size(shape) }, () => next());
  return fromArray(shape, values, dtype);
}

/** y exactly, and the gradient by the policy that is declared, whatever values are equal. */
export async function judgePool(session: Session, x: FloatTensor, how: string, words: string): Promise<void> {
  const { ties } = session.offer.declares;
  const sample = poolSample(session.of, x, ties === 'any' ? 'first' : ties, words);
  await session.check(sample, 'forward', how);
  if (ties === 'any') return judgeAny(session, sample, x, how);
  await session.check(sample, 'backward', `${how} (declared ties: ${ties})`);
}

function poolSample(of: SampleCall, x: FloatTensor, ties: Ties, words: string): Sample {
  const { operator, configuration, params, dtype, call } = of;
  const random = randomFrom(`${words} yBar`);
  const cells = Array.from({ length: size(call.call.output) }, () => integersUpTo(9)(random));
  const upstream = fromArray(call.call.output, cells, dtype);
  const tied = { ...of, call: kernelCall(operator, configuration.shapes, { ...params, ties }) };
  return {
    ...{ ...of, id: words, inputs: { x }, upstream },
    expected(result) {
      const expected = builtIn(tied, { x }, upstream, result);
      if (ties !== 'split' || result === 'y') return expected;
      // Shares are rounded, and so are their sums: each number is a sum of sizes of shares.
      const sizes = builtIn(tied, { x }, positive(upstream), result).numbers;
      const units = (mostWindows(of) + 2) * ROUNDING[dtype][0];
      return { ...expected, bounds: Float64Array.from(sizes, one => one * units) };
    },
  };
}

const positive = (tensor: FloatTensor): FloatTensor =>
  ({ ...tensor, data: tensor.data.map(Math.abs) }) as FloatTensor;

/** That cover one cell. */
function mostWindows(of: SampleCall): number {
  const covering = new Map<number, number>();
  for (const cells of windowsOf(of).values())
    for (const cell of cells) covering.set(cell, (covering.get(cell) ?? 0) + 1);
  return [...covering.values()].reduce((most, one) => Math.max(most, one), 0);
}

/** Any subgradient: windows that share no cell at a time, the upstream of all others 0. */
async function judgeAny(session: Session, sample: Sample, x: FloatTensor, how: string): Promise<void> {
  for (const windows of apart(windowsOf(session.of))) {
    if (session.open('backward').length === 0) return;
    const { shape, data } = sample.upstream;
    const values = Array.from(data, (value, window) => (windows.has(window) ? value : 0));
    const upstream = fromArray(shape, values, sample.dtype);
    const outputs = await session.ask({ ...sample, upstream }, 'backward', how);
    if (!outputs) return;
    for (const result of session.open('backward')) {
      const wrong = firstIllegal(session.of, x, upstream, windows, outputs[result]);
      const message = wrong
        ? `${result} is no gradient ${how}: each window hands its yBar to its largest cells`
        : '';
      session.say(result, { verdict: wrong && 'mismatch', rung: 'exact', wrong, message });
    }
  }
}
