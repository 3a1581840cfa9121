/** A side of an equation as a sum of products of known quantities, as written and as the definition has it. */
import { type Rational, rational } from '../../exact/index.js';
import { constant, type Expr, product } from '../../expr/index.js';
import type { CellTerm } from '../../proof/index.js';
import type { Formula } from '../formula/tree.js';
import { type Atom, atomKey, exprOfAtom } from './atom.js';
import { powerOf, quantityOf } from './meaning.js';
import { factorsOf, forwardTerms, gradientTerms, type Model } from './model.js';
import { numberOf } from './number.js';
import type { Scope } from './scope.js';

export interface Factor {
  readonly atom: Atom;
  /** The node that was written for it. */
  readonly formula: Formula;
}

/** One term of the written sum. */
export interface WrittenTerm {
  readonly formula: Formula;
  readonly sign: '+' | '-';
  /** With its sign; the factors are null where the term is no product of numbers and known quantities. */
  readonly coefficient: Rational;
  readonly factors: readonly Factor[] | null;
}

/** One term of the definition. */
export interface IdealTerm {
  readonly coefficient: Rational;
  readonly atoms: readonly Atom[];
}

/** `chain`: dL/dO_k * dO_k/dF_j; `cells`: the local derivative is put in. */
export type Level = 'chain' | 'cells';

export function writtenTerms(side: Formula, scope: Scope): readonly WrittenTerm[] {
  const inner = side.kind === 'label' && side.of !== null ? side.of : side;
  const terms = inner.kind === 'sum' ? inner.terms : [{ sign: '+' as const, formula: inner }];
  return terms
    .filter(({ formula }) => formula.kind !== 'ellipsis')
    .map(({ sign, formula }) => {
      const flat = flatten(formula, scope);
      const coefficient = flat?.coefficient ?? rational.ONE;
      return {
        formula,
        sign,
        coefficient: sign === '-' ? rational.negate(coefficient) : coefficient,
        factors: flat?.factors ?? null,
      };
    });
}

interface Flat {
  readonly coefficient: Rational;
  readonly factors: readonly Factor[];
}

function flatten(formula: Formula, scope: Scope): Flat | null {
  switch (formula.kind) {
    case 'number':
      return { coefficient: numberOf(formula), factors: [] };
    case 'negation': {
      const inner = flatten(formula.of, scope);
      return inner && { ...inner, coefficient: rational.negate(inner.coefficient) };
    }
    case 'product':
      return formula.factors.reduce<Flat | null>(
        (left, factor) => {
          const right = left && flatten(factor, scope);
          if (!left || !right) return null;
          const coefficient = rational.multiply(left.coefficient, right.coefficient);
          return { coefficient, factors: [...left.factors, ...right.factors] };
        },
        { coefficient: rational.ONE, factors: [] },
      );
    case 'name':
    case 'derivative':
    case 'differential':
    case 'label':
    case 'entry':
    case 'call':
      return single(formula, scope);
    default:
      return null;
  }
}

function single(formula: Formula, scope: Scope): Flat | null {
  if (formula.kind === 'name') {
    const { name, exponent } = powerOf(formula, scope);
    if (exponent !== null) return repeated(single(name, scope), exponent, formula);
  }
  const atom = quantityOf(formula, scope);
  if (atom === null || atom === 'loss' || atom.kind === 'array') return null;
  return { coefficient: rational.ONE, factors: [{ atom, formula }] };
}

const LONGEST_POWER = 8;

/** A power as the same factor several times. */
function repeated(flat: Flat | null, exponent: number, formula: Formula): Flat | null {
  const [factor] = flat?.factors ?? [];
  if (!factor || exponent < 1 || exponent > LONGEST_POWER) return null;
  const factors = Array.from({ length: exponent }, () => ({ ...factor, formula }));
  return { coefficient: rational.ONE, factors };
}

/** The terms that the setup defines a quantity by; none for a quantity that the setup leaves open. */
export function idealTerms(model: Model, head: Atom, level: Level): readonly IdealTerm[] {
  switch (head.kind) {
    case 'output':
      return forwardTerms(model, head.cell).map(term => idealTerm(term));
    case 'local':
      return localTerms(model, head);
    case 'gradient': {
      const terms = gradientTerms(model, head.of, head.cell);
      if (level === 'cells') return terms.map(term => idealTerm(term));
      const upstream = terms.flatMap(term => factorsOf(term).filter(({ given }) => given === 'upstream'));
      return [...new Set(upstream.map(({ cell }) => cell))].map(output => ({
        coefficient: rational.ONE,
        atoms: [
          { kind: 'given', of: 'upstream', cell: output },
          { kind: 'local', output, of: head.of, cell: head.cell },
        ],
      }));
    }
    case 'given':
    case 'outside':
      return [];
  }
}

function idealTerm(term: CellTerm, without: number | null = null): IdealTerm {
  const factors = factorsOf(term).filter((_, k) => k !== without);
  return {
    coefficient: rational.of(term.coefficient),
    atoms: factors.map(({ given, cell }) => ({ kind: 'given', of: given, cell })),
  };
}

/** Leibniz's rule on the forward terms: each mention of the cell leaves the other factors. */
function localTerms(model: Model, head: Extract<Atom, { kind: 'local' }>): readonly IdealTerm[] {
  return forwardTerms(model, head.output).flatMap(term =>
    factorsOf(term).flatMap(({ given, cell }, k) =>
      given === head.of && cell === head.cell ? [idealTerm(term, k)] : [],
    ),
  );
}

export function exprOfTerm(model: Model, { coefficient, atoms }: IdealTerm): Expr {
  return product([constant(coefficient), ...atoms.map(atom => exprOfAtom(model, atom))]);
}

export function termKey({ atoms }: IdealTerm): string {
  return atoms.map(atomKey).join(' * ');
}

/** A written term that is a product of known quantities, as the definition would have it. */
export function asIdeal({ coefficient, factors }: WrittenTerm): IdealTerm | null {
  return factors && { coefficient, atoms: factors.map(({ atom }) => atom) };
}

const EXPANDED_CAP = 4096;

/** A term with every quantity that the operator determines put in, as far as that stays small. */
export function expanded(model: Model, { coefficient, atoms }: IdealTerm): readonly IdealTerm[] {
  let products: readonly IdealTerm[] = [{ coefficient, atoms: [] }];
  for (const atom of atoms) {
    const open = atom.kind === 'given' || atom.kind === 'outside';
    const parts = open ? [{ coefficient: rational.ONE, atoms: [atom] }] : idealTerms(model, atom, 'cells');
    if (products.length * parts.length > EXPANDED_CAP) return [{ coefficient, atoms }];
    products = products.flatMap(left =>
      parts.map(right => ({
        coefficient: rational.multiply(left.coefficient, right.coefficient),
        atoms: [...left.atoms, ...right.atoms],
      })),
    );
  }
  return products;
}

/** Like terms as one; terms that cancel are gone. */
export function merged(terms: readonly IdealTerm[]): readonly IdealTerm[] {
  const totals = new Map<string, IdealTerm>();
  for (const term of terms) {
    const key = term.atoms.map(atomKey).sort().join(' * ');
    const coefficient = rational.add(totals.get(key)?.coefficient ?? rational.ZERO, term.coefficient);
    totals.set(key, { coefficient, atoms: totals.get(key)?.atoms ?? term.atoms });
  }
  return [...totals.values()].filter(({ coefficient }) => coefficient.numerator !== 0);
}
