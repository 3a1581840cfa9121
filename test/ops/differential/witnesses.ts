/** The witnesses of one trial held against each other: definition, reverse mode, claims, kernels. */
import { vjp } from '../../../src/autodiff/index.js';
import { BackproofError } from '../../../src/error.js';
import { rational } from '../../../src/exact/index.js';
import { evaluateAll, variable } from '../../../src/expr/index.js';
import { type Algebra, cellExpressions, numericAlgebra, type Valued } from '../../../src/index-sum/index.js';
import { createEngine, type Engine } from '../../../src/kernels/index.js';
import {
  COTANGENT,
  claimValues,
  definitionOf,
  type FloatTensor,
  forwardValues,
  type Given,
  type Inputs,
  type Operator,
  type Resolved,
  realParameters,
  resolve,
  SELECTION,
  selectionAt,
} from '../../../src/ops/index.js';
import { ravel, type Shape, sameShape, shapeText, size, unravel } from '../../../src/tensor/index.js';
import { exactly, type Measured, measuredArithmetic, roughly } from './measured.js';
import { filled, inputsOf, type Trial } from './trial.js';

/** The first cell at which a witness differs from the definition. */
export interface Difference {
  /** y, dx, dw, ...; the name of an input that a kernel wrote to. */
  readonly result: string;
  readonly witness: 'kernel' | 'claim';
  /** Null where shape or element type differ. */
  readonly cell: readonly number[] | null;
  readonly expected: string;
  readonly got: string;
  /** How far it may be off. */
  readonly bound: number;
}

export type Outcome =
  /** `refused`: results that a kernel says it does not compute, with its code. */
  | { readonly kind: 'agreed'; readonly compared: readonly string[]; readonly refused: readonly string[] }
  /** The definition has no one finite number there, or rounding hides it: a pole, an overflow, a kink. */
  | { readonly kind: 'undecided' }
  | { readonly kind: 'differs'; readonly difference: Difference };

const UNDECIDED: Outcome = { kind: 'undecided' };

/** @throws BackproofError what `resolve` refuses, and whatever breaks down in a kernel. */
export function compareWitnesses(operator: Operator, trial: Trial): Outcome {
  let isAtKink = false;
  const work = workOf(operator, trial, () => {
    isAtKink = true;
  });
  const expected = expectations(work);
  if (isAtKink || ![...expected.values()].every(isKnown)) return UNDECIDED;
  const [compared, refused]: [string[], string[]] = [[], []];
  for (const [result, reference] of expected) {
    const claim = claimed(work, result);
    if (claim && !isKnown(claim)) return UNDECIDED;
    const difference = claim && firstDifference(result, 'claim', reference, claim, trial.dtype, 0);
    if (difference) return { kind: 'differs', difference };
    if (claim) compared.push(`claim ${result}`);
    const results = engines.map(engine => [engine, computed(work, result, engine)] as const);
    for (const [{ kind }, got] of results) {
      if (!got || got instanceof BackproofError) continue;
      const steps = kind === 'wasm' ? stepsIn(work) : 0;
      const found = firstDifference(result, 'kernel', reference, got, trial.dtype, steps);
      if (found) return { kind: 'differs', difference: found };
    }
    const [, first] = results[0]!;
    if (first instanceof BackproofError) refused.push(`kernel ${result}: ${first.code}`);
    else if (first) compared.push(`kernel ${result}`);
  }
  // A claim may have kinks where the definition has none.
  if (isAtKink) return UNDECIDED;
  const written = writtenInput(work);
  return written ? { kind: 'differs', difference: written } : { kind: 'agreed', compared, refused };
}

/** Every kernel is asked for its result by each of them; most give the same answer to all three. */
const engines = (['plain', 'tiled', 'wasm'] as const).map(kind => createEngine(kind));

/** No sum has more products than that. */
const stepsIn = ({ inputs, yBar }: Work): number =>
  [...Object.values(inputs), yBar].reduce((cells, { data }) => cells + data.length, 0);

/** Known well enough to be compared with: a wide bound would pass anything. */
const isKnown = ({ values }: Valued<Measured>): boolean =>
  values.every(({ value, error }) => Number.isFinite(value) && error <= 1e-6 * Math.max(1, Math.abs(value)));

interface Work {
  readonly operator: Operator;
  readonly trial: Trial;
  readonly call: Resolved;
  readonly inputs: Inputs;
  readonly yBar: FloatTensor;
  readonly arithmetic: ReturnType<typeof measuredArithmetic>;
  readonly algebra: Algebra<Measured>;
  /** Inputs and yBar. */
  readonly given: Given<Measured>;
}

function workOf(operator: Operator, trial: Trial, onKink: () => void): Work {
  const call = resolve(operator, trial.shapes, trial.params);
  const { stages } = definitionOf(operator, call.params, call.rank);
  // Where there are functions, a kernel may well shift or scale their arguments first.
  const real = stages.some(stage => stage.kind === 'pointwise') ? roughly : exactly;
  const inputs = inputsOf(trial);
  const yBar = cotangentOf(trial, call);
  const tensors = Object.entries({ ...inputs, [COTANGENT]: yBar }).map(
    ([name, { shape, data }]) => [name, { shape, values: Array.from(data, real) }] as const,
  );
  const arithmetic = measuredArithmetic(onKink);
  const algebra = numericAlgebra(arithmetic);
  return { operator, trial, call, inputs, yBar, arithmetic, algebra, given: new Map(tensors) };
}

