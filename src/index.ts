export { BackproofError, type ErrorParts } from './error.js';
export { type Operator, operatorNamed, operators, type Params, resolve } from './ops/index.js';
export {
  type Counterexample,
  type ProofOptions,
  proveGradients,
  type Symbolic,
  type SymbolicTensor,
  symbolic,
  type TheoremReport,
  type Verdict,
} from './proof/index.js';
