/** What becomes of a NaN, an infinity, a zero of either sign, a subnormal or the largest number. */
import { countSteps } from '../../vectors/expressions.js';
import { randomFrom } from '../../vectors/random.js';
import { integersUpTo } from '../probe.js';
import { hasKink, hasTies } from './applies.js';
import type { SampleCall } from './sample.js';
import { PASSES, type Session } from './session.js';
import { type Kind, kindsFor } from './special-kinds.js';
import { nearest, specialSample } from './special-sample.js';
import { judgePool, xOf } from './ties.js';

export async function trySpecial(session: Session): Promise<void> {
  const { of, one } = session;
  if (isLong(of)) return session.skipAll('the definition at this shape is too long a sum');
  const isPool = hasTies(of.operator);
  for (const operand of [...Object.keys(of.call.call.inputs), 'yBar']) {
    for (const kind of kindsFor(session)) {
      const words = `special ${one.seed} ${operand} ${kind.says}`;
      const how = `with ${kind.says} in ${operand}`;
      if (isPool && operand === 'x') await poolOf(session, kind, how, words);
      else await tryKind(session, operand, kind, how, words);
    }
  }
}

/** It is computed a few dozen times. */
const MOST_STEPS = 60_000;

function isLong({ operator, call }: SampleCall): boolean {
  try {
    countSteps(operator, call.call, MOST_STEPS);
    return false;
  } catch (error) {
    if (error instanceof RangeError) return true;
    throw error;
  }
}

/** Among distinct numbers, many that are equal: windows of nothing else too. */
async function poolOf(session: Session, kind: Kind, how: string, words: string): Promise<void> {
  const random = randomFrom(words);
  const value = kind.value(session.of.dtype);
  for (const oneIn of [3, 1.25]) {
    const x = xOf(session.of, () =>
      random.integer(0, 99) < 100 / oneIn ? value : integersUpTo(2 ** 20)(random),
    );
    await judgePool(session, x, how, words);
  }
}

async function tryKind(
  session: Session,
  operand: string,
  kind: Kind,
  how: string,
  words: string,
): Promise<void> {
  const sample = specialSample(session.of, operand, kind, words);
  const kinked = hasKink(session.of.operator) && operand === 'x' && kind.value('float64') === 0;
  for (const pass of PASSES) {
    // What a kernel gives at its kink is judged elsewhere.
    if ((pass === 'forward' && operand === 'yBar') || (pass === 'backward' && kinked)) continue;
    const outputs = await session.ask(sample, pass, how);
    if (!outputs) continue;
    for (const result of session.open(pass)) {
      const expected = nearest(sample.expected(result), sample.accepted(result), outputs[result]);
      session.compare(expected, result, outputs, how);
    }
  }
}
