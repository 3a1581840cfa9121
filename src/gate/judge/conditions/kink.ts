/** The slope of relu at 0, as the kernel declares it, at 0 and at -0. */
import type { FloatTensor, Operator } from '../../../ops/index.js';
import { fromArray, unravel } from '../../../tensor/index.js';
import type { Kink } from '../../subject/declares.js';
import { ROUNDING } from '../../vectors/bound.js';
import { randomFrom } from '../../vectors/random.js';
import { type Expected, firstWrong, type Wrong } from '../compare.js';
import { integersUpTo } from '../probe.js';
import { builtIn, type Sample, type SampleCall } from './sample.js';
import type { Outputs, Session } from './session.js';
import { xOf } from './ties.js';

export async function tryKink(session: Session): Promise<void> {
  const { of, offer, one } = session;
  const kink = of.operator.name === 'relu' ? offer.declares.kink : 'any';
  const words = `kink ${one.seed}`;
  const random = randomFrom(words);
  // Every third cell is on the kink, from one side or the other.
  let cell = 0;
  const x = xOf(of, () => {
    const at = cell++;
    if (at % 3 > 0) return integersUpTo(9)(random);
    return at % 2 === 0 ? 0 : -0;
  });
  const [sample, other] = [kinkSample(of, x, words), kinkSample(of, x, `${words} other`)];
  const how = 'where cells of x are 0 or -0';
  await session.check(sample, 'forward', how);
  const runs: Outputs[] = [];
  for (const now of [sample, other]) {
    const outputs = await session.ask(now, 'backward', how);
    if (!outputs) return;
    runs.push(outputs);
  }
  for (const result of session.open('backward')) {
    const wrong =
      firstUnkinked(sample, kink, runs[0]!) ??
      firstUnkinked(other, kink, runs[1]!) ??
      firstUnequal(sample, other, runs);
    const declared = kink === 'any' ? '' : ` (declared kink: ${kink})`;
    const message = wrong ? `${result} is wrong ${how}${declared}` : '';
    const rung = of.operator.name === 'relu' ? 'exact' : 'bounded';
    session.say(result, { verdict: wrong && 'mismatch', rung, wrong, message });
  }
}

function kinkSample(of: SampleCall, x: FloatTensor, words: string): Sample {
  const random = randomFrom(`${words} yBar`);
  const upstream = fromArray(
    x.shape,
    Array.from(x.data, () => integersUpTo(9)(random)),
    of.dtype,
  );
  return {
    ...{ ...of, id: words, inputs: { x }, upstream },
    expected(result) {
      const expected = builtIn(of, { x }, upstream, result);
      if (of.operator.name === 'relu') return expected;
      // The slope itself may be rounded, and the product with it.
      const units = 4 * ROUNDING[of.dtype][0];
      return { ...expected, bounds: Float64Array.from(expected.numbers, one => units * Math.abs(one)) };
    },
  };
}

/** A cell beside the kink that is wrong, or one on it whose slope is none of those allowed. */
function firstUnkinked(sample: Sample, kink: Kink, { dx }: Outputs): Wrong | null {
  const { dtype } = sample;
  const x = sample.inputs.x as FloatTensor;
  const { numbers, bounds, shape } = sample.expected('dx');
  const [low, high] = kink === 'any' ? sidesOf(sample) : [kink, kink];
  const middle = Array.from(numbers, (right, cell) =>
    x.data[cell] === 0 ? (sample.upstream.data[cell]! * (low + high)) / 2 : right,
  );
  const reach = Array.from(middle, (_, cell) => {
    if (x.data[cell] !== 0) return bounds?.[cell] ?? 0;
    const slip = low === high ? 0 : 4 * ROUNDING[dtype][0];
    return Math.abs(sample.upstream.data[cell]!) * ((high - low) / 2 + slip);
  });
  const expected: Expected = { shape, dtype, numbers: middle, bounds: reach };
  const wrong = firstWrong(expected, dx);
  return wrong && kink === 'any' ? { ...wrong, expected: rangeText(sample, wrong, [low, high]) } : wrong;
}

/** The slopes below and above 0, the smaller one first. */
function sidesOf({ operator, params }: Sample): readonly [number, number] {
  const below = slopeBelow(operator, params.negative_slope);
  return below < 1 ? [below, 1] : [1, below];
}

const slopeBelow = ({ name }: Operator, negative: unknown): number =>
  name === 'relu' ? 0 : Number(negative);

function rangeText(
  { inputs, upstream }: Sample,
  { index, expected }: Wrong,
  [low, high]: readonly [number, number],
): string {
  const x = inputs.x as FloatTensor;
  const cell = index?.reduce((flat, at, axis) => flat * x.shape[axis]! + at, 0);
  if (cell === undefined || x.data[cell] !== 0) return expected;
  return `${upstream.data[cell]} times a slope from ${low} to ${high}`;
}

/** A cell whose slope depends on yBar. */
function firstUnequal(sample: Sample, other: Sample, [first, second]: readonly Outputs[]): Wrong | null {
  const [a, b] = [sample.upstream.data, other.upstream.data];
  const [dx, dx2] = [first!.dx!.data, second!.dx!.data];
  const { shape } = sample.upstream;
  const cell = Array.from(a).findIndex((yBar, k) => {
    const [one, two] = [dx[k]! * b[k]!, dx2[k]! * yBar];
    return !(Math.abs(one - two) <= 8 * ROUNDING[sample.dtype][0] * Math.abs(yBar * b[k]!));
  });
  if (cell < 0) return null;
  const [expected, got] = [String(dx[cell]! / a[cell]!), String(dx2[cell]! / b[cell]!)];
  return {
    ...{ kind: 'value', index: unravel(shape, cell), bound: 0, cells: 1 },
    ...{ expected: `${expected} times yBar, as before`, got: `${got} times yBar` },
  };
}
