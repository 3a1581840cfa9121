export { BackproofError, type ErrorParts } from './error.js';
export {
  type GateCallOptions,
  type GateKernel,
  type GateReport,
  type GateResult,
  type ModuleKernel,
  type ModuleKernels,
  readVectors,
  type VectorCase,
  type VectorTensor,
  writeVectors,
} from './gate/index.js';
export {
  type CallOptions,
  createEngine,
  type Engine,
  type EngineKind,
  sharedEngine,
} from './kernels/index.js';
export type { CheckOptions, EquationReport, FileReport } from './notes/index.js';
export {
  assertGradient,
  checkCertificate,
  checkDerivation,
  checkNetwork,
  gate,
  network,
  networkTable,
  proveForAllShapes,
  renderNetwork,
} from './on-demand.js';
export {
  type KernelCall,
  kernelCall,
  type Operator,
  operatorNamed,
  operators,
  type Params,
  resolve,
} from './ops/index.js';
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
export {
  type GradientTable,
  gradientTable,
  renderTable,
  type TableFormat,
  type TableOptions,
} from './teach/index.js';
export type {
  Network,
  NetworkCheck,
  NetworkLayer,
  NetworkTable,
  NetworkTableOptions,
} from './teach/networks.js';
