/** A statement being written: the tensors and definitions so far, and what is assumed. */
import { BackproofError } from '../../error.js';
import { type Integer, type Polynomial, polynomial } from '../../exact/index.js';
import type { FunctionName } from '../../expr/index.js';
import type { Atom, Definition, Range, Term } from '../../index-sum/index.js';
import { type Requirement, unusedName, type Windows } from '../../ops/index.js';
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
  /** Names of tensors that were told apart. */
  readonly names: Set<string>;
  /** Given tensors that stand for functions of others. */
  readonly opaques: Map<string, Opaque>;
  /** Given tensors that stand for maxima over windows. */
  readonly maxima: Map<string, Maximum>;
  /** Given tensors without axes whose product with a count is 1. */
  readonly units: Map<string, Polynomial>;
  /** What is defined already, by what it says. */
  readonly byContent: Map<string, string>;
  /** What to do where an operator asks for sizes that do not fit for all values of the parameters. */
  readonly misfit: Misfit;
}

/** coefficient * product of atoms */
export interface Monomial {
  readonly coefficient: Integer;
  readonly atoms: readonly Atom[];
}

/** Functions of one number that are not polynomials: nothing is known of them but their derivative. */
export type OpaqueFunction = Exclude<FunctionName, 'sigmoid' | 'max' | 'select'> | 'reciprocal' | 'positive';

/** A given tensor that stands for a function of others, cell by cell. */
export interface Opaque {
  readonly fn: OpaqueFunction;
  /** Whether a stage of a program is this function and nothing more: the tensor then has the stage's name. */
  readonly isStage: boolean;
  readonly free: readonly Range[];
  readonly of: readonly Monomial[];
}

/** The maximum of a term over its bound indices, and the one-hot tensor that chooses one cell of each window. */
export interface Maximum {
  readonly free: readonly Range[];
  readonly term: Term;
  readonly selection: string;
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
    names: new Set(),
    opaques: new Map(),
    maxima: new Map(),
    units: new Map(),
    byContent: new Map(),
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

/** The name, or the name with the first number that makes it new: slid, slid2. */
export function newTensor(draft: Draft, name: string): string {
  let own = name;
  const isTaken = (one: string) =>
    draft.names.has(one) || draft.tensors.has(one) || draft.definitions.some(known => known.name === one);
  for (let k = 2; isTaken(own); k++) own = `${name}${k}`;
  draft.names.add(own);
  return own;
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
