/** The mistakes that an operator's record knows: which of them has the kernel's formula? */
import { BackproofError } from '../../error.js';
import { claimCells, claimValues, type Operator } from '../../ops/index.js';
import { sameShape } from '../../tensor/index.js';
import { isProductSum } from '../vectors/expressions.js';
import { cellFormula } from './definition.js';
import type { Suspect } from './failure.js';
import { type Formula, sameFormula } from './formula.js';
import { formulaAlgebra, formulaVariables } from './formula-algebra.js';
import type { Element } from './hint.js';
import { type Settled, shapeIn } from './problem.js';

/** Mistaken claims that have the kernel's formula at every one of these elements, as suspects. */
export function recordedMistakes(settled: Settled, elements: readonly Element[]): Suspect[] {
  const { operator, wrt, problem } = settled;
  // Many a mistake does not show everywhere: a right element speaks for none.
  if (elements.some(({ expected, got }) => sameFormula(expected, got))) return [];
  return operator.mistakes
    .filter(mistake => mistake.wrt === wrt)
    .filter(mistake => {
      const formulas = claimFormulas(settled, mistake);
      return formulas !== null && elements.every(({ cell, got }) => sameFormula(formulas(cell), got));
    })
    .map(({ name, says }) => ({
      mistake: `${says} [${name}]`,
      where: `${problem.op} ${problem.result}`,
      evidence: `with this mistake the formula is exactly the kernel's${where(elements)}`,
    }));
}

const where = ({ length }: readonly Element[]): string => (length === 1 ? ' here' : ` at ${length} elements`);

/** Null where the claim is no polynomial, or does not even fit the shapes. */
function claimFormulas(
  settled: Settled,
  { claim }: Operator['mistakes'][number],
): ((cell: number) => Formula) | null {
  const { operator, call, tensors, shape } = settled;
  const said = claim(call.params, call.rank);
  try {
    if (isProductSum(operator, call)) {
      const cells = claimCells(said, call);
      return sameShape(cells.shape, shape) ? cell => cellFormula(cells, cell) : null;
    }
    const given = tensors.map(name => [name, formulaVariables(name, shapeIn(settled, name))] as const);
    const found = claimValues(said, operator, call, new Map(given), formulaAlgebra);
    return sameShape(found.shape, shape) ? cell => found.values[cell]! : null;
  } catch (error) {
    if (error instanceof BackproofError) return null;
    throw error;
  }
}
