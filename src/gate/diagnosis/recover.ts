/** Which formula does a kernel really compute at one element? Asked of the kernel alone, in few calls. */
import { rational } from '../../exact/index.js';
import { bilinearCoefficients } from './bilinear.js';
import { type Definition, definitionAt, type NoDefinition } from './definition.js';
import { reasonFor } from './doubts.js';
import { addFormulas, EMPTY, type Formula, formulaOf, massOf, valueAt } from './formula.js';
import { type Attempt, amplitudeAt, integerAt, type Reading, readingAt, weightAt } from './integers.js';
import { linearCoefficients } from './linear.js';
import { giveUp, type Probe, probeOf, whyNot } from './probe.js';
import { type Ask, countIn, type Problem, type Settled, settle } from './problem.js';

export type Recovery =
  | {
      readonly kind: 'recovered';
      readonly formula: Formula;
      /** Significand bits up to which the kernel computes it: fewer than the element type's where it sums in a narrower one. */
      readonly bits: number;
      readonly calls: number;
    }
  | { readonly kind: 'not-recovered'; readonly why: string; readonly calls: number };

export interface RecoveryOptions {
  /** More than these and it is not recovered; 2000 by default. */
  readonly maxCalls?: number;
  readonly seed?: number;
}

/**
 * Few values mostly tell whether there are fractions; if that was wrong, more of them do. Then narrower sums, since a
 * kernel may hold them in fewer bits than its elements; and at last divisions that cancel but for their roundings.
 */
function attemptsFor(dtype: Problem['dtype']): Attempt[] {
  const [widest, ...narrower] = dtype === 'float64' ? [53, 24, 11] : [24, 11];
  return [
    { bits: widest!, values: 3, divides: false },
    ...[widest!, ...narrower].map(bits => ({ bits, values: 12, divides: false })),
    { bits: widest!, values: 12, divides: true },
  ];
}

/** Fresh probes that a formula must reproduce. */
const FRESH = 8;

/**
 * The element as a polynomial that is linear in each tensor it may read, with small fractions in front: recovered only
 * if it reproduces the kernel on fresh random integers. It is diagnosis, not evidence. The calls number about twice the
 * cells read, over the digits that one value holds.
 * @throws BackproofError the codes of `settle`, and what `ask` throws.
 */
export async function recoverFormula(
  ask: Ask,
  problem: Problem,
  options: RecoveryOptions = {},
): Promise<Recovery> {
  const settled = settle(problem);
  return recoverAt(ask, settled, definitionAt(settled), options);
}

/** The same where the definition's formulas are already written out. */
export async function recoverAt(
  ask: Ask,
  settled: Settled,
  definition: Definition | NoDefinition,
  { maxCalls = 2000, seed = 1 }: RecoveryOptions = {},
): Promise<Recovery> {
  const reads = settled.problem.mayRead ?? readsBy(settled, definition);
  const probe = probeOf(settled, ask, reads, { maxCalls, seed });
  let why: string | null = null;
  for (const attempt of attemptsFor(settled.problem.dtype)) {
    try {
      const formula = await formulaAt(probe, await readingAt(probe, attempt), attempt.bits);
      return { kind: 'recovered', formula, bits: attempt.bits, calls: probe.calls() };
    } catch (error) {
      why ??= whyNot(error);
      if (probe.calls() >= maxCalls) break;
    }
  }
  const noPolynomial = 'why' in definition && !definition.isPolynomial ? definition.why : null;
  const reason = await reasonFor(probe, noPolynomial).catch(whyNot);
  return { kind: 'not-recovered', why: reason ?? why!, calls: probe.calls() };
}

/** A definition that reads nothing here, where all is cut off, leaves the kernel free to read what it can. */
function readsBy({ tensors, wrt }: Settled, definition: Definition | NoDefinition): readonly string[] {
  if (wrt === null || 'why' in definition) return tensors;
  return definition.reads.length > 0 ? definition.reads : tensors.filter(name => name !== wrt);
}

