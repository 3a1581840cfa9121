/** Polynomials and terms in Coq: as a reader sees them, and as data that Coq evaluates to just that. */
import { type Integer, integer, type Polynomial, polynomial } from '../../exact/index.js';
import type { Guard, Range, Term } from '../../index-sum/term.js';
import type { Names } from './names.js';

/** What is read, and the data that is worth it by computation alone. */
export interface Formula {
  readonly text: string;
  readonly data: string;
  /** Needs no parentheses as an argument. */
  readonly atomic: boolean;
}

export const list = (parts: readonly string[]): string => `[${parts.join('; ')}]`;
const argument = ({ text, atomic }: Formula): string => (atomic ? text : `(${text})`);
const isNegative = (value: Integer) => value < 0;

function constant(value: Integer): Formula {
  const text = isNegative(value) ? `(${value})` : `${value}`;
  return { text, data: `(eInt ${text})`, atomic: true };
}

/** coefficient * name * ... * name, for a coefficient above 0. */
function monomial(key: string, coefficient: Integer, names: Names): Formula {
  const factors = (key === '' ? [] : key.split('*')).map((name): Formula => {
    return { text: names.value(name), data: `(eVar ${names.valueNumber(name)})`, atomic: true };
  });
  const all = coefficient === 1 && factors.length > 0 ? factors : [constant(coefficient), ...factors];
  return all.reduce((a, b) => ({
    text: `${a.text} * ${b.text}`,
    data: `(eMul ${a.data} ${b.data})`,
    atomic: false,
  }));
}

/** A polynomial, what is added before what is taken away. */
export function formula(value: Polynomial, names: Names): Formula {
  const parts = [...value].map(([key, coefficient]) => {
    const negative = isNegative(coefficient);
    return { negative, key, part: monomial(key, integer.absolute(coefficient), names) };
  });
  parts.sort(
    (a, b) => Number(a.negative) - Number(b.negative) || Number(a.key === '') - Number(b.key === ''),
  );
  const [first, ...rest] = parts;
  if (!first) return constant(0);
  const start = first.negative
    ? { text: `- ${argument(first.part)}`, data: `(eOpp ${first.part.data})`, atomic: false }
    : first.part;
  return rest.reduce((sum, { negative, part }) => {
    const [sign, node] = negative ? ['-', 'eSub'] : ['+', 'eAdd'];
    return {
      text: `${sum.text} ${sign} ${part.text}`,
      data: `(${node} ${sum.data} ${part.data})`,
      atomic: false,
    };
  }, start);
}

/** a and b with value = a - b, neither with a minus. */
export function halves(value: Polynomial, names: Names): readonly [Formula, Formula] {
  const [positive, negative] = [false, true].map(
    side => new Map([...value].filter(([, coefficient]) => isNegative(coefficient) === side)),
  );
  return [formula(positive!, names), formula(polynomial.negate(negative!), names)];
}

/** A condition as a Coq bool. */
function condition(guard: Guard, names: Names): { readonly text: string; readonly data: string } {
  if (guard.kind === 'equation') {
    const [a, b] = halves(guard.zero, names);
    return { text: `${a.text} =? ${b.text}`, data: `Equal ${a.data} ${b.data}` };
  }
  const [value, extent] = [formula(guard.value, names), formula(guard.extent, names)];
  return {
    text: `inside ${argument(value)} ${argument(extent)}`,
    data: `Inside ${value.data} ${extent.data}`,
  };
}

const boundData = ({ name, extent }: Range, names: Names) =>
  `(${names.valueNumber(name)}%positive, ${formula(extent, names).data})`;

/** A longer formula has a line for its sums, one for each condition and one for the product. */
const WIDTH = 90;

function term({ coefficient, bound, guards, atoms }: Term, names: Names) {
  const cells = atoms.map(({ tensor, index }) => {
    const parts = index.map(one => formula(one, names));
    const data = `(${names.tensorNumber(tensor)}%positive, ${list(parts.map(part => part.data))})`;
    return { text: [names.tensor(tensor), ...parts.map(argument)].join(' '), data };
  });
  const conditions = guards.map(guard => condition(guard, names));
  const product = cells.length === 0 ? 'one' : cells.map(cell => cell.text).join(' [*] ');
  const openings = [
    ...bound.map(
      ({ name, extent }) => `sum ${argument(formula(extent, names))} (fun ${names.value(name)} => `,
    ),
    ...conditions.map(one => `when (${one.text}) (`),
  ];
  const isLong = openings.join('').length + product.length > WIDTH;
  const pieces = [openings.slice(0, bound.length).join(''), ...openings.slice(bound.length), product];
  const inner = pieces
    .filter(piece => piece !== '')
    .join(isLong ? '\n      ' : '')
    .replaceAll(' \n', '\n');
  const summed = inner + ')'.repeat(openings.length);
  const parts = [
    bound.map(one => boundData(one, names)),
    conditions.map(one => one.data),
    cells.map(one => one.data),
  ];
  return {
    text: coefficient === 1 ? summed : `of_Z (${coefficient}) [*] (${summed})`,
    data: `Written (${coefficient}) ${parts.map(list).join(' ')}`,
  };
}

/** A sum of terms; zero if there are none. */
export function sideOf(
  terms: readonly Term[],
  names: Names,
): { readonly text: string; readonly data: string } {
  const parts = terms.map(one => term(one, names));
  const text = parts.length === 0 ? 'zero' : parts.map(part => part.text).join('\n    [+] ');
  return { text, data: list(parts.map(part => part.data)) };
}
