/** A forged proof, the one premise that refuses it, and a proof that differs and meets it. */
import { check } from '../../../../src/proof/trusted/check.js';
import { sidesOf } from '../../../../src/proof/trusted/statement.js';
import { proofOf, type Sketch, statementOf } from '../read.js';

export interface Forged {
  readonly name: string;
  /** The code that the checker refuses it with. */
  readonly code: string;
  readonly forged: Sketch;
  /** What a like proof needs to be accepted: laid over the forged one. */
  readonly twin: Partial<Sketch>;
  /** The forged statement has no instance, rather than one where its sides differ. */
  readonly vacuous?: true;
}

/** The trusted checker, or one that lacks a premise. */
export interface Checker {
  readonly check: typeof check;
  readonly sidesOf: typeof sidesOf;
}

/** The code that a proof is refused with, or "accepted". */
export function outcomeOf(sketch: Sketch, checker: Checker = { check, sidesOf }): string {
  const statement = statementOf(sketch);
  try {
    checker.check(statement, proofOf(sketch, checker.sidesOf(statement)));
    return 'accepted';
  } catch (error) {
    // Not by its class: every mutant of the checker has one of its own.
    return error instanceof Error && 'code' in error ? String(error.code) : `crashed: ${error}`;
  }
}

/** The cases that do not come out as they should. */
export function surprises(cases: readonly Forged[], checker: Checker) {
  return cases.flatMap(({ name, code, forged, twin }) => {
    const parts = [
      { proof: 'forged', expected: code, got: outcomeOf(forged, checker) },
      { proof: 'twin', expected: 'accepted', got: outcomeOf({ ...forged, ...twin }, checker) },
    ];
    return parts.filter(({ expected, got }) => expected !== got).map(part => ({ name, ...part }));
  });
}
