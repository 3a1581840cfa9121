/** Quantities and terms as formulas, in a writer's manner. */
import { type Rational, rational } from '../../exact/index.js';
import { unravel } from '../../tensor/index.js';
import type { Span } from '../document/position.js';
import type { Derivative, Formula, Index, Name, Numeral, ProductSign, Term } from '../formula/tree.js';
import type { Role, Setup } from '../setup/setup.js';
import { type Atom, writtenShape } from './atom.js';
import type { Manner } from './manner.js';
import { sortOf } from './match.js';
import type { Model } from './model.js';
import type { IdealTerm } from './terms.js';

/** Nodes made here stand nowhere in the document. */
const NOWHERE: Span = { start: 0, end: 0 };
const JUXTAPOSED: ProductSign = { symbol: 'none', mode: null, span: NOWHERE };

export interface Writer {
  readonly model: Model;
  readonly manner: Manner;
}

export function atomFormula(writer: Writer, atom: Atom): Formula {
  switch (atom.kind) {
    case 'given':
      return atom.of === 'upstream'
        ? upstreamFormula(writer, atom.cell)
        : cellName(writer, atom.of, atom.cell);
    case 'output':
      return cellName(writer, 'output', atom.cell);
    case 'gradient': {
      const short = writer.manner.shorts.get(atom.of);
      const name = cellName(writer, atom.of, atom.cell);
      return short ? { ...short, of: name } : lossDerivative(writer, name);
    }
    case 'local': {
      const above = cellName(writer, 'output', atom.output);
      return derivativeOf(writer, above, cellName(writer, atom.of, atom.cell));
    }
    case 'outside':
      return { ...nameFromKey(atom.written), font: 'text' };
  }
}

function upstreamFormula(writer: Writer, cell: number): Formula {
  const { upstream, shorts } = writer.manner;
  if (upstream) return indexed(upstream, writer.model, 'output', cell);
  const name = cellName(writer, 'output', cell);
  const short = shorts.get('output');
  return short ? { ...short, of: name } : lossDerivative(writer, name);
}

function lossDerivative(writer: Writer, by: Name): Derivative {
  const loss = writer.manner.loss ?? nameFromKey(writer.model.setup.loss[0] ?? 'L');
  return derivativeOf(writer, loss, by);
}

function derivativeOf({ manner }: Writer, of: Name, by: Name): Derivative {
  const template = manner.derivative;
  const form = template?.form === 'fraction' || template?.form === 'slash' ? template.form : 'fraction';
  const symbol = template?.symbol === 'd' ? 'd' : 'partial';
  return { kind: 'derivative', symbol, form, of, by: [by], order: 1, span: NOWHERE };
}

function cellName({ model, manner }: Writer, role: Role, cell: number): Name {
  const template = manner.names.get(role) ?? nameFromKey(model.setup.roles[role]?.names[0] ?? role);
  return indexed(template, model, role, cell);
}

/** The template with the index of another cell, written as the template's own is. */
function indexed(template: Name, model: Model, role: Role, cell: number): Name {
  const numbers = indexNumbers(model.setup, writtenShape(model, role), cell);
  if (numbers.length === 0) return { ...template, sub: null };
  const glued =
    template.sub?.style !== 'list' && numbers.every(n => n <= 9) && template.sub?.place !== 'brackets';
  const items = numbers.map(n => numeral(String(n)));
  const text = numbers.join(glued ? '' : ',');
  const style = numbers.length === 1 || glued ? 'numeral' : 'list';
  const place = template.sub?.place === 'brackets' ? 'brackets' : 'below';
  const single = style === 'numeral' ? [numeral(text)] : items;
  const sub: Index = { style, place, items: single, text, span: NOWHERE };
  return { ...template, sub };
}

function indexNumbers({ index }: Setup, shape: readonly number[], cell: number): readonly number[] {
  if (shape.length === 0) return [];
  if (index === 'running' || index === 'running0') return [cell + (index === 'running' ? 1 : 0)];
  const base = index === 'pair0' ? 0 : 1;
  return unravel(shape, cell).map(place => place + base);
}

/** `hat_y`, `W^2`, `a_prev`, `w*` as the names they are keys of. */
function nameFromKey(key: string): Name {
  const [, accent, rest = key] = /^(hat|tilde|bar|dot|vec)_(.+)$/.exec(key) ?? [];
  const [, base = rest, primes = '', star = '', layer] = /^(.*?)('*)(\*?)(?:\^(.+))?$/.exec(rest) ?? [];
  const sup = layer === undefined ? null : { bracket: 'none' as const, of: numeral(layer), span: NOWHERE };
  const accents = accent === undefined ? [] : [accent];
  const marks = { accents, primes: primes.length, star: star !== '' };
  return { kind: 'name', base, font: null, ...marks, sub: null, sup, span: NOWHERE };
}

function numeral(text: string): Numeral {
  return { kind: 'number', text, span: NOWHERE };
}

/** A term of the definition, its sign apart. */
export function termFormula(writer: Writer, term: IdealTerm): Term {
  const order = writer.manner.order;
  const rank = (atom: Atom) => (order.includes(sortOf(atom)) ? order.indexOf(sortOf(atom)) : order.length);
  const atoms = [...term.atoms].sort((a, b) => rank(a) - rank(b));
  const size = term.coefficient.numerator < 0 ? rational.negate(term.coefficient) : term.coefficient;
  const number = rational.equal(size, rational.ONE) && atoms.length > 0 ? [] : [numberFormula(size)];
  const factors = [...number, ...atoms.map(atom => atomFormula(writer, atom))];
  const sign = term.coefficient.numerator < 0 ? '-' : '+';
  return { sign, written: true, formula: productOf(factors, writer.manner.sign ?? JUXTAPOSED) };
}

function productOf(factors: readonly Formula[], sign: ProductSign): Formula {
  const [only] = factors;
  if (factors.length === 1 && only) return only;
  return { kind: 'product', factors, signs: factors.slice(1).map(() => sign), span: NOWHERE };
}

/** An integer, a decimal where it ends, else a fraction. */
export function numberFormula(value: Rational): Formula {
  const negative = value.numerator < 0;
  const size = negative ? rational.negate(value) : value;
  const whole = decimalText(size);
  const top = numeral(String(size.numerator));
  const formula: Formula =
    whole !== null
      ? numeral(whole)
      : {
          kind: 'quotient',
          form: 'fraction',
          numerator: top,
          denominator: numeral(String(size.denominator)),
          span: NOWHERE,
        };
  return negative ? { kind: 'negation', of: formula, span: NOWHERE } : formula;
}

/** The decimals where there are at most nine of them. */
function decimalText({ numerator, denominator }: Rational): string | null {
  if (denominator === 1) return String(numerator);
  const scaled = rational.multiply({ numerator, denominator }, rational.of(1_000_000_000));
  if (scaled.denominator !== 1) return null;
  const digits = String(scaled.numerator).padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9).replace(/0+$/, '')}`;
}

export function sumFormula(terms: readonly Term[]): Formula {
  const [only] = terms;
  if (!only) return numeral('0');
  if (terms.length === 1 && only.sign === '+') return only.formula;
  if (terms.length === 1) return { kind: 'negation', of: only.formula, span: NOWHERE };
  return { kind: 'sum', terms, span: NOWHERE };
}
