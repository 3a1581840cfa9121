/**
 * What terms and statements mean, by brute force, modulo 2^61 - 1: no code of src/ has a part in it.
 * Where a statement is ill-formed, it still gets one meaning: a name that is declared twice is what it was first,
 * an undeclared name is 0, and what is read with a wrong rank or before its definition is some other tensor.
 */
import type { Polynomial } from '../../../src/exact/index.js';
import type { Atom, Range, Term } from '../../../src/index-sum/term.js';
import type { Statement } from '../../../src/proof/trusted/statement.js';

const PRIME = 2n ** 61n - 1n;
const modulo = (value: bigint) => ((value % PRIME) + PRIME) % PRIME;

export type Values = ReadonlyMap<string, number>;

/** A number a + b e with e^2 = 0: b is the derivative by the chosen cell. */
type Dual = readonly [value: bigint, slope: bigint];

export type Tensors = (tensor: string, index: readonly number[]) => Dual;

/** A monomial that is itself a declared name is that name, even if it looks like a product. */
export function numberAt(a: Polynomial, values: Values): number {
  let sum = 0;
  for (const [monomial, coefficient] of a) {
    const names = values.has(monomial) ? [monomial] : monomial === '' ? [] : monomial.split('*');
    sum += names.reduce((product, name) => product * (values.get(name) ?? 0), Number(coefficient));
  }
  return sum;
}

/** Some value for every tensor and every integer index. */
export function hashed(tensor: string, index: readonly number[]): Dual {
  let state = 0xcbf29ce484222325n;
  for (const sign of `${tensor}[${index.join()}]`) {
    state = BigInt.asUintN(64, (state ^ BigInt(sign.charCodeAt(0))) * 0x100000001b3n);
    state ^= state >> 29n;
  }
  return [modulo(state), 0n];
}

/** The inverse of a number of the field, by Fermat; 0 has none. */
function inverse(value: bigint): bigint {
  let [base, power] = [modulo(value), 1n];
  for (let exponent = PRIME - 2n; exponent > 0n; exponent /= 2n) {
    if (exponent % 2n === 1n) power = modulo(power * base);
    base = modulo(base * base);
  }
  return power;
}

const times = ([a, b]: Dual, [c, d]: Dual): Dual => [modulo(a * c), modulo(a * d + b * c)];
const plus = ([a, b]: Dual, [c, d]: Dual): Dual => [modulo(a + c), modulo(b + d)];

/** Every way to give the ranges values, in order. */
export function* instances(ranges: readonly Range[], values: Values): Generator<Values> {
  const [first, ...rest] = ranges;
  if (!first) return yield values;
  const extent = numberAt(first.extent, values);
  for (let k = 0; k < extent; k++) {
    yield* instances(rest, values.has(first.name) ? values : new Map([...values, [first.name, k]]));
  }
}

export function termValue(term: Term, values: Values, tensors: Tensors): Dual {
  let sum: Dual = [0n, 0n];
  for (const inner of instances(term.bound, values)) {
    const holds = term.guards.every(guard => {
      if (guard.kind === 'equation') return numberAt(guard.zero, inner) === 0;
      const value = numberAt(guard.value, inner);
      return value >= 0 && value < numberAt(guard.extent, inner);
    });
    const read = ({ tensor, index }: Atom) =>
      tensors(
        tensor,
        index.map(part => numberAt(part, inner)),
      );
    if (holds) sum = plus(sum, term.atoms.map(read).reduce(times, [1n, 0n]));
  }
  return times(sum, [modulo(BigInt(term.coefficient)), 0n]);
}

export function sumOf(terms: readonly Term[], values: Values, tensors: Tensors): Dual {
  return terms.map(term => termValue(term, values, tensors)).reduce(plus, [0n, 0n]);
}

/** The tensors, the first `count` definitions among them; `cell` alone has slope 1. */
function meaningOf(statement: Statement, count: number, outer: Values, cell: string | null): Tensors {
  const parameters = new Map([...outer].filter(([name]) => statement.parameters.includes(name)));
  const readers = statement.definitions.slice(0, count).map(({ free, terms }, k) => {
    const before = meaningOf(statement, k, outer, cell);
    return (index: readonly number[]) => {
      const values = new Map(parameters);
      for (const [axis, { name }] of free.entries()) if (!values.has(name)) values.set(name, index[axis]!);
      return sumOf(terms, values, before);
    };
  });
  return (tensor, index) => {
    const at = statement.definitions.findLastIndex(({ name }, k) => k < count && name === tensor);
    const defined = !statement.tensors.has(tensor) && statement.definitions[at]?.free.length === index.length;
    const unit = index.length === 0 ? statement.units.get(tensor) : undefined;
    const given: Dual = unit ? [inverse(BigInt(numberAt(unit, parameters))), 0n] : hashed(tensor, index);
    const value = defined ? readers[at]!(index) : given;
    return plus(value, [0n, !unit && `${tensor}[${index.join()}]` === cell ? 1n : 0n]);
  };
}

/** The tensors and definitions of a statement, for values of all its names; slope 1 at the cell of its derivative. */
export function tensorsAt(statement: Statement, values: Values): Tensors {
  const { by, definitions } = statement;
  const cell = by && `${by.tensor}[${by.index.map(part => numberAt(part, values)).join()}]`;
  return meaningOf(statement, definitions.length, values, cell);
}

/** Whether the assumptions hold, what is divided by is not 0, and both sides differ for some values of the free indices. */
export function verdictAt(statement: Statement, values: Values): 'not meant' | 'equal' | 'different' {
  if (statement.assume.some(fact => numberAt(fact, values) < 0)) return 'not meant';
  if ([...statement.units.values()].some(value => numberAt(value, values) === 0)) return 'not meant';
  let verdict: 'not meant' | 'equal' = 'not meant';
  for (const all of instances(statement.free, values)) {
    verdict = 'equal';
    const tensors = tensorsAt(statement, all);
    const left = sumOf(statement.left, all, tensors)[statement.by ? 1 : 0];
    if (left !== sumOf(statement.right, all, tensors)[0]) return 'different';
  }
  return verdict;
}

/** All values of the parameters from -1 to 3 (to 2 where there are more than three). */
export function* smallValues(parameters: readonly string[]): Generator<Values> {
  const largest = parameters.length > 3 ? 2 : 3;
  const [first, ...rest] = parameters;
  if (first === undefined) return yield new Map();
  for (const values of smallValues(rest)) {
    for (let k = -1; k <= largest; k++) yield new Map([[first, k], ...values]);
  }
}
