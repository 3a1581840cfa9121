/** The cells of an operator and of a claim at one shape, as sums of products of their tensors' cells. */

import { BackproofError } from '../error.js';
import {
  type Cells,
  compose,
  outputStage,
  type Program,
  parameterPolynomial,
  parsePolynomial,
  variableCells,
} from '../index-sum/index.js';
import type { Shape } from '../tensor/index.js';
import { type Application, type Claim, COTANGENT, type Formula, OUTPUT, unknownTensor } from './claim.js';
import { definitionOf, programOf } from './definition.js';
import type { Operator, Params, Resolved } from './operator.js';
import { operatorNamed } from './registry.js';
import { resolve } from './resolve.js';

/**
 * Every output cell over the given inputs (by default, variables of the inputs' names).
 * @throws BackproofError `not-a-product-sum` for an operator with maxima or pointwise functions.
 */
export function forwardCells(
  operator: Operator,
  call: Resolved,
  inputs: ReadonlyMap<string, Cells> = variablesOf(call),
): Cells {
  return programCells(operator.name, definitionOf(operator, call.params, call.rank), call, inputs);
}

/** The last stage of a program made of sums of products. */
function programCells(
  where: string,
  program: Program,
  call: Resolved,
  inputs: ReadonlyMap<string, Cells>,
): Cells {
  const known = new Map(inputs);
  let last: Cells | null = null;
  for (const stage of program.stages) {
    if (stage.kind !== 'sum') throw notAProductSum(where, stage.kind);
    last = compose(stage, call.sizes, known);
    known.set(stage.name, last);
  }
  return last!;
}

/** The shape of an input, of the output, or of the cotangent, which is shaped like the output. */
export function tensorShape(call: Resolved, tensor: string): Shape {
  return tensor === COTANGENT || tensor === OUTPUT ? call.output : call.inputs[tensor]!;
}

/** The shape of what a formula gives at a call. */
export function formulaShape({ text }: Formula, call: Resolved): Shape {
  const { free } = outputStage(programOf(text, call.rank));
  return free.map(range => parameterPolynomial(range.extent, call.sizes));
}

/** The inputs that are present, each cell a variable. */
function variablesOf(call: Resolved): Map<string, Cells> {
  return new Map(Object.entries(call.inputs).map(([name, shape]) => [name, variableCells(name, shape)]));
}

/**
 * Every cell of a claimed gradient over the call's inputs and yBar.
 * @throws BackproofError `ill-formed-claim`, and what the claim's operators refuse.
 */
export function claimCells(claim: Claim, call: Resolved): Cells {
  const tensors = variablesOf(call).set(COTANGENT, variableCells(COTANGENT, call.output));
  return evaluate(claim, call, tensors);
}

function evaluate(claim: Claim, call: Resolved, tensors: ReadonlyMap<string, Cells>): Cells {
  if (claim.kind === 'tensor') {
    const known = tensors.get(claim.name);
    if (!known) throw unknownTensor(claim.name, [...tensors.keys()]);
    return known;
  }
  const inputs = new Map(
    Object.entries(claim.inputs).map(([name, one]) => [name, evaluate(one, call, tensors)]),
  );
  if (claim.kind === 'formula') {
    const given = new Map([...tensors, ...inputs]);
    return programCells('claim', programOf(claim.text, call.rank), call, given);
  }
  const operator = operatorNamed(claim.operator);
  const shapes = Object.fromEntries([...inputs].map(([name, cells]) => [name, cells.shape]));
  return forwardCells(operator, resolve(operator, shapes, claimParams(claim, call)), inputs);
}

/** The parameters of one application at the sizes of the claiming call. */
export function claimParams(claim: Application, call: Resolved): Params {
  const sizes = Object.entries(claim.sizes).map(([name, text]) => [name, sizeValue(text, call)] as const);
  return { ...Object.fromEntries(sizes), ...claim.modes };
}

function sizeValue(text: string, { rank, sizes }: Resolved): number | number[] {
  if (!text.includes('@')) return parameterPolynomial(parsePolynomial(text), sizes);
  return Array.from({ length: rank }, (_, k) => parameterPolynomial(parsePolynomial(text, k + 1), sizes));
}

function notAProductSum(operator: string, kind: string): BackproofError {
  return new BackproofError({
    code: 'not-a-product-sum',
    where: operator,
    what: `its definition has a ${kind} stage, so its cells are not sums of products`,
    expected: 'an operator made of sums of products',
    got: kind,
    fix: 'Use the expression graph of the cells instead.',
  });
}
