/** Results written where the caller says: into memory that holds something already. */
import { fromArray, size, unravel } from '../../../tensor/index.js';
import type { Pass, ResultName, WireTensor } from '../../subject/subject.js';
import { type Expected, firstWrong, type Wrong } from '../compare.js';
import { drawSample } from './draw.js';
import { resultsOf, type Sample, shapeOf } from './sample.js';
import { type Opinion, type Outputs, PASSES, type Session } from './session.js';

const HOW = 'with an out that was filled before';

/** What is there: no result is both at one cell, and 0 times NaN is not 0. */
const PATTERNS: readonly ((cell: number) => number)[] = [
  cell => 97 + (cell % 13),
  cell => -(211 + (cell % 7)),
  () => Number.NaN,
];

export async function tryOut(session: Session): Promise<void> {
  const { of, offer, one } = session;
  const sample = drawSample(of, offer.declares, `out ${one.seed}`);
  if (typeof sample === 'string') return session.skipAll(sample);
  for (const pass of PASSES) {
    // Without out: a gradient that is not returned here is not missing there.
    const without = await session.check(sample, pass, 'without an out');
    if (!without) continue;
    const runs: Outputs[] = [];
    for (const pattern of PATTERNS) {
      const out = outOf(sample, pass, pattern);
      const outputs = await session.ask(sample, pass, HOW, { out });
      if (!outputs) break;
      runs.push(outputs);
    }
    if (runs.length < PATTERNS.length) continue;
    for (const result of session.open(pass)) session.say(result, opinionOf(sample, result, runs));
  }
}

function outOf(sample: Sample, pass: Pass, pattern: (cell: number) => number) {
  const entries = resultsOf(sample, pass).map((result): [ResultName, WireTensor] => {
    const shape = shapeOf(sample, result);
    const cells = Array.from({ length: size(shape) }, (_, cell) => pattern(cell));
    return [result, fromArray(shape, cells, sample.dtype)];
  });
  return Object.fromEntries(entries);
}

function opinionOf(sample: Sample, result: ResultName, runs: readonly Outputs[]): Opinion {
  const expected = sample.expected(result);
  const rung = expected.bounds ? 'bounded' : 'exact';
  const data = runs.map(run => run[result]!.data);
  const untouched = Array.from(data[0]!, (_, cell) =>
    PATTERNS.every((pattern, run) => Object.is(data[run]![cell], pattern(cell))),
  );
  const first = untouched.indexOf(true);
  // What is added to is not left as it was, where 0 is added.
  if (first >= 0 && !isAdded(expected, data)) {
    const wrong: Wrong = {
      ...{ kind: 'value', index: unravel(expected.shape, first), bound: expected.bounds?.[first] ?? 0 },
      ...{ expected: String(expected.numbers[first]), got: 'what was there before' },
      cells: untouched.filter(Boolean).length,
    };
    return { verdict: 'unwritten', rung, wrong, message: `a cell of ${result} is left as it was ${HOW}` };
  }
  const wrongs = runs.map(run => firstWrong(expected, run[result]));
  const wrong = wrongs.find(one => one !== null) ?? null;
  if (!wrong) return { verdict: null, rung, wrong, message: '' };
  return {
    verdict: 'mismatch',
    rung,
    wrong,
    message: `${result} ${whyWrong(expected, data, wrongs)} ${HOW}`,
  };
}

type Data = ArrayLike<number>;

function whyWrong(expected: Expected, data: readonly Data[], wrongs: readonly (Wrong | null)[]): string {
  if (isAdded(expected, data)) return 'is added to what was there,';
  const isSame = Array.from(data[0]!, (_, cell) =>
    data.every(one => Object.is(one[cell], data[0]![cell])),
  ).every(Boolean);
  if (isSame) return 'is wrong';
  return wrongs.some(one => one === null)
    ? 'depends on what was there,'
    : 'is wrong, and depends on what was there,';
}

/** Each finite pattern plus the right result; where that is 0, nothing can be told. */
function isAdded({ numbers, bounds }: Expected, data: readonly Data[]): boolean {
  const told = Array.from(numbers, (right, cell) => (right === 0 ? -1 : cell)).filter(cell => cell >= 0);
  const isSum = (cell: number, run: number): boolean => {
    const got = data[run]![cell]!;
    const slack = (bounds?.[cell] ?? 0) + Math.abs(got) * 2 ** -20;
    return Math.abs(got - PATTERNS[run]!(cell) - numbers[cell]!) <= slack;
  };
  return told.length > 0 && told.every(cell => isSum(cell, 0) && isSum(cell, 1));
}
