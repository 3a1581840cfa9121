/**
 * Scalar expressions as inert, immutable data. Building never simplifies, and a node may have many parents,
 * so an expression is a graph without cycles; every pass visits a node once.
 */
import { BackproofError } from '../error.js';
import type { Integer, Rational } from '../exact/index.js';
import { integer, rational } from '../exact/index.js';
import type { FunctionName } from './functions.js';
import { functionNamed } from './functions.js';

export interface Constant {
  readonly kind: 'constant';
  readonly value: Rational;
}

/** One cell of a tensor: `index` is 0-based, and empty for a scalar. */
export interface Variable {
  readonly kind: 'variable';
  readonly tensor: string;
  readonly index: readonly number[];
}

export interface Sum {
  readonly kind: 'sum';
  readonly terms: readonly Expr[];
}

export interface Product {
  readonly kind: 'product';
  readonly factors: readonly Expr[];
}

export interface Power {
  readonly kind: 'power';
  readonly base: Expr;
  /** An integer of either sign; x to the power 0 is 1 everywhere. */
  readonly exponent: number;
}

export interface Quotient {
  readonly kind: 'quotient';
  readonly numerator: Expr;
  readonly denominator: Expr;
}

export interface Call {
  readonly kind: 'call';
  readonly fn: FunctionName;
  readonly args: readonly Expr[];
}

export type Expr = Constant | Variable | Sum | Product | Power | Quotient | Call;

/** @throws BackproofError `not-an-integer` for a number that is not a safe integer. */
export function constant(value: Rational | Integer): Constant {
  return { kind: 'constant', value: typeof value === 'object' ? value : rational.of(integer.from(value)) };
}

/** @throws BackproofError `invalid-node` unless every index is a natural number. */
export function variable(tensor: string, index: readonly number[] = []): Variable {
  if (!index.every(i => Number.isSafeInteger(i) && i >= 0)) {
    throw invalidNode(`variable ${tensor}`, 'an index is not a cell', 'natural numbers', `[${index}]`);
  }
  return { kind: 'variable', tensor, index: [...index] };
}

/** The empty sum is 0. */
export function sum(terms: readonly Expr[]): Sum {
  return { kind: 'sum', terms: [...terms] };
}

/** The empty product is 1. */
export function product(factors: readonly Expr[]): Product {
  return { kind: 'product', factors: [...factors] };
}

/** @throws BackproofError `invalid-node` unless the exponent is a safe integer. */
export function power(base: Expr, exponent: number): Power {
  if (!Number.isSafeInteger(exponent)) {
    throw invalidNode('power', 'the exponent is not an integer', 'a safe integer', String(exponent));
  }
  return { kind: 'power', base, exponent };
}

export function quotient(numerator: Expr, denominator: Expr): Quotient {
  return { kind: 'quotient', numerator, denominator };
}

/** @throws BackproofError `invalid-node` for a wrong number of arguments. */
export function call(fn: FunctionName, args: readonly Expr[]): Call {
  const { arity } = functionNamed(fn);
  if (args.length !== arity) {
    throw invalidNode(fn, 'the number of arguments is wrong', String(arity), String(args.length));
  }
  return { kind: 'call', fn, args: [...args] };
}

/**
 * The largest of the arguments, as a left fold of `max`: a tie goes to the first.
 * @throws BackproofError `invalid-node` without arguments.
 */
export function maximum(args: readonly Expr[]): Expr {
  if (args.length === 0) throw invalidNode('maximum', 'nothing to compare', 'at least one argument', 'none');
  return args.reduce((largest, arg) => call('max', [largest, arg]));
}

/** One name per cell: equal keys, equal variables. */
export function variableKey(tensor: string, index: readonly number[]): string {
  return `${tensor}[${index.join(',')}]`;
}

/** A `variable` that gives the same object for the same cell. */
export function variableInterner(): typeof variable {
  const known = new Map<string, Variable>();
  return (tensor, index = []) => {
    const key = variableKey(tensor, index);
    const found = known.get(key) ?? variable(tensor, index);
    known.set(key, found);
    return found;
  };
}

/** The direct subexpressions, in order, repeated where used twice. */
export function children(node: Expr): readonly Expr[] {
  switch (node.kind) {
    case 'constant':
    case 'variable':
      return [];
    case 'sum':
      return node.terms;
    case 'product':
      return node.factors;
    case 'power':
      return [node.base];
    case 'quotient':
      return [node.numerator, node.denominator];
    case 'call':
      return node.args;
  }
}

function invalidNode(where: string, what: string, expected: string, got: string): BackproofError {
  const fix = 'Build the expression from a valid argument.';
  return new BackproofError({ code: 'invalid-node', where, what, expected, got, fix });
}
