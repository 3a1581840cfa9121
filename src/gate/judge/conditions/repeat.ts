/** The same call again, with another one between: what a kernel keeps from call to call shows. */
import { type FloatTensor, isSumOfProducts } from '../../../ops/index.js';
import { fromArray, size, unravel } from '../../../tensor/index.js';
import type { Pass, ResultName } from '../../subject/subject.js';
import { randomFrom } from '../../vectors/random.js';
import type { Wrong } from '../compare.js';
import { drawSample } from './draw.js';
import { type Sample, shapeOf } from './sample.js';
import { type Outputs, PASSES, type Session } from './session.js';

const HOW = ['in the first of the calls', 'after another call', 'when the first call comes again'] as const;

export async function tryRepeat(session: Session): Promise<void> {
  const { of, offer, one } = session;
  const words = `repeat ${one.seed}`;
  const sample = drawSample(of, offer.declares, words);
  if (typeof sample === 'string') return session.skipAll(sample);
  const other = drawSample(of, offer.declares, `${words} other`) as Sample;
  const seen: Record<Pass, Outputs[]> = { forward: [], backward: [] };
  for (const [k, how] of HOW.entries()) {
    const now: Sample = k === 1 ? other : sample;
    for (const pass of PASSES) {
      const outputs = await session.check(now, pass, how);
      if (outputs && now === sample) seen[pass].push(outputs);
    }
  }
  if (!offer.declares.deterministic) return;
  for (const pass of PASSES) compareBits(session, sample, pass, seen[pass]);
  await tryReal(session, sample, other);
}

/** Whole numbers are the same in whatever order they are added: real ones are not. */
async function tryReal(session: Session, sample: Sample, other: Sample): Promise<void> {
  const { operator, call } = session.of;
  if (!isSumOfProducts(operator, call.call.params, call.call.rank)) return;
  const real = withReals(sample, session.one.seed);
  for (const pass of PASSES) {
    const seen: Outputs[] = [];
    for (const now of [real, real, other, real]) {
      const outputs = await session.ask(now, pass, 'when a call comes again');
      if (outputs && now === real) seen.push(outputs);
    }
    compareBits(session, real, pass, seen);
  }
}

function withReals(sample: Sample, seed: number): Sample {
  const random = randomFrom(`${sample.id} real ${seed}`);
  const refilled = ({ shape, data, dtype }: FloatTensor): FloatTensor => {
    const reals = Array.from(data, () => random.integer(-(2 ** 30), 2 ** 30) / (3 * 2 ** 29));
    return fromArray(shape, reals, dtype);
  };
  const inputs = Object.entries(sample.inputs).map(
    ([name, one]) => [name, refilled(one as FloatTensor)] as const,
  );
  return {
    ...sample,
    id: `${sample.id} real`,
    inputs: Object.fromEntries(inputs),
    upstream: refilled(sample.upstream),
  };
}

/** All runs against the first, bit for bit; one NaN is as good as another. */
function compareBits(session: Session, sample: Sample, pass: Pass, runs: readonly Outputs[]): void {
  const [first, ...others] = runs;
  if (!first) return;
  for (const result of session.open(pass)) {
    for (const other of others) {
      const wrong = firstDifference(sample, result, first, other);
      if (!wrong) continue;
      const message = `${result} is another one when the same call comes again`;
      session.say(result, { verdict: 'nondeterministic', rung: 'exact', wrong, message });
    }
  }
}

function firstDifference(sample: Sample, result: ResultName, first: Outputs, other: Outputs): Wrong | null {
  const [a, b] = [first[result]?.data ?? [], other[result]?.data ?? []];
  const differs = Array.from({ length: Math.max(a.length, b.length) }, (_, k) => !Object.is(a[k], b[k]));
  const cell = differs.indexOf(true);
  if (cell < 0) return null;
  const shape = shapeOf(sample, result);
  return {
    ...{ kind: 'value', index: cell < size(shape) ? unravel(shape, cell) : null, bound: 0 },
    ...{ expected: String(a[cell]), got: String(b[cell]), cells: differs.filter(Boolean).length },
  };
}
