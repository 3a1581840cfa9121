/** What is wrong with an equation between numbers, and the right equation. */
import type { Expr } from '../../expr/index.js';
import { nodesOf } from '../formula/nodes.js';
import type { Formula } from '../formula/tree.js';
import type { Claim, Diagnosis, Slip } from './claim.js';
import { constantOf, equalExprs } from './compare.js';
import { correctedSum, pairSlip, signedFormula } from './edit.js';
import { levelOf } from './gaps.js';
import { mannerOf } from './manner.js';
import { type Matching, matchTerms, type Pair } from './match.js';
import { otherHead } from './other-head.js';
import { read } from './read.js';
import { Refusal } from './refusal.js';
import type { Scope } from './scope.js';
import {
  asIdeal,
  expanded,
  type IdealTerm,
  idealTerms,
  merged,
  termKey,
  type WrittenTerm,
  writtenTerms,
} from './terms.js';
import { transformed } from './transform.js';
import { atomFormula, sumFormula, termFormula, type Writer } from './write.js';

/** The first correction that holds; null where none was found. */
export function diagnose(claim: Claim, scope: Scope): Diagnosis | null {
  const written = writtenTerms(claim.side, scope);
  const level = levelOf(written);
  const writer: Writer = { model: scope.model, manner: mannerOf([claim.side, claim.headFormula], scope) };
  const all =
    claim.head && claim.head.kind !== 'given'
      ? idealTerms(scope.model, claim.head, level)
      : idealsOf(claim, scope);
  if (all === null) return null;
  const hidden = new Set(claim.hidden.map(termKey));
  const ideals = all.filter(term => !hidden.has(termKey(term)));
  const matching = matchTerms(scope.model, written, ideals);
  const terms = () => byTerms(claim, matching, ideals, writer);
  const whole = () => rebuilt(claim, matching, ideals, writer);
  const attempts: readonly (() => Diagnosis | null)[] = [
    () => leftSide(claim, written, writer, scope),
    () => turned(claim, written.length, matching, writer, scope),
    ...(matching.extra.some(hasBracket) ? [whole, terms] : [terms, whole]),
  ];
  for (const attempt of attempts) {
    const found = attempt();
    if (found && (found.kind === 'left-side' || holds(found.side, claim, scope))) return found;
  }
  return null;
}

/** A sum inside a term: the definition's terms cannot be found in it one by one. */
function hasBracket({ formula }: WrittenTerm): boolean {
  return [...nodesOf(formula)].some(node => node.kind === 'sum');
}

/** Where the other side is no single quantity, its own terms are the definition. */
function idealsOf({ headFormula, target }: Claim, scope: Scope): readonly IdealTerm[] | null {
  const terms = writtenTerms(headFormula, scope).map(asIdeal);
  if (!terms.every(term => term !== null)) return constantIdeal(target);
  return merged(terms.flatMap(term => expanded(scope.model, term)));
}

/** A side that is the same number for all values. */
function constantIdeal(target: Expr): readonly IdealTerm[] | null {
  const value = constantOf(target);
  if (value === null) return null;
  return value.numerator === 0 ? [] : [{ coefficient: value, atoms: [] }];
}

/** Every correction is read again, like an equation of the document, before it is shown. */
function holds(side: Formula, { target }: Claim, scope: Scope): boolean {
  try {
    const value = read(side, scope);
    return value.kind === 'scalar' && equalExprs(value.expr, target);
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function leftSide(
  claim: Claim,
  written: readonly WrittenTerm[],
  writer: Writer,
  scope: Scope,
): Diagnosis | null {
  const other = otherHead(claim, written, scope);
  if (other === null) return null;
  const nothing = { missing: [], extra: [], matching: null, turned: [] };
  const head = atomFormula(writer, other);
  return { slip: 'left-side', kind: 'left-side', head, side: claim.side, ...nothing };
}

/** Longer sides are explained term by term only. */
const TURNED_CAP = 1000;

/** All indices of one tensor are transposed, or the kernel lacks its rotation. */
function turned(
  claim: Claim,
  terms: number,
  matching: Matching,
  writer: Writer,
  scope: Scope,
): Diagnosis | null {
  const wrong = matching.replaced.length + matching.extra.length;
  if (wrong < 2 || terms > TURNED_CAP || claim.hidden.length > 0) return null;
  for (const { kind, tensors, side } of transformed(claim.side, writer, scope)) {
    if (kind === 'rotated' ? wrong < terms - 1 : wrong < 3) continue;
    if (!holds(side, claim, scope)) continue;
    const slip = kind === 'rotated' ? 'unrotated-kernel' : 'transposed';
    const lists = { missing: missingOf(matching, writer), extra: extraOf(matching) };
    return { slip, kind, head: claim.headFormula, side, ...lists, matching: null, turned: tensors };
  }
  return null;
}

function byTerms(claim: Claim, matching: Matching, ideals: readonly IdealTerm[], writer: Writer): Diagnosis {
  const side = correctedSum(claim.side, matching, ideals, writer);
  const lists = { missing: missingOf(matching, writer), extra: extraOf(matching) };
  return {
    slip: slipOf(matching),
    kind: 'terms',
    head: claim.headFormula,
    side,
    ...lists,
    matching,
    turned: [],
  };
}

/** The definition's own terms, for a side that is no plain sum of products. */
function rebuilt(
  claim: Claim,
  matching: Matching,
  ideals: readonly IdealTerm[],
  writer: Writer,
): Diagnosis | null {
  if (claim.hidden.length > 0) return null;
  const side = sumFormula(ideals.map(term => termFormula(writer, term)));
  const nothing = { missing: [], extra: [], matching, turned: [] };
  return { slip: null, kind: 'rebuilt', head: claim.headFormula, side, ...nothing };
}

function slipOf({ replaced, missing, extra }: Matching): Slip | null {
  const slips = replaced.map(pairSlip);
  if (slips.length > 0) return slips.includes('swapped-names') ? 'swapped-names' : (slips[0] ?? null);
  if (missing.length > 0) return 'missing-term';
  return extra.length > 0 ? 'extra-term' : null;
}

function missingOf({ replaced, missing }: Matching, writer: Writer): readonly Formula[] {
  return [...replaced.map(pair => pair.ideal), ...missing].map(term =>
    signedFormula(termFormula(writer, term)),
  );
}

function extraOf({ replaced, extra }: Matching): readonly Formula[] {
  return [...replaced.map((pair: Pair) => pair.written), ...extra].map(signedFormula);
}
