/** Which operators are judged through sums of products by the built-in loops, which are fast and exact on integers. */
import { termsOf } from '../../index-sum/index.js';
import {
  definitionOf,
  isSumOfProducts,
  type Operator,
  operatorNamed,
  type Params,
  resolve,
} from '../../ops/index.js';
import type { GateCase } from '../plan/gate-case.js';

/** A sum of products, all of whose gradients the library computes in loops. */
export function isProbed({ op, shapes, params }: Pick<GateCase, 'op' | 'shapes' | 'params'>): boolean {
  const operator = operatorNamed(op);
  const call = resolve(operator, shapes, params);
  const gradients = Object.keys(operator.kernel.vjp);
  return (
    isSumOfProducts(operator, call.params, call.rank) &&
    Object.keys(call.inputs).every(name => gradients.includes(name))
  );
}

/** A layer: the sum of x times w, and a bias or none. */
export function isLayer(one: Pick<GateCase, 'op' | 'shapes' | 'params'>): boolean {
  return isProbed(one) && hasTermsOfLayer(operatorNamed(one.op), one.params, one);
}

function hasTermsOfLayer(operator: Operator, params: Params, { shapes }: Pick<GateCase, 'shapes'>): boolean {
  const { stages } = definitionOf(operator, params, resolve(operator, shapes, params).rank);
  const [stage, ...others] = stages;
  if (!stage || others.length > 0) return false;
  const products = termsOf(stage).map(({ atoms }) => atoms.map(({ tensor }) => tensor).sort());
  return products.every(names => ['w,x', 'b'].includes(names.join())) && 'w' in shapes;
}
