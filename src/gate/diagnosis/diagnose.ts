/** From a wrong element to what is wrong: the two formulas, and the mistakes that explain the difference. */
import { compareFormulas, comparisonTexts } from './compare.js';
import { type Definition, definitionAt, type NoDefinition } from './definition.js';
import {
  type Configuration,
  type ExplainOptions,
  explainBy,
  type KnownMistake,
  suspectFrom,
} from './explain.js';
import type { Failure, Suspect } from './failure.js';
import { EMPTY, type Formula, sameFormula } from './formula.js';
import { formulaText } from './formula-text.js';
import type { Element, Hint } from './hint.js';
import { sharedHints } from './hints.js';
import { type Ask, type Problem, type Settled, settle, shapeIn } from './problem.js';
import { recordedMistakes } from './recorded.js';
import { type Recovery, type RecoveryOptions, recoverAt } from './recover.js';
import { explainByMemory } from './remembering.js';

/** What the judge already knows of the failure. */
export type Finding = Pick<Failure, 'case' | 'expected' | 'got' | 'bound' | 'replay'>;

export interface DiagnoseOptions extends RecoveryOptions {
  readonly mistakes?: readonly KnownMistake[];
  /** Looked into where none of those explains it. */
  readonly recorded?: readonly KnownMistake[];
  readonly explain?: ExplainOptions;
  /** Other wrong elements of the result: what explains all of them explains better. */
  readonly further?: readonly (readonly number[])[];
  /** A wrong element of a larger call, with `further` ones, where formulas tell more. */
  readonly larger?: Configuration;
}

/** Suspects in a report. */
const SUSPECTS = 3;

/**
 * Everything that can be said about one wrong element. The dictionary speaks first; where none of its entries does
 * what the kernel does, the mistakes of the operator's record do, and then the kernel's formula for itself.
 * @throws BackproofError the codes of `settle`, and what `ask` throws.
 */
export async function diagnose(
  ask: Ask,
  problem: Problem,
  finding: Finding,
  options: DiagnoseOptions = {},
): Promise<Failure> {
  const settled = settle(problem);
  const definition = definitionAt(settled);
  const recovery = await recoverAt(ask, settled, definition, options);
  const suspects = await fromDictionary(ask, problem, options);
  const told = suspects.length > 0 ? [] : await toldAtLarge({ ask, settled, definition, recovery }, options);
  const { params, shapes, index } = problem;
  return {
    ...{ case: finding.case, params, shapes, index },
    ...{ expected: finding.expected, got: finding.got, bound: finding.bound },
    ...formulaParts(settled, definition, recovery),
    diagnosis: [...suspects, ...told].slice(0, SUSPECTS),
    replay: finding.replay,
  };
}

/** Planted faults, in one call or from call to call; then the mistakes of the record. */
async function fromDictionary(ask: Ask, problem: Problem, options: DiagnoseOptions): Promise<Suspect[]> {
  const { mistakes = [], recorded = [], seed = 1, explain } = options;
  const planted = await explainBy(mistakes, ask, problem, { seed, ...explain });
  if (planted.length > 0) return planted.map(suspectFrom);
  const remembered = mistakes.length > 0 ? await explainByMemory(mistakes, ask, problem, seed) : [];
  if (remembered.length > 0) return remembered;
  return (await explainBy(recorded, ask, problem, { seed, ...explain })).map(suspectFrom);
}

type FormulaParts = Pick<Failure, 'expectedFormula' | 'kernelFormula' | 'missing' | 'extra'>;

function formulaParts(
  settled: Settled,
  definition: Definition | NoDefinition,
  recovery: Recovery,
): FormulaParts {
  const shapeOf = (tensor: string) => shapeIn(settled, tensor);
  const expected = 'at' in definition ? definition.at(settled.cell) : null;
  const got = recovery.kind === 'recovered' ? recovery.formula : null;
  const difference =
    expected && got ? comparisonTexts(compareFormulas(expected, got), shapeOf) : { missing: [], extra: [] };
  const expectedFormula = expected && formulaText(expected, shapeOf);
  const kernelFormula =
    recovery.kind === 'recovered' ? formulaText(recovery.formula, shapeOf) : `not recovered: ${recovery.why}`;
  // Two long formulas may be cut before they differ.
  const alike = kernelFormula === expectedFormula && difference.missing.length + difference.extra.length > 0;
  const note = alike ? ' (it differs further on)' : '';
  return { expectedFormula, kernelFormula: kernelFormula + note, ...difference };
}

interface Known {
  readonly ask: Ask;
  readonly settled: Settled;
  readonly definition: Definition | NoDefinition;
  readonly recovery: Recovery;
}

/** At one cell of one window many mistakes are alike: first where there are more. */
async function toldAtLarge(here: Known, options: DiagnoseOptions): Promise<Suspect[]> {
  const { larger, ...rest } = options;
  if (!larger) return toldByFormula(here, rest);
  const settled = settle(larger.problem);
  const definition = definitionAt(settled);
  const recovery = await recoverAt(larger.ask, settled, definition, options);
  if (recovery.kind !== 'recovered') return toldByFormula(here, { ...rest, further: [] });
  return toldByFormula({ ask: larger.ask, settled, definition, recovery }, rest);
}

async function toldByFormula(
  { ask, settled, definition, recovery }: Known,
  options: DiagnoseOptions,
): Promise<Suspect[]> {
  if (recovery.kind !== 'recovered' || !('at' in definition)) return [];
  const { op, result, dtype } = settled.problem;
  const where = `${op} ${result}`;
  const expected = definition.at(settled.cell);
  const narrow = recovery.bits < (dtype === 'float64' ? 53 : 24) ? [narrowSums(recovery.bits, where)] : [];
  if (sameFormula(expected, recovery.formula)) return narrow.length > 0 ? narrow : [rightFormula(where)];
  const elements = [elementOf(settled.cell, expected, recovery.formula)];
  for (const index of options.further ?? []) {
    const other = settle({ ...settled.problem, index });
    const found = await recoverAt(ask, other, definition, options);
    if (found.kind === 'recovered')
      elements.push(elementOf(other.cell, definition.at(other.cell), found.formula));
  }
  const recorded = recordedMistakes(settled, elements);
  const hints = sharedHints({ settled, definition }, elements);
  return [...recorded.slice(0, SUSPECTS - 1), ...hints.map(hint => suspectOf(hint, where)), ...narrow];
}

const elementOf = (cell: number, expected: Formula | undefined, got: Formula): Element => ({
  ...{ cell, got },
  expected: expected ?? EMPTY,
});

const suspectOf = ({ says, evidence }: Hint, where: string): Suspect => ({ mistake: says, where, evidence });

const narrowSums = (bits: number, where: string): Suspect => ({
  mistake: `sums are held in a narrower type than the elements: about ${bits} bits`,
  where,
  evidence: `the formula holds on integers whose sums stay below 2^${bits}, and not above`,
});

const rightFormula = (where: string): Suspect => ({
  mistake:
    'the formula is right: the difference comes from particular values, from other calls, or from rounding',
  where,
  evidence: 'on small integers the element is what the definition says',
});
