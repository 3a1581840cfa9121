/**
 * The text form of definitions, one stage a line:
 *
 *     m[n<N] = max(k<K) x[n, k]                           guarded maximum
 *     e[n<N, k<K] = exp(x[n, k] - m[n])                   pointwise formula
 *     z[n<N] = sum(k<K) e[n, k]                           guarded sum
 *     r[] = 1/(prod(K@))                                  reciprocal of a parameter polynomial
 *     y[n<N, p@<P@] = sum(q@<K@) [0 <= p@ + q@ - a@ < L@] w[q@] * x[n, p@ + q@ - a@]
 *
 * An item that mentions a name with `@` stands for one copy per spatial axis (p1, p2, ...). Over all axes at once range
 * prod(K@), the product, and flat(c<C, p@<L@), the place row by row: (c*L1 + p1)*L2 + p2. A guard is
 * [value = value] or [0 <= value < extent]. Names without brackets are indices or parameters.
 */
import { type Integer, integer, type Polynomial, polynomial } from '../exact/index.js';
import { Cursor } from './cursor.js';
import { parseAtom, parseRanges } from './parse-atom.js';
import { parsePointwise } from './parse-pointwise.js';
import { type Program, type Stage, termsOf, wellFormed } from './program.js';
import type { Atom, Guard, Range, Term } from './term.js';

/**
 * Reads a definition at a rank (its number of spatial axes). Tensors that no stage defines are inputs; names
 * that no range declares are parameters.
 * @throws BackproofError `unreadable-definition`, `ill-formed-definition`.
 */
export function parseProgram(text: string, rank: number): Program {
  const cursor = new Cursor(text, rank);
  const stages: Stage[] = [];
  do {
    stages.push(parseStage(cursor));
  } while (cursor.accept(';') || cursor.peek().kind === 'name');
  cursor.expect('');
  const parameters = new Set(stages.flatMap(parametersOf));
  return wellFormed({ inputs: inputsOf(stages), parameters, stages });
}

function parseStage(cursor: Cursor): Stage {
  const name = cursor.name();
  cursor.expect('[');
  const free = cursor.is(']') ? [] : parseRanges(cursor);
  cursor.expect(']');
  cursor.expect('=');
  const of = parseReciprocal(cursor);
  if (of) return { kind: 'reciprocal', name, free, of };
  if (cursor.is('max') && isRangeList(cursor, 1))
    return { kind: 'max', name, free, term: parseTerm(cursor, 1) ?? fail(cursor) };
  const terms = parseSum(cursor);
  return terms
    ? { kind: 'sum', name, free, terms }
    : { kind: 'pointwise', name, free, ...parsePointwise(cursor) };
}

/** The terms of a sum stage, or null (at the same position) if the text goes beyond products of atoms. */
function parseSum(cursor: Cursor): Term[] | null {
  const start = cursor.position;
  const terms: Term[] = [];
  let readable = true;
  for (let sign = cursor.firstSign(); sign !== null && readable; sign = cursor.nextSign()) {
    const term = startsTerm(cursor) ? parseTerm(cursor, sign) : null;
    readable = term !== null;
    if (term && term.coefficient !== 0) terms.push(term);
  }
  const next = cursor.peek();
  if (readable && (next.kind === 'end' || next.text === ';' || startsStage(cursor))) return terms;
  cursor.position = start;
  return null;
}

function startsTerm(cursor: Cursor): boolean {
  const { kind, text } = cursor.peek();
  return kind === 'number' || text === '[' || (kind === 'name' && (cursor.is('[', 1) || text === 'sum'));
}

/** A stage begins with a name, '[' and a range or ']'. */
function startsStage(cursor: Cursor): boolean {
  return cursor.peek().kind === 'name' && cursor.is('[', 1) && (cursor.is(']', 2) || cursor.is('<', 3));
}

/** The divisor of 1/(parameters), or null (at the same position) where the stage is something else. */
function parseReciprocal(cursor: Cursor): Polynomial | null {
  if (!cursor.is('1') || !cursor.is('/', 1) || !cursor.is('(', 2)) return null;
  let [depth, ahead] = [1, 3];
  for (; depth > 0 && cursor.peek(ahead).kind !== 'end'; ahead++) {
    if (cursor.is('[', ahead)) return null;
    depth += cursor.is('(', ahead) ? 1 : cursor.is(')', ahead) ? -1 : 0;
  }
  cursor.position += 3;
  const of = cursor.polynomial();
  cursor.expect(')');
  return of;
}

function isRangeList(cursor: Cursor, ahead: number): boolean {
  return cursor.is('(', ahead) && cursor.peek(ahead + 1).kind === 'name' && cursor.is('<', ahead + 2);
}

function fail(cursor: Cursor): never {
  throw cursor.fault('a cell of a tensor');
}

/**
 * [sum(ranges) | max(ranges)] guards factors, where factors are integers and atoms joined by `*`; null where a factor is
 * something else and no range or guard stands before it.
 */
function parseTerm(cursor: Cursor, sign: Integer): Term | null {
  let bound: Range[] = [];
  if ((cursor.is('sum') || cursor.is('max')) && cursor.is('(', 1)) {
    cursor.position += 2;
    bound = parseRanges(cursor);
    cursor.expect(')');
  }
  const guards: Guard[] = [];
  while (cursor.is('[')) guards.push(...parseGuards(cursor));
  let coefficient = sign;
  const atoms: Atom[] = [];
  do {
    const { kind, text } = cursor.peek();
    if (kind === 'number') {
      cursor.position++;
      coefficient = integer.multiply(coefficient, integer.from(text));
    } else if (bound.length + guards.length > 0 || (kind === 'name' && cursor.is('[', 1))) {
      atoms.push(parseAtom(cursor));
    } else return null;
  } while (cursor.accept('*'));
  return { coefficient, bound, guards, atoms };
}

function parseGuards(cursor: Cursor): Guard[] {
  cursor.expect('[');
  const guards = cursor.repeated(new Set([']']), (): Guard => {
    const value = cursor.polynomial();
    if (cursor.accept('='))
      return { kind: 'equation', zero: polynomial.subtract(value, cursor.polynomial()) };
    if (value.size > 0) throw cursor.fault('"=", or "0 <=" at the start of the guard');
    cursor.expect('<=');
    const inner = cursor.polynomial();
    cursor.expect('<');
    return { kind: 'range', value: inner, extent: cursor.polynomial() };
  });
  cursor.expect(']');
  return guards;
}

function inputsOf(stages: readonly Stage[]): Map<string, number> {
  const defined = new Set(stages.map(stage => stage.name));
  const inputs = new Map<string, number>();
  for (const { tensor, index } of stages.flatMap(termsOf).flatMap(term => term.atoms)) {
    if (!defined.has(tensor) && !inputs.has(tensor)) inputs.set(tensor, index.length);
  }
  return inputs;
}

function parametersOf(stage: Stage): string[] {
  const bound = termsOf(stage).flatMap(term => term.bound);
  const indices = new Set([...stage.free, ...bound].map(range => range.name));
  const guardParts = (guard: Guard) =>
    guard.kind === 'equation' ? [guard.zero] : [guard.value, guard.extent];
  const parts = [
    ...[...stage.free, ...bound].map(range => range.extent),
    ...termsOf(stage).flatMap(term => [
      ...term.guards.flatMap(guardParts),
      ...term.atoms.flatMap(a => a.index),
    ]),
    ...(stage.kind === 'reciprocal' ? [stage.of] : []),
  ];
  return parts.flatMap(part => [...polynomial.names(part)]).filter(name => !indices.has(name));
}
