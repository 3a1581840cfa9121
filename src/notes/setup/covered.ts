/** Which operators equations are judged under. */
import { isSumOfProducts, type Operator, type Params } from '../../ops/index.js';
import { TENSOR_OF_ROLE } from './setup.js';

const NAMED: readonly string[] = [TENSOR_OF_ROLE.input, TENSOR_OF_ROLE.kernel, TENSOR_OF_ROLE.bias];

/** Sums of products of input, kernel and bias. */
export function isCovered(operator: Operator, params: Params, rank: number): boolean {
  const isNamed = Object.keys(operator.inputs).every(tensor => NAMED.includes(tensor));
  return isNamed && isSumOfProducts(operator, params, rank);
}
