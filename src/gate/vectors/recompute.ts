/** The results of a vector's call, once more: from the definition, from the claims, from the built-in kernel. */
import { BackproofError } from '../../error.js';
import { rational } from '../../exact/index.js';
import {
  type Algebra,
  type Cells,
  evaluateProgram,
  gradientCells,
  termsOf,
  type Valued,
  walkTerm,
} from '../../index-sum/index.js';
import {
  COTANGENT,
  claimCells,
  definitionOf,
  type FloatTensor,
  forwardCells,
  type Operator,
  type Resolved,
} from '../../ops/index.js';
import { size } from '../../tensor/index.js';
import { countSteps, isProductSum } from './expressions.js';

/** Products of the forward pass; above it the expanded gradients would take too much memory and time. */
const PRODUCT_CAP = 2_000_000;

/** Additions and multiplications of a definition that is differentiated as expressions. */
const STEP_CAP = 100_000;

/** Values of the inputs, and of yBar where gradients are asked for. */
export type Given<T> = ReadonlyMap<string, Valued<T>>;

/** The definition itself, cell by cell. */
export function definedOutput<T>(
  operator: Operator,
  call: Resolved,
  given: Given<T>,
  algebra: Algebra<T>,
): T[] {
  const program = definitionOf(operator, call.params, call.rank);
  return [...evaluateProgram(program, call.sizes, given, algebra).values];
}

/** The derivative of the definition. @throws BackproofError `not-a-product-sum`. */
export function derivative(operator: Operator, call: Resolved, input: string): Cells {
  return gradientCells(forwardCells(operator, call), input, call.inputs[input]!, COTANGENT);
}

/** What the record claims this gradient to be; null where it claims nothing. */
export function claimed(operator: Operator, call: Resolved, input: string): Cells | null {
  const claim = operator.claims(call.params, call.rank)[input];
  return claim === undefined || claim.kind === 'hole' ? null : claimCells(claim, call);
}

/** The value of every cell. */
export function valuesOf<T>(cells: Cells, given: Given<T>, algebra: Algebra<T>): T[] {
  return Array.from({ length: size(cells.shape) }, (_, cell) => {
    const terms: T[] = [];
    for (const { coefficient, tensors, starts, columns } of cells.blocks) {
      const factor = coefficient === 1 ? [] : [algebra.constant(rational.of(coefficient))];
      const values = tensors.map(name => given.get(name)!.values);
      for (let row = starts[cell]!; row < starts[cell + 1]!; row++)
        terms.push(algebra.product([...factor, ...values.map((one, k) => one[columns[k]![row]!]!)]));
    }
    return algebra.sum(terms);
  });
}

/** The built-in kernel's result, the output or a gradient; null where it has none. */
export function kernelResult(
  operator: Operator,
  call: Resolved,
  inputs: Readonly<Record<string, FloatTensor>>,
  upstream: FloatTensor | null,
  wrt: string | null,
): FloatTensor | null {
  if (wrt === null) return operator.kernel.forward(inputs, call);
  return operator.kernel.vjp[wrt]?.(upstream!, inputs, call) ?? null;
}

/** @throws BackproofError `shape-too-large` above 2 million products, or 100,000 steps where there are functions. */
export function refuseTooLarge(operator: Operator, call: Resolved): void {
  if (isProductSum(operator, call)) refuseManyProducts(operator, call);
  else refuseTooLong(operator, call);
}

function refuseManyProducts(operator: Operator, call: Resolved): void {
  let products = 0;
  for (const stage of definitionOf(operator, call.params, call.rank).stages) {
    if (stage.kind !== 'sum') continue;
    for (const term of termsOf(stage).filter(one => one.atoms.every(atom => call.inputs[atom.tensor]))) {
      const shapeOf = (tensor: string) => call.inputs[tensor]!;
      walkTerm(term, stage.free, call.sizes, shapeOf, () => {
        if (++products > PRODUCT_CAP) throw tooLarge(operator, PRODUCT_CAP);
      });
    }
  }
}

/** Every step becomes a node, and its derivative some more. */
function refuseTooLong(operator: Operator, call: Resolved): void {
  try {
    countSteps(operator, call, STEP_CAP);
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(operator, STEP_CAP);
    throw error;
  }
}

function tooLarge(operator: Operator, cap: number): BackproofError {
  return new BackproofError({
    code: 'shape-too-large',
    where: operator.name,
    what: 'the definition at this shape is too long a sum',
    expected: `at most ${cap} products in the forward pass`,
    got: 'more',
    fix: 'Take a smaller shape: the same mistakes show in far fewer cells.',
    data: { cap },
  });
}
