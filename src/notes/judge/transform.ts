/** Whole-side changes of indices: the kernel rotated by 180 degrees, a tensor transposed. */
import { ravel, unravel } from '../../tensor/index.js';
import type { Formula } from '../formula/tree.js';
import { type Atom, writtenShape } from './atom.js';
import { quantityOf } from './meaning.js';
import { cellCount, type Given, type Model } from './model.js';
import { rewrite } from './rewrite.js';
import type { Scope } from './scope.js';
import { atomFormula, type Writer } from './write.js';

interface Transformed {
  readonly kind: 'rotated' | 'transposed';
  readonly tensors: readonly Given[];
  readonly side: Formula;
}

const TRANSPOSED: readonly (readonly Given[])[] = [
  ['kernel'],
  ['input'],
  ['upstream'],
  ['kernel', 'input'],
  ['kernel', 'upstream'],
  ['input', 'upstream'],
  ['kernel', 'input', 'upstream'],
];

/** The side with its indices turned, in every way that the shapes allow; worked out one after the other. */
export function* transformed(side: Formula, writer: Writer, scope: Scope): Generator<Transformed> {
  const { model } = scope;
  if (model.setup.roles.kernel) {
    const last = cellCount(model, 'kernel') - 1;
    yield { kind: 'rotated', tensors: ['kernel'], side: turn(side, ['kernel'], (_, cell) => last - cell) };
  }
  const square = (given: Given) => squareSide(model, given) !== null;
  for (const tensors of TRANSPOSED.filter(list => list.every(square))) {
    yield {
      kind: 'transposed',
      tensors,
      side: turn(side, tensors, (given, cell) => transposedCell(model, given, cell)),
    };
  }

  function turn(
    formula: Formula,
    tensors: readonly Given[],
    change: (given: Given, cell: number) => number,
  ): Formula {
    return rewrite(formula, node => {
      const atom = quantityOf(node, scope);
      if (atom === null || atom === 'loss' || atom.kind !== 'given' || !tensors.includes(atom.of))
        return null;
      const turned: Atom = { ...atom, cell: change(atom.of, atom.cell) };
      return atomFormula(writer, turned);
    });
  }
}

/** The extents of a square tensor with two axes; null for any other. */
function squareSide(model: Model, given: Given): readonly number[] | null {
  const role = given === 'upstream' ? 'output' : given;
  if (!model.setup.roles[role]) return null;
  const shape = writtenShape(model, role);
  return shape.length === 2 && shape[0] === shape[1] && shape[0]! > 1 ? shape : null;
}

function transposedCell(model: Model, given: Given, cell: number): number {
  const shape = squareSide(model, given)!;
  return ravel(shape, [...unravel(shape, cell)].reverse());
}
