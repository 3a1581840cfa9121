/** Definitions that are no sums of products, their derivatives and the claims about them, as expressions over a call's cells. */
import { vjp } from '../../autodiff/index.js';
import { type Expr, variable } from '../../expr/index.js';
import { type Algebra, expressionAlgebra, type Valued } from '../../index-sum/index.js';
import {
  type Claim,
  COTANGENT,
  claimValues,
  definitionOf,
  forwardValues,
  type Operator,
  type Resolved,
  realParameters,
  SELECTION,
} from '../../ops/index.js';
import { type Shape, size, unravel } from '../../tensor/index.js';

/** Every cell of a call that has been differentiated once. */
export interface Expressed {
  readonly output: readonly Expr[];
  readonly gradient: (wrt: string) => readonly Expr[];
  /** @throws what the claim's operators refuse. */
  readonly claim: (claim: Claim) => Valued<Expr>;
}

/** Nothing but sums of products of input cells: such calls have a faster way. */
export function isProductSum(operator: Operator, { params, rank }: Resolved): boolean {
  const { stages } = definitionOf(operator, params, rank);
  return stages.every(stage => stage.kind === 'sum') && realParameters(operator, params, rank).length === 0;
}

/** @param selection the shape of the tensor that says which cell each maximum takes, where there is one */
export function expressed(operator: Operator, call: Resolved, selection: Shape | null): Expressed {
  const inputs = Object.entries(call.inputs).map(([name, shape]) => [name, variables(name, shape)] as const);
  const yBar = variables(COTANGENT, call.output);
  const output = forwardValues(operator, call, new Map(inputs), expressionAlgebra).values;
  const cotangents = vjp(output, yBar.values);
  const given = new Map([
    ...inputs,
    [COTANGENT, yBar] as const,
    ...(selection ? [[SELECTION, variables(SELECTION, selection)] as const] : []),
  ]);
  return {
    output,
    gradient: wrt => cellsOf(call.inputs[wrt]!, index => cotangents.at(wrt, index)),
    claim: claim => claimValues(claim, operator, call, given, expressionAlgebra),
  };
}

function variables(name: string, shape: Shape): Valued<Expr> {
  return { shape, values: cellsOf(shape, index => variable(name, index)) };
}

function cellsOf<T>(shape: Shape, at: (index: readonly number[]) => T): T[] {
  return Array.from({ length: size(shape) }, (_, cell) => at(unravel(shape, cell)));
}

/** How many numbers the definition adds or multiplies. @throws RangeError above `most`. */
export function countSteps(operator: Operator, call: Resolved, most: number): void {
  let steps = 0;
  const count = (parts: readonly unknown[]): number => {
    steps += parts.length;
    if (steps > most) throw new RangeError(`more than ${most} steps`);
    return 0;
  };
  const counting: Algebra<number> = {
    ...{ sum: count, product: count, maximum: count },
    constant: () => 0,
    formula: (_, values) => count(values),
  };
  const inputs = Object.entries(call.inputs).map(
    ([name, shape]) => [name, { shape, values: new Array<number>(size(shape)).fill(0) }] as const,
  );
  forwardValues(operator, call, new Map(inputs), counting);
}

/** The value of every variable, by its cell. */
export function reader<T>(given: ReadonlyMap<string, Valued<T>>) {
  return (tensor: string, index: readonly number[]): T => {
    const { shape, values } = given.get(tensor)!;
    return values[index.reduce((flat, at, axis) => flat * shape[axis]! + at, 0)]!;
  };
}
