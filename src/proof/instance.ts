/** A question about a gradient at one shape: its definitions as cells over the tensors that are given. */
import { BackproofError } from '../error.js';
import type { Integer } from '../exact/index.js';
import { polynomial } from '../exact/index.js';
import {
  type Cells,
  compose,
  gradientCells,
  parameterPolynomial,
  type Range,
  type Values,
  variableCells,
} from '../index-sum/index.js';
import { COTANGENT, modesAt, type Operator, OUTPUT, type Params, type Resolved } from '../ops/index.js';
import type { Shape } from '../tensor/index.js';
import type { Value } from './statement/draft.js';
import { gradientQuestion, type Question } from './statement/question.js';
import type { Units } from './units.js';

/** Everything that is known of one gradient at one shape. */
export interface Instance {
  readonly question: Question;
  /** The derivative of the definition. */
  readonly gradient: () => Cells;
  /** The cells of a value of the draft. */
  readonly cellsOf: (value: Value) => Cells;
  readonly shapeOf: (tensor: string) => Shape;
  readonly units: () => Units;
  /** The values of the question's parameters. */
  readonly values: Values;
}

/** Products of one definition; beyond it the term lists would not fit in about 1 GB. */
export const PRODUCT_CAP = 10_000_000;

/**
 * @param stages whether claims read the output, and stages that no upstream gradient enters, as tensors of their own
 *   names, or as the sums that they stand for
 * @throws BackproofError `shape-too-large`, `division-by-zero`.
 */
export function instanceAt(
  operator: Operator,
  call: Resolved,
  wrt: string,
  stages: 'expanded' | 'named' = 'expanded',
): Instance {
  const modes = modesOf(operator, call);
  const inputs = Object.keys(call.inputs);
  const question = gradientQuestion(operator, { wrt, rank: call.rank, modes, misfit: 'assume', inputs });
  const { draft, of, by } = question;
  const values = parametersAt(question, call);
  const known = new Map<string, Cells>();
  if (stages === 'named') known.set(question.tensors[OUTPUT]!.tensor, variableCells(OUTPUT, call.output));
  // Claims add tensors and definitions: each is taken in when it is first asked for.
  const cellsOf = (tensor: string): Cells => {
    const found = known.get(tensor) ?? made(tensor);
    known.set(tensor, found);
    return found;
  };
  const made = (tensor: string): Cells => {
    const definition = draft.definitions.find(one => one.name === tensor);
    if (!definition) return variableCells(tensor, givenShapes(question, call, values).get(tensor)!);
    if (stages === 'named' && !entersUpstream(question).has(tensor))
      return variableCells(tensor, extentsAt(definition.free, values));
    for (const { atoms } of definition.terms) for (const atom of atoms) cellsOf(atom.tensor);
    return composed(operator, call, { kind: 'sum', ...definition }, values, known);
  };
  const shapeOf = (tensor: string) => cellsOf(tensor).shape;
  const gradient = () => gradientCells(cellsOf(of.tensor), by.tensor, shapeOf(by.tensor), COTANGENT);
  const units = () =>
    new Map<string, Integer>(
      [...draft.units].map(([name, value]) => [name, countAt(operator, parameterPolynomial(value, values))]),
    );
  return { question, gradient, cellsOf: ({ tensor }) => cellsOf(tensor), shapeOf, units, values };
}

/** @throws BackproofError `division-by-zero`. */
function countAt({ name }: Operator, count: number): number {
  if (count !== 0) return count;
  throw new BackproofError({
    code: 'division-by-zero',
    where: `prove ${name}`,
    what: 'a mean is taken over nothing',
    expected: 'at least one cell',
    got: '0',
    fix: 'Give every axis at least one cell.',
  });
}

function modesOf(operator: Operator, { params, rank }: Resolved): Params {
  const names = Object.keys(modesAt(operator, rank));
  return Object.fromEntries(names.map(name => [name, String(params[name])]));
}

/** The values of the parameters that the letters of the call stand for. */
function parametersAt({ call, draft }: Question, { sizes }: Resolved): Values {
  const letters = [...call.letters].flatMap(([letter, value]): [string, number][] => {
    const [name, ...others] = polynomial.names(value);
    const isName =
      name !== undefined && others.length === 0 && polynomial.equal(value, polynomial.variable(name));
    return isName ? [[name, sizes[letter]!]] : [];
  });
  return { ...Object.fromEntries(letters.filter(([name]) => draft.parameters.has(name))), ...sizes };
}

/** The definitions that depend on the upstream gradient, or on a differential. */
function entersUpstream({ draft, upstream, by, isDifferential }: Question): ReadonlySet<string> {
  const found = new Set([upstream.tensor, ...(isDifferential ? [by.tensor] : [])]);
  for (const { name, terms } of draft.definitions)
    if (terms.some(({ atoms }) => atoms.some(({ tensor }) => found.has(tensor)))) found.add(name);
  return found;
}

const extentsAt = (free: readonly Range[], values: Values): Shape =>
  free.map(range => Math.max(0, parameterPolynomial(range.extent, values)));

/** The shapes of the tensors that are no definitions. */
function givenShapes({ draft, by, upstream, isDifferential }: Question, call: Resolved, values: Values) {
  const at = (free: readonly Range[]) => extentsAt(free, values);
  const shapes = new Map<string, Shape>(Object.entries(call.inputs));
  shapes.set(upstream.tensor, call.output);
  if (isDifferential) shapes.set(by.tensor, at(by.free));
  for (const [name, { free }] of draft.opaques) shapes.set(name, at(free));
  for (const [name, { free, term, selection }] of draft.maxima) {
    shapes.set(name, at(free));
    shapes.set(selection, at([...free, ...term.bound]));
  }
  for (const [name, axes] of draft.tensors) if (axes === 0 && !shapes.has(name)) shapes.set(name, []);
  return shapes;
}

function composed(
  operator: Operator,
  call: Resolved,
  stage: Parameters<typeof compose>[0],
  values: Values,
  known: ReadonlyMap<string, Cells>,
): Cells {
  try {
    return compose(stage, values, known, PRODUCT_CAP);
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(operator.name, call);
    throw error;
  }
}

export function tooLarge(operator: string, { inputs }: Resolved): BackproofError {
  const shapes = Object.entries(inputs).map(([name, shape]) => `${name} ${shape.join('x')}`);
  return new BackproofError({
    code: 'shape-too-large',
    where: `prove ${operator}`,
    what: 'the expanded proof at this shape would need too much memory',
    expected: `at most ${PRODUCT_CAP} products in the forward pass`,
    got: `more, at ${shapes.join(', ')}`,
    fix: 'Take a smaller shape: the same formulas are tested by far fewer cells.',
    data: { cap: PRODUCT_CAP },
  });
}
