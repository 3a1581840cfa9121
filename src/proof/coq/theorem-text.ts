/** One theorem in Coq: the proof as data, then definitions and claim for a reader. */
import type { Theorem } from '../statement/theorem.js';
import type { Proof } from '../trusted/check.js';
import { namesOf } from './names.js';
import { proofData, proofText } from './proof-text.js';
import { declarations, satisfiable, theoremText } from './statement-text.js';

/** A module that ends in a theorem `statement`. @throws BackproofError if the proof does not pass the checker's rules. */
export function moduleText(module: string, { id, claim, statement }: Theorem, proof: Proof): string {
  const names = namesOf(statement);
  return `
(* ${comment(id)}: ${comment(claim)} *)
Module ${module}.
(* The proof, as data. The statement comes after it. *)
${proofData(statement, proof, names)}
Section Statement.
Context {ring : CommutativeRing}.
${declarations(statement, names)}
${theoremText(statement, names)}
${proofText(statement, names)}
End Statement.
${satisfiable(statement, proof, names)}
End ${module}.
`;
}

/** Text that neither ends a Coq comment nor opens another, nor a string. */
const comment = (text: string) =>
  text.replaceAll('"', "'").replaceAll(/\s+/g, ' ').replaceAll('(*', '( *').replaceAll('*)', '* )');
