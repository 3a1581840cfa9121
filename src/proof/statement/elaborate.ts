/** A claim as definitions: one for each application, innermost first. */
import { BackproofError } from '../../error.js';
import { polynomial } from '../../exact/index.js';
import { type Program, parsePolynomial } from '../../index-sum/index.js';
import {
  type Application,
  type Claim,
  type Operator,
  operatorNamed,
  parameterLetters,
  programOf,
  type SymbolicCall,
  unknownTensor,
} from '../../ops/index.js';
import { applied, defineProgram } from './apply.js';
import { type Draft, hold, type Value } from './draft.js';

/** Adds a claim over the tensors of a call to the draft. @throws BackproofError `ill-formed-claim`. */
export function claimed(
  draft: Draft,
  claim: Claim,
  call: SymbolicCall,
  tensors: Readonly<Record<string, Value>>,
): Value {
  if (claim.kind === 'tensor') {
    const known = tensors[claim.name];
    if (!known) throw unknownTensor(claim.name, Object.keys(tensors));
    return known;
  }
  const inputs = Object.entries(claim.inputs).map(
    ([name, one]) => [name, claimed(draft, one, call, tensors)] as const,
  );
  if (claim.kind === 'formula') {
    const known = Object.entries({ ...tensors, ...Object.fromEntries(inputs) });
    const names = Object.fromEntries(known.map(([name, value]) => [name, value.tensor]));
    const program = programOf(claim.text, call.rank);
    refuseStrangers(program, names);
    return defineProgram(draft, program, call, names, program.stages.at(-1)!.name);
  }
  const operator = operatorNamed(claim.operator);
  return applied(draft, operator, Object.fromEntries(inputs), settingsOf(operator, claim, call));
}

/** @throws BackproofError `ill-formed-claim` for a tensor of another name. */
function refuseStrangers({ inputs }: Program, known: Readonly<Record<string, string>>): void {
  const stranger = [...inputs.keys()].find(name => !(name in known));
  if (stranger !== undefined) throw unknownTensor(stranger, Object.keys(known));
}

function settingsOf(operator: Operator, claim: Application, { letters, rank }: SymbolicCall) {
  const perLetter = parameterLetters(operator, rank);
  const sizes = Object.entries(claim.sizes).map(([name, text]) => {
    const values = (perLetter.get(name) ?? []).map((_, k) =>
      polynomial.substitute(parsePolynomial(text, text.includes('@') ? k + 1 : null), letters),
    );
    return [name, values] as const;
  });
  return { sizes: Object.fromEntries(sizes), modes: claim.modes };
}

/** @throws BackproofError `claim-shape-mismatch`. */
export function requireShape(draft: Draft, where: string, claim: Value, of: Value): void {
  if (claim.free.length !== of.free.length) throw otherRank(where, claim, of);
  for (const [axis, { extent }] of of.free.entries()) {
    const left = claim.free[axis]!.extent;
    hold(draft, where, { kind: 'equal', left, right: extent }, 'claim-shape-mismatch');
  }
}

function otherRank(where: string, claim: Value, of: Value): BackproofError {
  return new BackproofError({
    code: 'claim-shape-mismatch',
    where,
    what: 'the claimed gradient has another number of axes',
    expected: String(of.free.length),
    got: String(claim.free.length),
    fix: 'Give the claim the shape of the tensor.',
  });
}
