/**
 * The strongest rungs: integer probes of sums of products compared with the exact result bit for bit, in whatever order
 * the kernel sums, and the adjoint of each probe; other operators at numbers that their definition leaves exact.
 */
import { fromArray } from '../../tensor/index.js';
import type { GateCase } from '../plan/gate-case.js';
import { randomFrom } from '../vectors/random.js';
import { balanced } from './adjoint.js';
import type { Budget } from './budget.js';
import { kept, probeAt } from './case-probes.js';
import { judgeGolden } from './golden-case.js';
import { integerBudget } from './integer-budget.js';
import type { Judge } from './judge.js';
import { isProbed } from './layer.js';
import { type Ledger, openLedger } from './ledger.js';
import { expectedOf, type Probe, resultsOf, subjectCall } from './probe.js';

/** Draws, calls and compares; stops where nothing is open any more. */
export const judgeExact: Judge = async (subject, offer, one, context) => {
  if (!isProbed(one)) return judgeGolden(subject, offer, one, context);
  const ledger = openLedger(subject, offer, 'exact', context);
  const budget = integerBudget(one, offer, context.missProbability);
  if (typeof budget === 'string') {
    ledger.tell(context.results, { kind: 'skipped', why: budget });
    return ledger.outcome();
  }
  const probes = context.isOfSweep ? independent(one, budget) : probesOf(one, budget);
  for (const probe of probes) {
    await judgeProbe(ledger, probe);
    if (!context.results.some(ledger.isOpen)) break;
  }
  return ledger.outcome({ missProbability: budget.missProbability });
};

/**
 * Independent probes, and two more whose x add up to that of the first, all else alike: a kernel that is right at all
 * three is additive there, as the polynomial that the probability is about has to be.
 */
function* probesOf(one: GateCase, budget: Budget): Generator<Probe> {
  yield* independent(one, budget);
  const { amplitude } = budget;
  for (const part of [0, 1] as const)
    yield kept(one, `exact part ${part} ${amplitude}`, () =>
      partOf(probeAt(one, amplitude, 'exact 0'), part),
    );
}

function* independent(one: GateCase, { amplitude, probes }: Budget): Generator<Probe> {
  for (let k = 0; k < probes; k++) yield probeAt(one, amplitude, `exact ${k}`);
}

/** Some cells go to one part whole, so that the other has a 0 there. */
function partOf(whole: Probe, which: 0 | 1): Probe {
  const { x } = whole.inputs;
  const random = randomFrom(`${whole.id} parts`);
  const first = Array.from(x!.data, value => {
    const side = random.integer(0, 3);
    const size = side < 2 ? side * Math.abs(value) : random.integer(0, Math.abs(value));
    // Without the sign of a zero.
    return Math.sign(value) * size + 0;
  });
  const values = which === 0 ? first : first.map((value, k) => x!.data[k]! - value);
  return {
    ...whole,
    id: `${whole.id} part ${which}`,
    inputs: { ...whole.inputs, x: fromArray(x!.shape, values, whole.dtype) },
  };
}

async function judgeProbe(ledger: Ledger, probe: Probe): Promise<void> {
  const y = ledger.isOpen('y') ? (await ledger.ask(subjectCall(probe, 'forward')))?.y : undefined;
  if (ledger.isOpen('y')) ledger.hold('y', expectedOf(probe, 'y'), y);
  const open = resultsOf(probe, 'backward').filter(ledger.isOpen);
  if (open.length === 0) return;
  const gradients = await ledger.ask(subjectCall(probe, 'backward', open));
  if (!gradients) return;
  for (const result of open) ledger.hold(result, expectedOf(probe, result), gradients[result]);
  if (!y || !ledger.hasAgreed('y')) return;
  for (const result of open.filter(ledger.hasAgreed)) {
    const found = balanced(probe, y, result, gradients[result]);
    if (found.kind === 'failed') ledger.tell([result], found);
  }
}
