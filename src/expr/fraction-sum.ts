/** Sums of fractions: equal denominators are gathered, numerical ones brought to their least common multiple. */
import type { Integer, MonomialTable, Polynomial } from '../exact/index.js';
import { integer, polynomial, UNIT } from '../exact/index.js';
import { checkCoefficient, type Fraction, isConstantPolynomial, times, tooLarge } from './fraction.js';

/** A fraction to add; `spare` is its numerator if nobody else reads it, so that it may be overwritten. */
export interface Addend {
  readonly fraction: Fraction;
  readonly spare: Map<number, Integer> | undefined;
}

/** The sum, with a numerator that may be overwritten in turn. */
export interface Total extends Fraction {
  readonly numerator: Map<number, Integer>;
}

/** Fractions with more different denominators than this have no common one of reasonable size. */
const MAX_GROUPS = 256;

export function addFractions(addends: readonly Addend[], table: MonomialTable): Total {
  const [numeric, ...others] = groupsOf(addends);
  let total = numericTotal(numeric!);
  for (const members of others) {
    const next = { numerator: gather(members, () => 1), denominator: members[0]!.fraction.denominator };
    const left = times(total.numerator, next.denominator, table);
    const right = times(next.numerator, total.denominator, table);
    const denominator = times(total.denominator, next.denominator, table);
    total = { numerator: new Map(polynomial.add(left, right)), denominator };
  }
  return total;
}

/** The addends by denominator; the first group takes all numerical ones. */
function groupsOf(addends: readonly Addend[]): Addend[][] {
  const numeric: Addend[] = [];
  const groups: Addend[][] = [];
  for (const addend of addends) {
    const { denominator } = addend.fraction;
    const group = isConstantPolynomial(denominator) ? numeric : groups.find(sameDenominator(denominator));
    if (group) group.push(addend);
    else groups.push([addend]);
    if (groups.length > MAX_GROUPS) throw tooLarge();
  }
  return [numeric, ...groups];
}

function sameDenominator(denominator: Polynomial<number>): (group: readonly Addend[]) => boolean {
  return ([first]) =>
    first!.fraction.denominator === denominator || polynomial.equal(first!.fraction.denominator, denominator);
}

function numericTotal(addends: readonly Addend[]): Total {
  let multiple: Integer = 1;
  for (const { fraction } of addends) {
    const divisor = fraction.denominator.get(UNIT)!;
    multiple = integer.multiply(multiple, integer.divide(divisor, integer.gcd(multiple, divisor)));
    checkCoefficient(multiple);
  }
  const numerator = gather(addends, ({ denominator }) => integer.divide(multiple, denominator.get(UNIT)!));
  return { numerator, denominator: new Map([[UNIT, multiple]]) };
}

/** The sum of the numerators times their scales, built in the largest numerator that is spare. */
function gather(addends: readonly Addend[], scaleOf: (fraction: Fraction) => Integer): Map<number, Integer> {
  let host: Addend | undefined;
  for (const addend of addends) {
    const size = addend.spare?.size ?? 0;
    if (size > (host?.spare?.size ?? 0) && scaleOf(addend.fraction) === 1) host = addend;
  }
  const total = host?.spare ?? new Map<number, Integer>();
  for (const addend of addends) {
    if (addend === host) continue;
    const scale = scaleOf(addend.fraction);
    for (const [monomial, coefficient] of addend.fraction.numerator) {
      polynomial.accumulate(total, monomial, integer.multiply(coefficient, scale));
    }
  }
  return total;
}
