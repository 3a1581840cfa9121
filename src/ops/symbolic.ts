/** A call whose sizes are polynomials: which polynomial each letter of the operator stands for. */
import { BackproofError } from '../error.js';
import { type Polynomial, polynomial } from '../exact/index.js';
import { domainOf, factNames, onAxis, spatial } from './domain.js';
import { type Operator, outputLayout, type Params } from './operator.js';
import { layoutNames } from './resolve.js';
import { type FreshName, type Requirement, type Settling, settle } from './settle.js';

export interface SymbolicCall {
  readonly rank: number;
  readonly modes: Params;
  readonly letters: ReadonlyMap<string, Polynomial>;
  readonly output: readonly Polynomial[];
  /** Polynomials, each at least 0, that leave one value for every fresh parameter. */
  readonly defining: readonly Polynomial[];
  readonly required: readonly Requirement[];
}

/** An application: the extents of its inputs and the letters that its parameters set. */
export interface SymbolicShapes {
  readonly rank: number;
  readonly modes: Params;
  readonly extents: Readonly<Record<string, readonly Polynomial[]>>;
  readonly parameters: ReadonlyMap<string, Polynomial>;
}

/** The call of all sizes at once: its letters are parameters as far as no fact computes them. */
export function callOfAllSizes(
  operator: Operator,
  modes: Params,
  rank: number,
  freshName: FreshName,
): SymbolicCall {
  return completed(operator, modes, rank, ownLetters(operator, modes, rank), [], freshName);
}

/**
 * The call at given extents; what has to hold for it is required, not checked.
 * @throws BackproofError `rank-mismatch`, `not-a-polynomial` if a letter is left without a value.
 */
export function symbolicCall(operator: Operator, shapes: SymbolicShapes, freshName: FreshName): SymbolicCall {
  const { rank, modes, extents } = shapes;
  const letters = new Map(shapes.parameters);
  const required: Requirement[] = [];
  for (const [input, layout] of Object.entries(operator.inputs)) {
    const names = layoutNames(layout, rank);
    const given = extents[input];
    if (given && given.length !== names.length) throw wrongRank(operator.name, input, names, given.length);
    for (const [axis, left] of (given ?? []).entries()) {
      const right = letters.get(names[axis]!);
      if (right) required.push({ kind: 'equal', left, right });
      else letters.set(names[axis]!, left);
    }
  }
  return completed(operator, modes, rank, letters, required, freshName);
}

function completed(
  operator: Operator,
  modes: Params,
  rank: number,
  letters: Map<string, Polynomial>,
  required: Requirement[],
  freshName: FreshName,
): SymbolicCall {
  const state: Settling = { letters, defining: [], required, freshName };
  let open = domainOf(operator, modes, rank);
  while (open.length > 0) {
    const rest = open.filter(fact => !settle(fact, state));
    if (rest.length === open.length) throw notAPolynomial(operator.name, factNames(rest[0]!));
    open = rest;
  }
  const names = layoutNames(outputLayout(operator, { ...operator.params, ...modes }), rank);
  const unknown = names.find(name => !letters.has(name));
  if (unknown !== undefined) throw notAPolynomial(operator.name, [unknown]);
  const output = names.map(name => letters.get(name)!);
  return { rank, modes, letters, output, defining: state.defining, required };
}

/** Every letter that no fact computes from others, standing for itself: the call of all sizes at once. */
function ownLetters(operator: Operator, modes: Params, rank: number): Map<string, Polynomial> {
  const facts = domainOf(operator, modes, rank);
  const computed = new Set(facts.flatMap(fact => (fact.kind === 'bound' ? [] : [fact.letter])));
  const output = outputLayout(operator, { ...operator.params, ...modes });
  const layouts = [...Object.values(operator.inputs), output];
  const names = [
    ...layouts.flatMap(layout => layoutNames(layout, rank)),
    ...[...parameterLetters(operator, rank).values()].flat(),
    ...facts.flatMap(fact => [...factNames(fact)]),
  ];
  return new Map(names.filter(name => !computed.has(name)).map(name => [name, polynomial.variable(name)]));
}

/** The letters that each parameter sets; pairs axis by axis: a1, b1, a2, b2. */
export function parameterLetters(operator: Operator, rank: number): Map<string, string[]> {
  const entries = Object.entries(operator.letters).map(([name, letters]): [string, string[]] => {
    const texts = [letters].flat();
    return [name, spatial(texts.join(), rank).flatMap(axis => texts.map(text => onAxis(text, axis)))];
  });
  return new Map(entries);
}

function notAPolynomial(operator: string, letters: Iterable<string>): BackproofError {
  return new BackproofError({
    code: 'not-a-polynomial',
    where: operator,
    what: 'its sizes do not follow from the given ones by polynomials',
    expected: 'parameters given as integers or polynomials, or a mode that polynomials describe',
    got: [...letters].join(', '),
    fix: 'Give the parameters themselves, for example padding=[a@, b@].',
  });
}

function wrongRank(where: string, input: string, names: readonly string[], got: number): BackproofError {
  return new BackproofError({
    code: 'rank-mismatch',
    where,
    what: `${input} has the wrong number of axes`,
    expected: `${names.length} axes (${names.join(' ')})`,
    got: String(got),
    fix: `Give ${input} one extent for each of ${names.join(' ')}.`,
    data: { input },
  });
}
