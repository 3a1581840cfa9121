export { BackproofError, type ErrorParts } from './error.js';
export {
  type CheckOptions,
  checkDerivation,
  type EquationReport,
  type FileReport,
} from './notes/index.js';
export { type Operator, operatorNamed, operators, type Params, resolve } from './ops/index.js';
export {
  type Counterexample,
  type ProofOptions,
  prove,
  type Symbolic,
  type SymbolicTensor,
  symbolic,
  type TheoremReport,
  type Verdict,
} from './proof/index.js';
export {
  type GradientTable,
  gradientTable,
  renderTable,
  type TableFormat,
  type TableOptions,
} from './teach/index.js';