/** @throws BackproofError `not-recovered`. */
async function formulaAt(probe: Probe, reading: Reading, bits: number): Promise<Formula> {
  let known = EMPTY;
  for (const tensor of probe.reads) known = addFormulas([known, await aloneTerms(probe, reading, tensor)]);
  const pairs = probe.reads.flatMap((one, k) => probe.reads.slice(k + 1).map(other => [one, other] as const));
  // All from what is known of single tensors: each pair is probed with the third tensor at 0.
  const products: Formula[] = [];
  for (const [one, other] of pairs) products.push(await pairTerms(probe, reading, one, other, known));
  const formula = addFormulas([known, ...products]);
  for (let k = 0; k < FRESH; k++) await refuseDifference(probe, reading, formula, bits);
  return formula;
}

/** Terms that read one tensor alone. */
async function aloneTerms(probe: Probe, reading: Reading, tensor: string): Promise<Formula> {
  const count = countIn(probe.settled, tensor);
  const value = (entries: ReadonlyMap<number, number>) =>
    integerAt(probe, reading, tensor, new Map([[tensor, dense(count, entries)]]), EMPTY);
  const found = await linearCoefficients(
    value,
    Array.from({ length: count }, (_, cell) => cell),
    { random: probe.random, bits: reading.bits - 1, firstBits: 4, weight: weightAt(reading.bits) },
  );
  if (!found) giveUp(`it is not linear in ${tensor}`);
  return formulaOf(
    [...found].map(([cell, coefficient]) => ({
      coefficient: rational.of(coefficient, reading.scale),
      factors: [{ tensor, cell }],
    })),
  );
}

/** Terms that multiply two tensors. */
async function pairTerms(
  probe: Probe,
  reading: Reading,
  one: string,
  other: string,
  known: Formula,
): Promise<Formula> {
  const counts = [countIn(probe.settled, one), countIn(probe.settled, other)] as const;
  const [rows, columns] = counts[0] <= counts[1] ? [one, other] : [other, one];
  const entries = await bilinearCoefficients(
    (row, column) => {
      const values = new Map([
        [rows, dense(Math.min(...counts), row)],
        [columns, dense(Math.max(...counts), column)],
      ]);
      return integerAt(probe, reading, rows, values, known);
    },
    {
      ...{ rows: Math.min(...counts), columns: Math.max(...counts), random: probe.random },
      ...{ bits: reading.bits - 1, amplitude: amplitudeAt(reading.bits) },
      ...{ weight: weightAt(reading.bits), scale: reading.scale },
    },
  );
  return formulaOf(
    entries.map(({ row, column, coefficient }) => ({
      coefficient: rational.of(coefficient, reading.scale),
      factors: [
        { tensor: rows, cell: row },
        { tensor: columns, cell: column },
      ],
    })),
  );
}

function dense(count: number, entries: ReadonlyMap<number, number>): Float64Array {
  const values = new Float64Array(count);
  for (const [cell, value] of entries) values[cell] = value;
  return values;
}

/** A fresh probe, with every tensor drawn anew, also those that the formula does not read. */
async function refuseDifference(
  probe: Probe,
  reading: Reading,
  formula: Formula,
  bits: number,
): Promise<void> {
  const mass = Math.max(1, massOf(formula));
  // As large as stays exact: a kernel with narrower sums differs here.
  const largest = Math.floor(Math.min(2 ** 20, Math.sqrt(2 ** (bits - 1) / mass)));
  const amplitude = reading.rounded ? amplitudeAt(bits) : Math.max(1, largest);
  const values = new Map(probe.settled.tensors.map(name => [name, probe.values(name, amplitude)]));
  const got = await probe.value(values);
  const expected = rational.toNumber(valueAt(formula, ({ tensor, cell }) => values.get(tensor)![cell]!));
  const slack = reading.rounded ? 2 ** -reading.bits * mass * amplitude ** 2 : 0;
  if (Math.abs(got - expected) > slack) giveUp('no formula of this form reproduces it on fresh integers');
}
