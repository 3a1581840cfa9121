export type { Arithmetic } from './arithmetic.js';
export { exact, float64 } from './arithmetic.js';
export { bignumberArithmetic } from './bignumber.js';
export type { Compiled } from './compile.js';
export { compile } from './compile.js';
export { evaluate, evaluateAll } from './evaluate.js';
export type { Fraction } from './fraction.js';
export { equalFractions } from './fraction.js';
export type { FunctionName } from './functions.js';
export { functions, isFunctionName } from './functions.js';
export type { Expr, Variable } from './node.js';
export {
  call,
  children,
  constant,
  maximum,
  power,
  product,
  quotient,
  sum,
  variable,
  variableInterner,
  variableKey,
} from './node.js';
export type { VariableId } from './normal-form.js';
export { toFraction, toFractions } from './normal-form.js';
export { countUses, postOrder } from './order.js';
export type { ParseOptions } from './parse.js';
export { parse } from './parse.js';
export type { PrintOptions } from './print.js';
export { print } from './print.js';
export { simplify, simplifyAll } from './simplify.js';
export type { Syntax } from './style.js';
export { rebuildAll, substitute } from './substitute.js';
