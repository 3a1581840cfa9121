/** Reads the texts that term-text.ts writes; nothing else passes. */
import { type Integer, integer, type Polynomial, polynomial } from '../../exact/index.js';
import type { Atom, Definition, Guard, Range, Term } from '../../index-sum/index.js';
import { fault, illFormed } from './fault.js';
import { unfoldItem, unfoldList } from './fold.js';

/** No statement of an operator comes near these. */
const [MONOMIALS, DEGREE, DIGITS] = [64, 12, 40];

export function readPolynomial(text: string): Polynomial {
  const value = /\s/.test(text) ? null : polynomial.parse(text, DIGITS);
  if (!value) return illFormed('a polynomial cannot be read', 'a text such as "2*s*p-a+1"', text);
  const degree = Math.max(0, ...[...value.keys()].map(monomial => monomial.split('*').length));
  if (value.size > MONOMIALS || degree > DEGREE)
    fault('certificate-too-large', 'a polynomial is too large', `${MONOMIALS} monomials`, text);
  return value;
}

export function readInteger(text: string): Integer {
  if (!/^(0|-?[1-9]\d*)$/.test(text) || text.length > DIGITS)
    illFormed('an integer cannot be read', `at most ${DIGITS} decimal digits`, text);
  return integer.from(text);
}

/** The groups of a match. @throws BackproofError `certificate-ill-formed`. */
export function matched(text: string, form: RegExp, expected: string): string[] {
  const match = form.exec(text);
  return match ? match.slice(1).map(part => part ?? '') : illFormed('a text cannot be read', expected, text);
}

export const NAME = "[A-Za-z_][\\w']*";
const RANGE = new RegExp(`^(${NAME})<(.+)$`);
const ATOM = new RegExp(`^(${NAME})\\[([^[\\]]*)\\]$`);
const DEFINITION = new RegExp(`^(${NAME})\\[([^[\\]]*)\\]=(.+)$`);
const TERM = /^(?:sum\(([^()]+)\))?((?:\[[^[\]]*\])*)(.+)$/;

export function readRange(text: string): Range {
  const [name, extent] = matched(text, RANGE, 'a range such as "n<N"');
  return { name: name!, extent: readPolynomial(extent!) };
}

export const readRanges = (text: string, axes: number): Range[] => unfoldList(text, axes).map(readRange);

export function readGuard(text: string): Guard {
  const range = /^\[0<=([^<=]+)<([^<=]+)\]$/.exec(text);
  if (range) return { kind: 'range', value: readPolynomial(range[1]!), extent: readPolynomial(range[2]!) };
  const [more, less] = matched(text, /^\[([^<=]+)=([^<=]+)\]$/, 'a guard such as "[0<=i<L]" or "[o=M*g+j]"');
  return { kind: 'equation', zero: polynomial.subtract(readPolynomial(more!), readPolynomial(less!)) };
}

export function readAtom(text: string, axes: number): Atom {
  const [tensor, index] = matched(text, ATOM, 'a tensor with its indices');
  return { tensor: tensor!, index: unfoldList(index!, axes).map(readPolynomial) };
}

export function readSum(text: string, axes: number): Term[] {
  if (text === '0') return [];
  // Signs inside brackets belong to polynomials.
  const signed = (text.startsWith('-') ? text : `+${text}`).match(/[+-](?:[^+\-[(]|\[[^\]]*\]|\([^)]*\))*/g);
  const parts = signed ?? [];
  if (parts.join('').length < text.length)
    illFormed('a sum cannot be read', 'terms with signs between', text);
  return parts.map(part => readTerm(part.slice(1), part[0] === '-' ? -1 : 1, axes));
}

function readTerm(text: string, sign: 1 | -1, axes: number): Term {
  const [ranges, guards, product] = matched(text, TERM, 'a term such as "sum(q<K)[0<=i<L]2*x[i]*w[q]"');
  const factors = product!.match(/[^*[]+(?:\[[^\]]*\])?/g) ?? [];
  if (factors.join('*') !== product) illFormed('a product cannot be read', 'factors joined by *', product);
  const coefficient = /^\d/.test(factors[0]!) ? readInteger(factors.shift()!) : 1;
  return {
    coefficient: integer.multiply(sign, coefficient),
    bound: readRanges(ranges!, axes),
    guards: (guards!.match(/\[[^\]]*\]/g) ?? []).flatMap(one => unfoldItem(one, axes)).map(readGuard),
    atoms: factors.map(factor => readAtom(factor, axes)),
  };
}

export function readDefinition(text: string, axes: number): Definition {
  const [name, free, terms] = matched(text, DEFINITION, 'a definition such as "y[n<N]=sum(k<K)x[n,k]"');
  return { name: name!, free: readRanges(free!, axes), terms: readSum(terms!, axes) };
}
