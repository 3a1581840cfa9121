/** The derivative of a definition, and claims about it, as cells at one shape. */
import { BackproofError } from '../error.js';
import { type Cells, gradientCells, walkTerm } from '../index-sum/index.js';
import {
  type Claim,
  COTANGENT,
  claimCells,
  definitionOf,
  forwardCells,
  isSumOfProducts,
  type Operator,
  type Resolved,
  tensorShape,
} from '../ops/index.js';
import { type Shape, sameShape, unravel } from '../tensor/index.js';
import { type Difference, firstDifference } from './compare.js';
import { instanceAt, PRODUCT_CAP, tooLarge } from './instance.js';
import { differsInValue } from './refute/meaning.js';
import { answer } from './statement/question.js';
import { readings } from './statement/readings.js';
import { derivativeStatement } from './statement/theorems.js';
import { withoutUnits } from './units.js';

/** One input of a call: what its gradient is, and how claims compare with it. */
export interface AtShape {
  readonly gradient: Cells;
  /** @throws BackproofError `ill-formed-claim`, and what the claim's operators refuse. */
  readonly cells: (claim: Claim) => Cells;
  readonly shapeOf: (tensor: string) => Shape;
  /** Null where two tensors of one shape are the same polynomials, from a cell on. */
  readonly difference: (
    one: Cells,
    other: Cells,
    watch?: (cells: number) => void,
    from?: number,
  ) => Difference | null;
  /** What opaque tensors stand for. */
  readonly readings: () => readonly string[];
  /** At which cells a difference of a claim is one of values, not only of formulas over opaque tensors. */
  readonly isReal: (claim: Claim) => (cell: number) => boolean;
}

/**
 * A definition that is a sum of products is expanded as it is, once for all inputs; any other is differentiated stage
 * by stage, over opaque tensors for what is no polynomial.
 * @throws BackproofError `shape-too-large` above 10 million products.
 */
export function atShape(operator: Operator, call: Resolved): (wrt: string) => AtShape {
  if (!isSumOfProducts(operator, call.params, call.rank)) return wrt => throughOpaque(operator, call, wrt);
  refuseTooLarge(operator, call);
  const forward = forwardCells(operator, call);
  const shapeOf = (tensor: string) => tensorShape(call, tensor);
  return wrt => ({
    gradient: gradientCells(forward, wrt, call.inputs[wrt]!, COTANGENT),
    cells: claim => claimCells(claim, call),
    shapeOf,
    difference: (one, other, watch, from) => firstDifference(one, other, shapeOf, watch, from),
    readings: () => [],
    isReal: () => () => true,
  });
}

function throughOpaque(operator: Operator, call: Resolved, wrt: string): AtShape {
  const instance = instanceAt(operator, call, wrt);
  const { question, cellsOf, shapeOf, units, values } = instance;
  const gradient = instance.gradient();
  return {
    gradient,
    cells: claim => cellsOf(answer(question, claim)),
    shapeOf,
    difference: (one, other, watch, from) => {
      const [left, right] = withoutUnits([one, other], units());
      return firstDifference(left!, right!, shapeOf, watch, from);
    },
    readings: () => readings(question.draft),
    isReal: claim => {
      const statement = derivativeStatement(question.draft, { ...question, is: answer(question, claim) });
      return cell =>
        differsInValue(statement, question.draft, values, unravel(gradient.shape, cell)) ?? false;
    },
  };
}

/** The cells of a mistaken claim, or null where it does not even fit the shapes. */
export function mistakeCells({ cells, gradient }: AtShape, claim: Claim): Cells | null {
  try {
    const found = cells(claim);
    return sameShape(found.shape, gradient.shape) ? found : null;
  } catch (error) {
    if (error instanceof BackproofError) return null;
    throw error;
  }
}

function refuseTooLarge(operator: Operator, call: Resolved): void {
  let products = 0;
  for (const stage of definitionOf(operator, call.params, call.rank).stages) {
    if (stage.kind !== 'sum') continue;
    for (const term of stage.terms.filter(one => one.atoms.every(atom => call.inputs[atom.tensor]))) {
      walkTerm(
        term,
        stage.free,
        call.sizes,
        tensor => call.inputs[tensor]!,
        () => {
          if (++products > PRODUCT_CAP) throw tooLarge(operator.name, call);
        },
      );
    }
  }
}
