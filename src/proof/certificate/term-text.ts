/** Terms as the short texts of certificates: "sum(q@<K@)[o=M*g+j][0<=i@<L@]2*x[n,i@]*w[o,q@]". */
import { integer, type Polynomial, polynomial } from '../../exact/index.js';
import type { Atom, Definition, Guard, Range, Term } from '../../index-sum/index.js';
import { illFormed } from './fault.js';
import { foldItems } from './fold.js';

const { text } = polynomial;

export const rangesText = (ranges: readonly Range[], axes: number): string =>
  foldItems(
    ranges.map(({ name, extent }) => `${name}<${text(extent)}`),
    axes,
  ).join(',');

/** "[0<=v<n]"; an equation has what it adds on the left and what it takes away on the right. */
export function guardText(guard: Guard): string {
  if (guard.kind === 'range') return `[0<=${text(guard.value)}<${text(guard.extent)}]`;
  const part = (sign: 1 | -1): Polynomial =>
    new Map([...guard.zero].filter(([, one]) => integer.sign(one) === sign));
  return `[${text(part(1))}=${text(polynomial.negate(part(-1)))}]`;
}

export function atomText({ tensor, index }: Atom, axes: number): string {
  return `${tensor}[${foldItems(index.map(text), axes).join(',')}]`;
}

/** "0" for no terms. */
export function sumText(terms: readonly Term[], axes: number): string {
  if (terms.length === 0) return '0';
  const signed = terms.map(term => (integer.sign(term.coefficient) < 0 ? '-' : '+') + termText(term, axes));
  return signed.join('').replace(/^\+/, '');
}

function termText({ coefficient, bound, guards, atoms }: Term, axes: number): string {
  if (coefficient === 0) illFormed('a term has the coefficient 0', 'terms that are not zero', '0');
  const size = integer.absolute(coefficient);
  const factors = atoms.map(atom => atomText(atom, axes));
  if (size !== 1 || atoms.length === 0) factors.unshift(String(size));
  const head = bound.length > 0 ? `sum(${rangesText(bound, axes)})` : '';
  return head + foldItems(guards.map(guardText), axes).join('') + factors.join('*');
}

export const definitionText = ({ name, free, terms }: Definition, axes: number): string =>
  `${name}[${rangesText(free, axes)}]=${sumText(terms, axes)}`;
