/** Operators applied to the values of a draft. */
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Program } from '../../index-sum/index.js';
import {
  definitionOf,
  layoutNames,
  type Operator,
  type Params,
  parameterLetters,
  realParameters,
  type SymbolicCall,
  symbolicCall,
  symbolicStages,
} from '../../ops/index.js';
import { defineStage } from './define-stage.js';
import { type Draft, hold, newParameter, type Value } from './draft.js';

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
  const letters = Object.values(operator.letters).flat();
  if (operator.rank !== null || !first || letters.some(letter => letter.includes('@'))) return null;
  const axes = first.free.length - layoutNames(Object.values(operator.inputs)[0]!, 0).length;
  return axes < 0 ? null : axes;
}

/** Adds the operator's definition at a call to the draft; the output is its value. @throws BackproofError `formula-too-large`. */
export function define(
  draft: Draft,
  operator: Operator,
  call: SymbolicCall,
  inputs: Readonly<Record<string, Value>>,
  name: string,
): Value {
  const tensors = Object.entries(inputs).map(([input, { tensor }]) => [input, tensor] as const);
  const reals = realParameters(operator, call.modes, call.rank).map(real => [real, real] as const);
  for (const [real] of reals) draft.tensors.set(real, 0);
  const program = definitionOf(operator, call.modes, call.rank);
  return defineProgram(draft, program, call, Object.fromEntries([...tensors, ...reals]), name);
}

/** Adds a program over the letters of a call to the draft; its last stage is the value. */
export function defineProgram(
  draft: Draft,
  program: Program,
  { letters }: SymbolicCall,
  tensors: Readonly<Record<string, string>>,
  name: string,
): Value {
  const isShared = program.stages.some(stage => stage.kind !== 'sum');
  const values: Value[] = [];
  symbolicStages(program, letters, tensors, (stage, isOutput) => {
    const tensor = defineStage(draft, stage, { name: isOutput ? name : stage.name, isShared });
    values.push({ tensor, free: stage.free });
    return tensor;
  });
  return values.at(-1)!;
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
