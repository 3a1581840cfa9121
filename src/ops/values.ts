/** Definitions and claims at given values, in any algebra: float64, exact numbers, expressions. */
import { rational } from '../exact/index.js';
import { type Algebra, evaluateProgram, type Valued } from '../index-sum/index.js';
import { claimParams } from './cells.js';
import { type Claim, OUTPUT, unknownTensor } from './claim.js';
import { definitionOf, programOf, realParameters } from './definition.js';
import type { Operator, Resolved } from './operator.js';
import { operatorNamed } from './registry.js';
import { resolve } from './resolve.js';

/** Values of tensors by name. */
export type Given<T> = ReadonlyMap<string, Valued<T>>;

/** The output of an operator. @throws what the algebra throws, and `empty-maximum`. */
export function forwardValues<T>(
  operator: Operator,
  call: Resolved,
  inputs: Given<T>,
  algebra: Algebra<T>,
): Valued<T> {
  const program = definitionOf(operator, call.params, call.rank);
  return evaluateProgram(program, call.sizes, withReals(operator, call, inputs, algebra), algebra);
}

/**
 * The value of a claim, from those of the inputs and yBar (and of the selection, where the claim reads one).
 * @throws BackproofError `ill-formed-claim`, and what the claim's operators refuse.
 */
export function claimValues<T>(
  claim: Claim,
  operator: Operator,
  call: Resolved,
  given: Given<T>,
  algebra: Algebra<T>,
): Valued<T> {
  const reals = withReals(operator, call, given, algebra);
  let output: Valued<T> | undefined;
  const evaluated = (one: Claim): Valued<T> => {
    if (one.kind === 'tensor') return tensorOf(one.name);
    const inputs = Object.entries(one.inputs).map(([name, part]) => [name, evaluated(part)] as const);
    if (one.kind === 'formula') {
      const program = programOf(one.text, call.rank);
      const own = new Map(inputs);
      const known = [...program.inputs.keys()].map(name => [name, own.get(name) ?? tensorOf(name)] as const);
      return evaluateProgram(program, call.sizes, new Map(known), algebra);
    }
    const applied = operatorNamed(one.operator);
    const shapes = Object.fromEntries(inputs.map(([name, { shape }]) => [name, shape]));
    return forwardValues(applied, resolve(applied, shapes, claimParams(one, call)), new Map(inputs), algebra);
  };
  const tensorOf = (name: string): Valued<T> => {
    const known = reals.get(name);
    if (known) return known;
    if (name !== OUTPUT) throw unknownTensor(name, [...reals.keys(), OUTPUT]);
    output ??= forwardValues(operator, call, given, algebra);
    return output;
  };
  return evaluated(claim);
}

/** The real parameters as tensors without axes, beside what is given. */
function withReals<T>(operator: Operator, { params, rank }: Resolved, given: Given<T>, algebra: Algebra<T>) {
  const known = new Map(given);
  for (const name of realParameters(operator, params, rank)) {
    if (known.has(name)) continue;
    const value = algebra.constant(rational.from(params[name] as number));
    known.set(name, { shape: [], values: [value] });
  }
  return known;
}
