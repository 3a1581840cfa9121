/**
 * Pointwise formulas as sums of products. What is no polynomial becomes an opaque tensor: nothing is known of it but
 * the rule for its derivative. Equal functions of equal tensors are one tensor.
 */
import { BackproofError } from '../../error.js';
import { type Integer, integer, type Polynomial, polynomial, rational } from '../../exact/index.js';
import { call, constant, type Expr, product, sum } from '../../expr/index.js';
import type { Atom, Range, Term } from '../../index-sum/index.js';
import { type Draft, type Monomial, newTensor, type OpaqueFunction } from './draft.js';

/** Where a formula is read: its arguments, the indices around it, and a name for it if it is one opaque tensor. */
export interface Place {
  readonly arguments: readonly Atom[];
  readonly free: readonly Range[];
  readonly name: string | null;
}

const ONE: readonly Monomial[] = [{ coefficient: 1, atoms: [] }];

/** @throws BackproofError `formula-too-large`. */
export function monomialsOf(draft: Draft, formula: Expr, place: Place): readonly Monomial[] {
  const plain = { ...place, name: null };
  const inner = (part: Expr) => monomialsOf(draft, part, plain);
  switch (formula.kind) {
    case 'constant': {
      const { numerator, denominator } = formula.value;
      if (numerator === 0) return [];
      const unit = denominator === 1 ? [] : [unitAtom(draft, polynomial.constant(denominator), 'inverse')];
      return [{ coefficient: numerator, atoms: unit }];
    }
    case 'variable':
      return [{ coefficient: 1, atoms: [place.arguments[formula.index[0]!]!] }];
    case 'sum':
      return collected(formula.terms.flatMap(inner));
    case 'product':
      return formula.factors.map(inner).reduce(times, ONE);
    case 'power': {
      const at = formula.exponent === -1 ? place : plain;
      const base = formula.exponent < 0 ? reciprocal(draft, formula.base, at) : inner(formula.base);
      return Array.from({ length: Math.abs(formula.exponent) }, () => base).reduce(times, ONE);
    }
    case 'quotient': {
      const { numerator, denominator } = formula;
      // Only 1/u is the reciprocal and nothing more.
      const isOne = numerator.kind === 'constant' && rational.equal(numerator.value, rational.ONE);
      return times(inner(numerator), reciprocal(draft, denominator, isOne ? place : plain));
    }
    case 'call':
      return callMonomials(draft, formula, place);
  }
}

function callMonomials(
  draft: Draft,
  { fn, args }: Extract<Expr, { kind: 'call' }>,
  place: Place,
): readonly Monomial[] {
  const inner = (part: Expr) => monomialsOf(draft, part, { ...place, name: null });
  const [a, b, c] = args;
  switch (fn) {
    case 'sigmoid': {
      // exp(u)/(1 + exp(u)), so that it is the derivative of log(1 + exp(u)).
      const exp = inner(call('exp', [a!]));
      return times(exp, opaque(draft, 'reciprocal', collected([...ONE, ...exp]), { ...place, name: null }));
    }
    case 'max':
      return inner(call('select', [sum([a!, negated(b!)]), a!, b!]));
    case 'select': {
      // b + [-a > 0] (c - b)
      const positive = opaque(draft, 'positive', scaled(inner(a!), -1), { ...place, name: null });
      const [first, second] = [inner(b!), inner(c!)];
      return collected([...first, ...times(positive, [...second, ...scaled(first, -1)])]);
    }
    default:
      return opaque(draft, fn, inner(a!), place);
  }
}

const negated = (part: Expr): Expr => product([constant(-1), part]);

/** 1/(a b) is 1/a 1/b, so that factors are recognised wherever they come from. */
function reciprocal(draft: Draft, of: Expr, place: Place): readonly Monomial[] {
  const plain = { ...place, name: null };
  if (of.kind === 'product') return of.factors.map(part => reciprocal(draft, part, plain)).reduce(times, ONE);
  if (of.kind === 'quotient')
    return times(monomialsOf(draft, of.denominator, plain), reciprocal(draft, of.numerator, plain));
  if (of.kind === 'power') {
    const base = of.exponent < 0 ? monomialsOf(draft, of.base, plain) : reciprocal(draft, of.base, plain);
    return Array.from({ length: Math.abs(of.exponent) }, () => base).reduce(times, ONE);
  }
  return reciprocalOf(draft, monomialsOf(draft, of, plain), place);
}

