/** A forged proof, the one premise that refuses it, and a proof that differs and meets it. */
import { BackproofError } from '../../../../src/error.js';
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

/** The code that a proof is refused with, or "accepted". */
export function outcomeOf(sketch: Sketch): string {
  const statement = statementOf(sketch);
  try {
    check(statement, proofOf(sketch, sidesOf(statement)));
    return 'accepted';
  } catch (error) {
    return error instanceof BackproofError ? error.code : `crashed: ${error}`;
  }
}

/** The cases that do not come out as they should. */
export function surprises(cases: readonly Forged[]) {
  return cases.flatMap(({ name, code, forged, twin }) => {
    const parts = [
      { proof: 'forged', expected: code, got: outcomeOf(forged) },
      { proof: 'twin', expected: 'accepted', got: outcomeOf({ ...forged, ...twin }) },
    ];
    return parts.filter(({ expected, got }) => expected !== got).map(part => ({ name, ...part }));
  });
}
