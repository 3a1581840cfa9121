/** Every output cell of an operator and every partial derivative, symbolically, at one shape. */
import { gradientCells } from '../index-sum/index.js';
import {
  COTANGENT,
  forwardCells,
  isSumOfProducts,
  type Operator,
  operatorFrom,
  type Params,
  type Resolved,
  resolve,
  tensorShape,
} from '../ops/index.js';
import type { Shape } from '../tensor/index.js';
import { symbolicFunctions } from './symbolic-functions.js';
import { type SymbolicTensor, symbolicTensor } from './symbolic-tensor.js';

export interface Symbolic {
  readonly operator: Operator;
  readonly call: Resolved;
  readonly output: SymbolicTensor;
  /**
   * dL/d(input) for each input present, where L is any function of the output and yBar = dL/dy. Beyond sums of
   * products it is what the operator claims and this shape confirms, over the output y; a gradient that is not claimed
   * is that of the definition.
   */
  readonly gradients: Readonly<Record<string, SymbolicTensor>>;
}

/**
 * @param shapes extents of each input in its layout, e.g. { x: [1, 1, 3, 3], w: [1, 1, 2, 2] }
 * @throws BackproofError `unknown-operator`, `claim-refuted` and what `resolve` refuses.
 * @example symbolic('conv1d', { x: [1, 1, 3], w: [1, 1, 2] }).gradients.w.texts()
 *   // ['yBar[0,0,0]*x[0,0,0] + yBar[0,0,1]*x[0,0,1]', ...]
 */
export function symbolic(
  operator: Operator | string,
  shapes: Readonly<Record<string, Shape>>,
  params: Params = {},
): Symbolic {
  const record = operatorFrom(operator);
  const call = resolve(record, shapes, params);
  if (!isSumOfProducts(record, call.params, call.rank))
    return { operator: record, call, ...symbolicFunctions(record, call) };
  const cells = forwardCells(record, call);
  const shapeOf = (tensor: string) => tensorShape(call, tensor);
  const gradient = ([input, shape]: [string, Shape]) =>
    [input, symbolicTensor(gradientCells(cells, input, shape, COTANGENT), shapeOf)] as const;
  return {
    operator: record,
    call,
    output: symbolicTensor(cells, shapeOf),
    gradients: Object.fromEntries(Object.entries(call.inputs).map(gradient)),
  };
}
