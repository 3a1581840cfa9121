export { BackproofError, type ErrorParts } from './error.js';
export { readVectors, type VectorCase, type VectorTensor, writeVectors } from './gate/index.js';
export type { CheckOptions, EquationReport, FileReport } from './notes/index.js';
export { checkDerivation } from './notes/on-demand.js';
export { type Operator, operatorNamed, operators, type Params, resolve } from './ops/index.js';
export {
  type AllShapesReport,
  type Counterexample,
  type OneShapeReport,
  type ProofOptions,
  prove,
  type Symbolic,
  type SymbolicTensor,
  symbolic,
  type TheoremReport,
  type Verdict,
} from './proof/index.js';
export { checkCertificate, proveForAllShapes } from './proof/on-demand.js';
export {
  checkNetwork,
  type GradientTable,
  gradientTable,
  type Network,
  type NetworkCheck,
  type NetworkLayer,
  type NetworkTable,
  type NetworkTableOptions,
  network,
  networkTable,
  renderNetwork,
  renderTable,
  type TableFormat,
  type TableOptions,
} from './teach/index.js';