/** The reciprocal of a sum of products; of one product it is the product of the reciprocals. */
export function reciprocalOf(draft: Draft, of: readonly Monomial[], place: Place): readonly Monomial[] {
  const [only, ...others] = of;
  if (!only || others.length > 0) return opaque(draft, 'reciprocal', of, place);
  const { coefficient, atoms } = only;
  const factor = unitMonomial(draft, coefficient);
  if (atoms.length === 1 && factor === ONE) return opaque(draft, 'reciprocal', of, place);
  return atoms
    .map(atom => opaque(draft, 'reciprocal', [{ coefficient: 1, atoms: [atom] }], { ...place, name: null }))
    .reduce(times, factor);
}

/** 1/n as a product of the ring. */
function unitMonomial(draft: Draft, of: Integer): readonly Monomial[] {
  const size = integer.absolute(of);
  if (size === 1) return of === 1 ? ONE : [{ coefficient: -1, atoms: [] }];
  return [{ coefficient: of < 0 ? -1 : 1, atoms: [unitAtom(draft, polynomial.constant(size), 'inverse')] }];
}

/** The tensor without axes whose product with a count is 1. */
export function unitAtom(draft: Draft, value: Polynomial, name: string): Atom {
  const known = [...draft.units].find(([, one]) => polynomial.equal(one, value));
  if (known) return { tensor: known[0], index: [] };
  const tensor = newTensor(draft, name);
  draft.tensors.set(tensor, 0);
  draft.units.set(tensor, value);
  return { tensor, index: [] };
}

/** A function of a sum of products, over the indices that this mentions. */
export function opaque(
  draft: Draft,
  fn: OpaqueFunction,
  of: readonly Monomial[],
  { free, name }: Place,
): readonly Monomial[] {
  const mentioned = new Set(of.flatMap(({ atoms }) => atoms.flatMap(({ index }) => index.flatMap(namesOf))));
  const own = free.filter(range => mentioned.has(range.name));
  const index = own.map(range => polynomial.variable(range.name));
  const key = `${fn} ${canonical(of, own)}`;
  let tensor = draft.byContent.get(key);
  if (tensor === undefined) {
    // The tensor that a stage defines, where the stage says no more than this.
    const isStage = name !== null && own.length === free.length;
    tensor = newTensor(draft, isStage ? name : fn);
    draft.tensors.set(tensor, own.length);
    draft.byContent.set(key, tensor);
    draft.opaques.set(tensor, { fn, isStage, free: own, of });
  }
  return [{ coefficient: 1, atoms: [{ tensor, index }] }];
}

const namesOf = (part: Polynomial): string[] => [...polynomial.names(part)];

/** The same text for the same sum, whatever its indices are called. */
function canonical(of: readonly Monomial[], free: readonly Range[]): string {
  const places = new Map(free.map(({ name }, k) => [name, polynomial.variable(`#${k}`)]));
  const atomText = ({ tensor, index }: Atom) =>
    `${tensor}[${index.map(part => polynomial.text(polynomial.substitute(part, places))).join()}]`;
  return of
    .map(({ coefficient, atoms }) => `${coefficient} ${atoms.map(atomText).sort().join('*')}`)
    .sort()
    .join(' + ');
}

export function times(a: readonly Monomial[], b: readonly Monomial[]): readonly Monomial[] {
  if (a.length * b.length > MOST) throw tooLarge();
  const products = a.flatMap(one =>
    b.map(other => ({
      coefficient: integer.multiply(one.coefficient, other.coefficient),
      atoms: [...one.atoms, ...other.atoms],
    })),
  );
  return collected(products);
}

const MOST = 1000;

export const scaled = (of: readonly Monomial[], factor: Integer): Monomial[] =>
  of.map(one => ({ ...one, coefficient: integer.multiply(one.coefficient, factor) }));

/** Like terms gathered. */
export function collected(of: readonly Monomial[]): readonly Monomial[] {
  const gathered = new Map<string, Monomial>();
  for (const one of of) {
    const key = canonical([{ ...one, coefficient: 1 }], []);
    const known = gathered.get(key);
    const coefficient = integer.add(known?.coefficient ?? 0, one.coefficient);
    if (coefficient === 0) gathered.delete(key);
    else gathered.set(key, { ...one, coefficient });
  }
  return [...gathered.values()];
}

export const termsFrom = (of: readonly Monomial[]): Term[] =>
  of.map(({ coefficient, atoms }) => ({ coefficient, bound: [], guards: [], atoms }));

function tooLarge(): BackproofError {
  return new BackproofError({
    code: 'formula-too-large',
    where: 'definition',
    what: 'a formula has too many terms when it is multiplied out',
    expected: `at most ${MOST}`,
    got: 'more',
    fix: 'Split it into stages.',
  });
}
