/** A statement being written: the tensors and definitions so far, and what is assumed. */
import { BackproofError } from '../../error.js';
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Definition, Range } from '../../index-sum/index.js';
import {
  layoutNames,
  type Operator,
  type Params,
  parameterLetters,
  type Requirement,
  type SymbolicCall,
  symbolicCall,
  symbolicDefinition,
  unusedName,
  type Windows,
} from '../../ops/index.js';
import { isEvident } from './evident.js';

/** A tensor by name, and the indices and extents of its cells. */
export interface Value {
  readonly tensor: string;
  readonly free: readonly Range[];
}

export interface Draft {
  /** Number of spatial axes. */
  readonly rank: number;
  /** The number of axes of each given tensor. */
  readonly tensors: Map<string, number>;
  readonly definitions: Definition[];
  /** Polynomials, each at least 0. */
  readonly assume: Polynomial[];
  /** Names that a new parameter may not have. */
  readonly parameters: Set<string>;
  /** The parameter that counts the windows of a room and a step, by their texts. */
  readonly windows: Map<string, string>;
  /** What to do where an operator asks for sizes that do not fit for all values of the parameters. */
  readonly misfit: Misfit;
}

/** `refuse` throws; `assume` states the theorem for the sizes that do fit. */
export type Misfit = 'refuse' | 'assume';

export function newDraft(rank: number, misfit: Misfit): Draft {
  return {
    rank,
    tensors: new Map(),
    definitions: [],
    assume: [],
    parameters: new Set(),
    windows: new Map(),
    misfit,
  };
}

/** A parameter name that is not taken: the letter itself, W for counts of other windows, then primes. */
export function newParameter(draft: Draft, letter: string, windows?: Windows): string {
  const key = windows && [windows.room, windows.step].map(polynomial.text).join(' by ');
  const known = key === undefined ? undefined : draft.windows.get(key);
  if (known !== undefined) return known;
  const second = letter.replace(/^P(?=\d*$)/, 'W');
  const name = draft.parameters.has(letter) ? unusedName(second, draft.parameters) : letter;
  draft.parameters.add(name);
  if (key !== undefined) draft.windows.set(key, name);
  return name;
}

/** The parameters of one application: polynomials by parameter, one per letter it sets, and modes. */
export interface Settings {
  readonly sizes: Readonly<Record<string, readonly Polynomial[]>>;
  readonly modes: Readonly<Record<string, string>>;
}

/**
 * Applies an operator to values and adds its definition to the draft.
 * @param name what to call the result; by default the operator's own word for it
 * @throws BackproofError `sizes-do-not-fit`, `outside-domain`, `rank-mismatch`, `not-a-polynomial`, `not-a-product-sum`.
 */
export function applied(
  draft: Draft,
  operator: Operator,
  inputs: Readonly<Record<string, Value>>,
  settings: Settings,
  name?: string,
): Value {
  const values = Object.entries(inputs);
  const rank = ownRank(operator, values[0]?.[1]) ?? draft.rank;
  const extents = values.map(([input, { free }]) => [input, free.map(range => range.extent)] as const);
  const parameters = parametersAt(operator, settings, rank);
  const shapes = { rank, modes: settings.modes, extents: Object.fromEntries(extents), parameters };
  const call = symbolicCall(operator, shapes, (letter, windows) => newParameter(draft, letter, windows));
  for (const fact of call.defining)
    if (!draft.assume.some(known => polynomial.equal(known, fact))) draft.assume.push(fact);
  for (const one of call.required) hold(draft, operator.name, one);
  return define(draft, operator, call, inputs, name ?? operator.result);
}

/** The rank that the first input shows, where no parameter is given per axis: a matrix can be transposed at any rank. */
function ownRank(operator: Operator, first: Value | undefined): number | null {
  if (operator.rank !== null || !first) return null;
  if (
    Object.values(operator.letters)
      .flat()
      .some(letter => letter.includes('@'))
  )
    return null;
  const axes = first.free.length - layoutNames(Object.values(operator.inputs)[0]!, 0).length;
  return axes < 0 ? null : axes;
}

/** Adds the operator's definition at a call to the draft; the output is its value. */
export function define(
  draft: Draft,
  operator: Operator,
  call: SymbolicCall,
  inputs: Readonly<Record<string, Value>>,
  name: string,
): Value {
  const tensors = Object.entries(inputs).map(([input, { tensor }]) => [input, tensor] as const);
  const stages = symbolicDefinition(operator, call, Object.fromEntries(tensors), (stage, isOutput) => {
    return newTensor(draft, isOutput ? name : stage);
  });
  draft.definitions.push(...stages.map(({ name, free, terms }) => ({ name, free, terms })));
  const { name: tensor, free } = draft.definitions.at(-1)!;
  return { tensor, free };
}

/** The name, or the name with the first number that makes it new: slid, slid2. */
function newTensor(draft: Draft, name: string): string {
  const isTaken = (one: string) =>
    draft.tensors.has(one) || draft.definitions.some(known => known.name === one);
  let own = name;
  for (let k = 2; isTaken(own); k++) own = `${name}${k}`;
  return own;
}

/** The values of the letters that the parameters set, at their defaults where none is given. */
function parametersAt(operator: Operator, { sizes, modes }: Settings, rank: number): Map<string, Polynomial> {
  const entries = [...parameterLetters(operator, rank)].flatMap(([name, letters]) => {
    // A mode sets no letter: the operator's domain does.
    const given = sizes[name] ?? defaultSizes(modes[name] ?? operator.params[name]);
    return letters.flatMap((letter, k): [string, Polynomial][] => {
      const value = given[given.length === 1 ? 0 : k];
      return value ? [[letter, value]] : [];
    });
  });
  return new Map(entries);
}

function defaultSizes(value: Params[string] | undefined): Polynomial[] {
  return [value].flat(2).flatMap(one => (typeof one === 'number' ? [polynomial.constant(one)] : []));
}

/** Holds a requirement to what is assumed. @throws BackproofError `sizes-do-not-fit`, `outside-domain`, or the given code. */
export function hold(draft: Draft, where: string, requirement: Requirement, code?: string): void {
  const zero = requirement.kind === 'equal' && polynomial.subtract(requirement.left, requirement.right);
  const needed = zero
    ? [zero, polynomial.negate(zero)]
    : requirement.kind === 'bound'
      ? [requirement.value]
      : [];
  const missing = needed.filter(value => !isEvident(value, draft.assume));
  if (missing.length === 0) return;
  if (draft.misfit === 'refuse') throw misfit(where, requirement, code);
  draft.assume.push(...missing);
}

function misfit(where: string, requirement: Requirement, code?: string): BackproofError {
  if (requirement.kind === 'equal') {
    const [left, right] = [requirement.left, requirement.right].map(polynomial.text);
    return new BackproofError({
      code: code ?? 'sizes-do-not-fit',
      where,
      what: 'two sizes that have to agree are different polynomials',
      expected: right!,
      got: left!,
      fix: 'Correct the formula, or give the tensors extents that agree.',
    });
  }
  const value = polynomial.text(requirement.value);
  return new BackproofError({
    code: code ?? 'outside-domain',
    where,
    what: 'a parameter may lie outside the domain of the operator',
    expected: `${value} >= 0 among the assumptions`,
    got: 'no such assumption',
    fix: `Assume ${value} >= 0.`,
  });
}
