/** The formula that an element has by the definition, and by its derivative. */
import { BackproofError } from '../../error.js';
import { rational } from '../../exact/index.js';
import type { Cells } from '../../index-sum/index.js';
import { COTANGENT, forwardCells, forwardValues } from '../../ops/index.js';
import { cellTerms } from '../../proof/index.js';
import { size } from '../../tensor/index.js';
import { countSteps, isProductSum } from '../vectors/expressions.js';
import { derivative, refuseTooLarge } from '../vectors/recompute.js';
import { addFormulas, derivativeOf, type Formula, formulaOf, multiplyFormulas } from './formula.js';
import { formulaAlgebra, formulaVariables, isNoPolynomial } from './formula-algebra.js';
import type { Settled } from './problem.js';

/** The definition of a whole call: what any element of the result is. */
export interface Definition {
  readonly at: (cell: number) => Formula;
  /** Tensors that some element of the result reads. */
  readonly reads: readonly string[];
}

/** No definition in polynomials. */
export interface NoDefinition {
  readonly why: string;
  /** Whether there would be one, only too long to be written out. */
  readonly isPolynomial: boolean;
}

/** Additions and multiplications of a forward pass that is evaluated in polynomials. */
const STEP_CAP = 200_000;

/** Every element of the result as a polynomial over x, w, ... and yBar, or why there is none. */
export function definitionAt(settled: Settled): Definition | NoDefinition {
  const { operator, call, wrt } = settled;
  const productSum = isProductSum(operator, call);
  try {
    if (productSum) refuseTooLarge(operator, call);
    else countSteps(operator, call, STEP_CAP);
  } catch (error) {
    const tooLarge = error instanceof BackproofError && error.code === 'shape-too-large';
    if (tooLarge || error instanceof RangeError) {
      return { why: 'the definition is too long a sum here', isPolynomial: true };
    }
    throw error;
  }
  if (productSum)
    return fromCells(settled, wrt === null ? forwardCells(operator, call) : derivative(operator, call, wrt));
  return (
    throughPolynomials(settled) ?? {
      why: `${operator.name} is no polynomial of its inputs`,
      isPolynomial: false,
    }
  );
}

function fromCells({ tensors }: Settled, cells: Cells): Definition {
  const read = new Set(cells.blocks.flatMap(block => block.tensors));
  const known = new Map<number, Formula>();
  const at = (cell: number) => {
    const formula = known.get(cell) ?? cellFormula(cells, cell);
    known.set(cell, formula);
    return formula;
  };
  return { at, reads: tensors.filter(tensor => read.has(tensor)) };
}

/** One cell of a tensor that is a sum of products. */
export function cellFormula(cells: Cells, cell: number): Formula {
  return formulaOf(
    cellTerms(cells, cell).map(({ coefficient, factors }) => ({
      coefficient: rational.of(coefficient),
      factors,
    })),
  );
}

/** Null where the operator is no polynomial. */
function throughPolynomials(settled: Settled): Definition | null {
  const { call, wrt, tensors } = settled;
  const outputs = outputFormulas(settled);
  if (!outputs || wrt === null) return outputs && definition(outputs, tensors);
  // Each output cell is read once; its terms go to the cells of the input that they mention.
  const parts = Array.from({ length: size(call.inputs[wrt]!) }, (): Formula[] => []);
  outputs.forEach((output, cell) => {
    const yBar = formulaOf([{ coefficient: rational.ONE, factors: [{ tensor: COTANGENT, cell }] }]);
    for (const to of cellsRead(output, wrt))
      parts[to]!.push(multiplyFormulas(yBar, derivativeOf(output, wrt, to)));
  });
  return definition(parts.map(addFormulas), tensors);
}

function definition(formulas: readonly Formula[], tensors: readonly string[]): Definition {
  const read = new Set(
    formulas.flatMap(one => [...one.values()].flatMap(term => term.factors.map(factor => factor.tensor))),
  );
  return { at: cell => formulas[cell]!, reads: tensors.filter(tensor => read.has(tensor)) };
}

function cellsRead(formula: Formula, tensor: string): Set<number> {
  const factors = [...formula.values()].flatMap(term => term.factors);
  return new Set(factors.filter(one => one.tensor === tensor).map(one => one.cell));
}

function outputFormulas({ operator, call }: Settled): readonly Formula[] | null {
  const inputs = Object.entries(call.inputs).map(
    ([name, shape]) => [name, formulaVariables(name, shape)] as const,
  );
  try {
    return forwardValues(operator, call, new Map(inputs), formulaAlgebra).values;
  } catch (error) {
    if (isNoPolynomial(error)) return null;
    throw error;
  }
}
