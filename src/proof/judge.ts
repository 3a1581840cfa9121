/** From a theorem to a verdict: prove, have the proof checked, or look for a counterexample. */
import { BackproofError } from '../error.js';
import { sumText } from '../index-sum/index.js';
import { checkedObject } from './certificate/check.js';
import { certificateObjects } from './certificate/read.js';
import { writeCertificate } from './certificate/write.js';
import { assumptionTexts, domainText, equationText } from './domain.js';
import { differsInValue, SAME_VALUE } from './refute/meaning.js';
import { type Accepts, type Refutation, refute } from './refute/refute.js';
import { findWitness } from './refute/witness.js';
import { findProof } from './search/find-proof.js';
import type { Theorem } from './statement/theorem.js';
import type { AllShapesReport } from './theorem.js';
import { check, type Proof } from './trusted/check.js';

type Judgement = Pick<AllShapesReport, 'verdict'> &
  Partial<Pick<AllShapesReport, 'certificate' | 'proof' | 'counterexample' | 'residual'>>;

/** Never PROVED unless the trusted checker accepted the certificate as it was written. */
export function judge(theorem: Theorem): AllShapesReport {
  const started = performance.now();
  const judgement = verdictOn(theorem);
  return reported(theorem, judgement, performance.now() - started);
}

/** The reports of a file of certificates: the trusted checker alone decides. @throws BackproofError if it is no JSON. */
export function certified(text: string): AllShapesReport[] {
  const objects = certificateObjects(text);
  return objects.map((object, k) => {
    const started = performance.now();
    const result = checkedObject(object);
    const ms = performance.now() - started;
    if (result.verdict === 'REJECTED') {
      const theorem = { ...NO_THEOREM, id: result.id ?? `certificate ${k + 1}` };
      return {
        ...reported(theorem, { verdict: 'REJECTED', residual: result.fault.message }, ms),
        domain: 'none',
      };
    }
    const { id, statement, proof } = result;
    const theorem: Theorem = { id, operator: null, wrt: null, claim: equationText(statement), statement };
    return reported(theorem, { verdict: 'PROVED', certificate: object as object, proof }, ms);
  });
}

const NO_THEOREM: Theorem = {
  id: '',
  operator: null,
  wrt: null,
  claim: 'not readable',
  statement: {
    parameters: [],
    assume: [],
    tensors: new Map(),
    units: new Map(),
    definitions: [],
    free: [],
    left: [],
    by: null,
    right: [],
  },
};

function reported(theorem: Theorem, judgement: Judgement, ms: number): AllShapesReport {
  const { id, operator, wrt, claim, statement } = theorem;
  const nothing = { certificate: null, proof: null, counterexample: null, residual: null };
  const domain = domainText(statement);
  // Both name the reciprocals.
  const told = new Set([...assumptionTexts(statement), ...(theorem.readings ?? [])]);
  const assumptions = [...told, 'exact arithmetic: rounding is not covered'];
  const described = { id, operator, wrt, rung: 'all-shapes' as const, domain, assumptions, claim };
  return { ...described, ...nothing, ...judgement, theorem, ms };
}

/** Products that a counterexample may cost before the slower ways to prove are tried: about a tenth of a second. */
const EARLY = 1_000_000;

function verdictOn(theorem: Theorem): Judgement {
  const { statement } = theorem;
  const quick = findProof(statement, ['quick']);
  if (quick.kind === 'found') return provedBy(theorem, quick);
  const accepts = acceptedBy(theorem);
  const early = refute(statement, EARLY, accepts);
  if (early) return refuted(early);
  const thorough = findProof(statement, ['thorough']);
  if (thorough.kind === 'found') return provedBy(theorem, thorough);
  const late = refute(statement, undefined, accepts);
  if (late) return refuted(late);
  if (accepts && refute(statement, EARLY)) return unknown(SAME_VALUE);
  const [left, right] = [sumText(thorough.left), sumText(thorough.right)];
  return unknown(`no proof and no counterexample was found; left over: ${left} = ${right}`);
}

function provedBy(theorem: Theorem, { factors, left, right }: Omit<Proof, 'witness'>): Judgement {
  const witness = findWitness(theorem.statement);
  if (!witness)
    return unknown('no values of the parameters meet the assumptions: they may contradict each other');
  const judgement = proved(theorem, { factors, left, right, witness: witness.values });
  if (witness.nonZero || judgement.verdict !== 'PROVED') return judgement;
  return { ...judgement, residual: 'both sides were 0 wherever they were tried' };
}

function proved(theorem: Theorem, found: Proof): Judgement {
  try {
    // Of the statement as it is asked, not as the certificate's writer and reader have it.
    check(theorem.statement, found);
    const text = writeCertificate(theorem, found);
    // And of the certificate that leaves the house: read again, then checked.
    const { proof } = checkedCertificate(text);
    return { verdict: 'PROVED', certificate: JSON.parse(text), proof };
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    return unknown(`a proof was found, but the checker refused it: ${error.message}`);
  }
}

function checkedCertificate(text: string) {
  const result = checkedObject(JSON.parse(text));
  if (result.verdict === 'PROVED') return result;
  throw result.fault;
}

/** A counterexample counts if the sides differ in value too, once opaque tensors are what they stand for. */
function acceptedBy({ statement, meaning }: Theorem): Accepts | undefined {
  return meaning && ((sizes, index) => differsInValue(statement, meaning, sizes, index) ?? false);
}

const unknown = (residual: string): Judgement => ({ verdict: 'UNKNOWN', residual });

function refuted({ left, right, leftCoefficient, rightCoefficient, ...found }: Refutation): Judgement {
  const sides = { definition: left, claim: right };
  const coefficients = { definitionCoefficient: leftCoefficient, claimCoefficient: rightCoefficient };
  return { verdict: 'REFUTED', counterexample: { ...found, ...sides, ...coefficients, mistakes: [] } };
}
