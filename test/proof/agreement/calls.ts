/** Random calls of an operator, and its gradients by plain loops. */
import fc from 'fast-check';
import { BackproofError } from '../../../src/error.js';
import {
  type Example,
  type FloatTensor,
  type Operator,
  operators,
  type Params,
  type Resolved,
  resolve,
} from '../../../src/ops/index.js';
import { ravel, size } from '../../../src/tensor/index.js';
import { dot, integers } from '../../kernels/values.js';
import { callAt, freeLetters, modesOf } from '../../ops/calls.js';

export interface RandomCall {
  readonly example: Example;
  readonly call: Resolved;
}

const ranksOf = ({ rank }: Operator) => (typeof rank === 'number' ? [rank] : [1, 2, 3]);

/** Every operator at every rank in every mode. */
export const everyCase = operators.flatMap(operator =>
  ranksOf(operator).flatMap(rank =>
    modesOf(operator, rank).map(modes => {
      const name = [operator.name, `${rank}d`, ...Object.values(modes)].join(' ');
      return { name, operator, rank, modes };
    }),
  ),
);

/** Extents and strides from 1 to 4, paddings from -1 to 3 of inputs from 2 on: calls that the operator accepts. */
export function randomCalls(
  operator: Operator,
  modes: Params,
  rank: number,
  count: number,
  largest = 700,
): RandomCall[] {
  const letters = freeLetters(operator, modes, rank);
  const value = (letter: string) => {
    if (/^[ab]\d?$/.test(letter)) return fc.integer({ min: -1, max: 3 });
    return fc.integer({
      min: letter.startsWith('L') ? 2 : 1,
      max: rank === 3 && /^[LPK]/.test(letter) ? 3 : 4,
    });
  };
  const values = fc.record(Object.fromEntries(letters.map(letter => [letter, value(letter)])));
  const found = fc.sample(values, { seed: 71, numRuns: 60 * count }).flatMap(drawn => {
    const example = callAt(operator, modes, rank, drawn);
    const call = accepted(operator, example);
    return call && cells(call) < largest ? [{ example, call }] : [];
  });
  return found.slice(0, count);
}

export function accepted(operator: Operator, { shapes, params }: Example): Resolved | null {
  try {
    return resolve(operator, shapes, params);
  } catch (error) {
    if (error instanceof BackproofError) return null;
    throw error;
  }
}

const cells = ({ inputs, output }: Resolved) =>
  [...Object.values(inputs), output].reduce((sum, shape) => sum + size(shape), 0);

export type Values = Readonly<Record<string, FloatTensor>>;

/** Integers for every input and for yBar. */
export function valuesFor(call: Resolved): Values {
  const shapes = Object.entries({ ...call.inputs, yBar: call.output });
  return Object.fromEntries(
    shapes.map(([name, shape], k) => [name, integers(shape, k + 5, 'float64', 9)] as const),
  );
}

/** The value of a cell by its name in a monomial, such as "x[0,1]". */
export function cellValue(values: Values, cell: string): number {
  const [, name, index] = /^(\w+)\[(.*)\]$/.exec(cell) ?? [cell, cell, ''];
  const { shape, data } = values[name!]!;
  return data[ravel(shape, index === '' ? [] : index!.split(',').map(Number))]!;
}

/**
 * The derivative of the sum of yBar * y by every cell of an input: the difference that a step of 1 makes, which
 * is exact where y is linear in that input.
 */
export function differences(operator: Operator, call: Resolved, values: Values, wrt: string): number[] {
  const { yBar, ...inputs } = values;
  const loss = (given: Values) => dot(operator.kernel.forward(given, call), yBar!);
  const [at, start] = [inputs[wrt]!, loss(inputs)];
  return [...at.data].map((_, k) => {
    const data = Float64Array.from(at.data, (value, cell) => (cell === k ? value + 1 : value));
    return loss({ ...inputs, [wrt]: { ...at, dtype: 'float64', data } }) - start;
  });
}
