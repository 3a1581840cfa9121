/** The forms of theorem about a draft: a derivative, an adjoint identity, two tensors that agree. */
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Atom, Definition, Range, Term } from '../../index-sum/index.js';
import { unusedName, withoutNames } from '../../ops/index.js';
import type { Statement } from '../trusted/statement.js';
import type { Draft, Value } from './draft.js';
import { linearPart } from './linear-part.js';

/** The gradient of `of` by `by`, given the upstream gradient, is said to be `is`. */
export interface GradientClaim {
  readonly of: Value;
  readonly by: Value;
  readonly upstream: Value;
  readonly is: Value;
}

/** The derivative of L = sum of upstream * of by each cell of `by` is the claim's cell. */
export function derivativeStatement(draft: Draft, { of, by, upstream, is }: GradientClaim): Statement {
  const parameters = parametersOf(draft, [of, by]);
  const free = namedApart(by.free, parameters);
  const cell = free.map(range => polynomial.variable(range.name));
  const left = sumOver(of, [upstream, of], [...parameters, ...free.map(range => range.name)]);
  const right = product([atom(is, cell)], []);
  return stated(draft, parameters, draft.definitions, {
    free,
    left: [left],
    by: atom(by, cell),
    right: [right],
  });
}

/** L = sum of upstream * of, of which only what reads `by`, is the sum of by * claim; null where it is not linear. */
export function adjointStatement(draft: Draft, { of, by, upstream, is }: GradientClaim): Statement | null {
  const part = linearPart(draft.definitions, of.tensor, by.tensor);
  if (!part) return null;
  const parameters = parametersOf(draft, [of, by]);
  const linear = { ...of, tensor: part.name };
  const left = sumOver(of, [upstream, linear], parameters);
  const right = sumOver(by, [by, is], parameters);
  return stated(draft, parameters, part.definitions, { free: [], left: [left], by: null, right: [right] });
}

/** Both tensors agree at every index of the first. */
export function equalityStatement(draft: Draft, one: Value, other: Value): Statement {
  const parameters = parametersOf(draft, [one]);
  const free = namedApart(one.free, parameters);
  const cell = free.map(range => polynomial.variable(range.name));
  const [left, right] = [one, other].map(value => [product([atom(value, cell)], [])]);
  return stated(draft, parameters, draft.definitions, { free, left: left!, by: null, right: right! });
}

const atom = ({ tensor }: Value, index: readonly Polynomial[]): Atom => ({ tensor, index });

const product = (atoms: readonly Atom[], bound: readonly Range[]): Term => ({
  coefficient: 1,
  bound,
  guards: [],
  atoms,
});

/** The sum over the cells of a value of a product of tensors of its shape. */
function sumOver({ free }: Value, factors: readonly Value[], taken: Iterable<string>): Term {
  const bound = namedApart(free, taken);
  const cell = bound.map(range => polynomial.variable(range.name));
  return product(
    factors.map(factor => atom(factor, cell)),
    bound,
  );
}

function namedApart(ranges: readonly Range[], taken: Iterable<string>): Range[] {
  const names = new Set(taken);
  return ranges.map(({ name, extent }) => {
    const own = unusedName(name, names);
    names.add(own);
    return { name: own, extent };
  });
}

type Sides = Pick<Statement, 'free' | 'left' | 'by' | 'right'>;

/** The statement with the definitions and tensors that its sides come to read. */
function stated(
  draft: Draft,
  parameters: readonly string[],
  definitions: readonly Definition[],
  sides: Sides,
): Statement {
  const used = new Set([...sides.left, ...sides.right].flatMap(tensorsOf));
  if (sides.by) used.add(sides.by.tensor);
  for (const { name, terms } of definitions.toReversed()) {
    if (used.has(name)) for (const tensor of terms.flatMap(tensorsOf)) used.add(tensor);
  }
  const kept = definitions.filter(({ name }) => used.has(name));
  const tensors = [...draft.tensors].filter(([name]) => used.has(name));
  return {
    parameters,
    assume: unique(draft.assume),
    tensors: new Map(tensors),
    units: new Map([...draft.units].filter(([name]) => used.has(name))),
    definitions: kept.map(one => withoutNames(one, new Set(parameters))),
    ...sides,
  };
}

const tensorsOf = (term: Term): string[] => term.atoms.map(({ tensor }) => tensor);

/** Without what is said twice, or holds of itself. */
function unique(assume: readonly Polynomial[]): Polynomial[] {
  const texts = new Map(assume.map(fact => [polynomial.text(fact), fact]));
  return [...texts.values()].filter(fact => (polynomial.asConstant(fact) ?? -1) < 0);
}

/** Every name that is no index: of the assumptions, the definitions and the extents of the values. */
function parametersOf(draft: Draft, values: readonly Value[]): string[] {
  const extents = values.flatMap(value => value.free.map(range => range.extent));
  const names = [...draft.assume, ...draft.units.values(), ...extents].flatMap(part => [
    ...polynomial.names(part),
  ]);
  return [...new Set([...names, ...draft.definitions.flatMap(parametersIn)])];
}

function parametersIn({ free, terms }: Definition): string[] {
  const ranges = [...free, ...terms.flatMap(term => term.bound)];
  const indices = new Set(ranges.map(range => range.name));
  const guards = terms.flatMap(term => term.guards);
  const parts = [
    ...ranges.map(range => range.extent),
    ...guards.flatMap(guard => (guard.kind === 'equation' ? [guard.zero] : [guard.value, guard.extent])),
    ...terms.flatMap(term => term.atoms.flatMap(({ index }) => index)),
  ];
  return parts.flatMap(part => [...polynomial.names(part)]).filter(name => !indices.has(name));
}
