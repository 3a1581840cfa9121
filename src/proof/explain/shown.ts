/** Evidence in words: why polynomials are at least 0, or a guard holds. Formulas stand between `$` signs. */
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Guard, Term } from '../../index-sum/index.js';
import { tidyEvidence } from '../certificate/tidy.js';
import type { Evidence } from '../trusted/rules.js';
import {
  atLeastZero,
  between,
  condition,
  equation,
  factored,
  formula,
  name,
  type Setting,
} from './formula.js';

type Sum = Evidence[number];

export const math = (text: string): string => `$${text}$`;

/** n - 1 - v */
const below = (v: Polynomial, n: Polynomial) =>
  polynomial.subtract(n, polynomial.add(v, polynomial.constant(1)));

const isFact = (claim: Polynomial, sum: Sum): boolean =>
  sum.length === 1 && sum[0]!.length === 1 && polynomial.equal(sum[0]![0]!, claim);

/** Why a guard holds wherever the rest of the term is not zero. */
export function shown(guard: Guard, evidence: Evidence, rest: Term, setting: Setting): string {
  const sums = tidyEvidence(evidence);
  const text = math(condition(guard, setting));
  const short = byEquations(guard, sums, rest, setting) ?? byRange(guard, sums, rest, setting);
  if (short !== null) return text + short;
  const negative = guard.kind === 'equation' ? polynomial.negate(guard.zero) : null;
  const claims =
    guard.kind === 'equation' ? [guard.zero, negative!] : [guard.value, below(guard.value, guard.extent)];
  const reasons = claims.map((claim, k) => showing(claim, sums[k] ?? [], rest, setting));
  return `${text}, since ${reasons.join(', and ')}`;
}

/** For an equation that follows from others. */
export function byEquations(guard: Guard, sums: Evidence, rest: Term, setting: Setting): string | null {
  const equations = sums.flat().map(product => equationIn(product, rest));
  if (guard.kind === 'range' || !equations.every(one => one)) return null;
  return equations.length > 0 ? ` by ${list(equations, setting)}` : ' for all integers';
}

/** For a range guard that is known, of its own value or of what equals it. */
function byRange(guard: Guard, sums: Evidence, rest: Term, setting: Setting): string | null {
  const [first = [], second = []] = sums;
  const open = (sum: Sum) => sum.filter(product => !equationIn(product, rest));
  const [[lower, ...more], [upper, ...others]] = [open(first), open(second)];
  const isOne = lower?.length === 1 && upper?.length === 1 && more.length + others.length === 0;
  if (guard.kind === 'equation' || !isOne) return null;
  const { value, extent } = guard;
  const known = lower[0]!;
  if (!polynomial.equal(upper[0]!, below(known, extent))) return null;
  const index = [...known.keys()].join();
  const what =
    known.size === 1 && known.get(index) === 1 ? `the range of ${math(name(index, setting))}` : 'given';
  const by = list(
    [...first, ...second].map(product => equationIn(product, rest)),
    setting,
  );
  if (by === '') return ` is ${what}`;
  const same = math(`${formula(value, setting)} = ${formula(known, setting)}`);
  return `, since ${same} by ${by}, and ${math(between(known, extent, setting))} is ${what}`;
}

/** "s p = (s - 1) p + p ≥ 0" */
export function showing(claim: Polynomial, sum: Sum, rest: Term, setting: Setting): string {
  if (isFact(claim, sum)) return `${math(atLeastZero(claim, setting))} is given`;
  const total = sum
    .map(product => product.reduce(polynomial.product, polynomial.constant(1)))
    .reduce(polynomial.add, polynomial.constant(0));
  const denied = below(claim, new Map());
  const isDenied = sum.some(product => product.some(factor => polynomial.equal(factor, denied)));
  const isClaim = polynomial.equal(total, claim);
  const value = formula(isClaim ? claim : polynomial.constant(-1), setting);
  const [said, by] = told(sum, rest, setting);
  // Where the evidence is the value, monomial by monomial, it is said once.
  const text = isClaim && by === '' && sum.flat().every(isAlone) ? value : said;
  const ge = setting.latex ? '\\ge' : '≥';
  const line = math(`${value === text ? '' : `${value} = `}${text} ${ge} 0`);
  if (!isDenied && isClaim) return line + by;
  return `${math(atLeastZero(claim, setting))}, for otherwise ${line}${by}, which cannot be`;
}

/** A sum without the products that equations make 0, and the equations: " by x = y". */
export function told(sum: Sum, rest: Term, setting: Setting): readonly [string, string] {
  const equations = sum.map(product => equationIn(product, rest));
  const open = sum.filter((_, k) => !equations[k]);
  const [first] = open;
  const isFactor = open.length === 1 && first!.length === 1;
  const text = isFactor
    ? formula(first![0]!, setting)
    : open.map(product => productText(product, setting)).join(' + ') || '0';
  const by = list(equations, setting);
  return [text, by === '' ? '' : ` by ${by}`];
}

/** One monomial that is not taken away. */
const isAlone = (factor: Polynomial): boolean => factor.size === 1 && [...factor.values()][0]! > 0;

function productText(product: readonly Polynomial[], setting: Setting): string {
  const factors = [...product].sort((a, b) => Number(isAlone(b)) - Number(isAlone(a)));
  const texts = factors.map(factor => {
    const text = factored(factor, setting);
    return isAlone(factor) || (product.length === 1 && text.endsWith(')')) ? text : `(${text})`;
  });
  return texts.join(' ') || '1';
}

/** The equation of the term that makes a product 0. */
function equationIn(product: readonly Polynomial[], { guards }: Term): Guard | null {
  const isZero = (zero: Polynomial) => (factor: Polynomial) =>
    polynomial.equal(factor, zero) || polynomial.equal(factor, polynomial.negate(zero));
  return guards.find(one => one.kind === 'equation' && product.some(isZero(one.zero))) ?? null;
}

function list(guards: readonly (Guard | null)[], setting: Setting): string {
  const texts = guards.flatMap(one => (one?.kind === 'equation' ? [math(equation(one.zero, setting))] : []));
  return [...new Set(texts)].join(' and ');
}