/** The output from the definition, and every gradient by reverse mode over its cells. */
function expectations({ operator, call, given, arithmetic, algebra }: Work): Map<string, Valued<Measured>> {
  const program = definitionOf(operator, call.params, call.rank);
  const reals = realParameters(operator, call.params, call.rank);
  const scalars = Object.fromEntries(reals.map(name => [name, []]));
  const cells = cellExpressions(program, call.sizes, { ...call.inputs, ...scalars }).values;
  const cotangents = cells.map((_, cell) => variable(COTANGENT, unravel(call.output, cell)));
  const gradient = vjp(cells, cotangents);
  const names = Object.keys(call.inputs);
  const wanted = names.flatMap(name => indicesOf(call.inputs[name]!).map(index => gradient.at(name, index)));
  const values = evaluateAll(wanted, arithmetic, ({ tensor, index }) => {
    const known = given.get(tensor);
    if (!known) return arithmetic.constant(rational.from(Number(call.params[tensor])));
    return known.values[ravel(known.shape, index)]!;
  });
  const results = new Map([['y', forwardValues(operator, call, given, algebra)]]);
  let from = 0;
  for (const name of names) {
    const shape = call.inputs[name]!;
    results.set(`d${name}`, { shape, values: values.slice(from, from + size(shape)) });
    from += size(shape);
  }
  return results;
}

const indicesOf = (shape: Shape): number[][] =>
  Array.from({ length: size(shape) }, (_, cell) => [...unravel(shape, cell)]);

function claimed({ operator, call, given, algebra }: Work, result: string): Valued<Measured> | null {
  const claim = operator.claims(call.params, call.rank)[result.slice(1)];
  if (result === 'y' || claim === undefined || claim.kind === 'hole') return null;
  const numbers = [...given].map(([name, { shape, values }]) => {
    return [name, { shape, values: values.map(one => one.value) }] as const;
  });
  const chosen = selectionAt(operator, call, new Map(numbers));
  const selection = chosen && { shape: chosen.shape, values: chosen.values.map(exactly) };
  return claimValues(
    claim,
    operator,
    call,
    selection ? new Map(given).set(SELECTION, selection) : given,
    algebra,
  );
}

function computed(
  { operator, call, inputs, yBar }: Work,
  result: string,
  engine: Engine,
): FloatTensor | BackproofError | null {
  try {
    if (result === 'y') return operator.kernel.forward(inputs, call, { engine });
    return operator.kernel.vjp[result.slice(1)]?.(yBar, inputs, call, { engine }) ?? null;
  } catch (error) {
    if (error instanceof BackproofError) return error;
    throw error;
  }
}

/** The first cell of an input, or of yBar, that a kernel has changed. */
function writtenInput({ trial, call, inputs, yBar }: Work): Difference | null {
  const fresh: Inputs = { ...inputsOf(trial), [COTANGENT]: cotangentOf(trial, call) };
  for (const [name, { shape, data }] of Object.entries({ ...inputs, [COTANGENT]: yBar })) {
    const cell = data.findIndex((value, k) => value !== fresh[name]!.data[k]);
    if (cell < 0) continue;
    const [expected, got] = [String(fresh[name]!.data[cell]), String(data[cell])];
    return { result: name, witness: 'kernel', cell: unravel(shape, cell), expected, got, bound: 0 };
  }
  return null;
}

const cotangentOf = (trial: Trial, call: Resolved): FloatTensor =>
  filled(trial, trial.filling === 'unit' ? 'fractions' : trial.filling, COTANGENT, call.output);

/** A float32 result is the exact one rounded once, unless its sums are float32 themselves: of so many steps. */
function firstDifference(
  result: string,
  witness: Difference['witness'],
  { shape, values }: Valued<Measured>,
  got: Valued<Measured> | FloatTensor,
  dtype: Trial['dtype'],
  steps: number,
): Difference | null {
  const isKernel = 'dtype' in got;
  const [right, found] = [
    `${dtype} ${shapeText(shape)}`,
    `${isKernel ? got.dtype : dtype} ${shapeText(got.shape)}`,
  ];
  if (right !== found || !sameShape(shape, got.shape))
    return { result, witness, cell: null, expected: right, got: found, bound: 0 };
  for (const [k, reference] of values.entries()) {
    const one = isKernel ? { value: got.data[k]!, error: storing(reference, dtype) } : got.values[k]!;
    // Whole numbers below 2^24 are exact in every order.
    const slips = dtype === 'float32' && reference.size > 2 ** 24 ? steps * reference.size * 2 ** -24 : 0;
    const isExact = reference.error === 0 && one.error === 0 && slips === 0;
    const expected =
      isExact && isKernel && dtype === 'float32' ? Math.fround(reference.value) : reference.value;
    const bound = isExact
      ? 0
      : 2 * reference.error + one.error + slips + storing({ ...reference, error: slips }, dtype);
    if (Math.abs(one.value - expected) <= bound) continue;
    return {
      result,
      witness,
      cell: unravel(shape, k),
      expected: String(expected),
      got: String(one.value),
      bound,
    };
  }
  return null;
}

/** What storing a value that is not exact as a float32 adds. */
function storing({ value, error }: Measured, dtype: Trial['dtype']): number {
  if (error === 0 || dtype === 'float64') return 0;
  return (Math.abs(value) + error) * 2 ** -24 + 2 ** -150;
}
