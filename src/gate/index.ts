export type { Verdict as GateVerdict } from './judge/judge.js';
export type { GateCallOptions } from './library/gate.js';
export type { GateKernel, KernelSource } from './library/kernel.js';
export type { GateCase } from './plan/gate-case.js';
export type { KillMatrix } from './run/doctor.js';
export type { Condition, Evidence, GateReport, GateResult } from './run/report.js';
export type { PeerCheck } from './subject/bp1/peer-check.js';
export type { CommandSubject } from './subject/command.js';
export type { ModuleKernel, ModuleKernels } from './subject/kernels.js';
export type { NoSubject, Subject } from './subject/subject.js';
export type {
  VectorCase,
  VectorDType,
  VectorNumber,
  VectorTensor,
  VectorTensors,
  VectorTolerance,
} from './vectors/case.js';
export { readVectors } from './vectors/read.js';
export type { VectorsReport } from './vectors/verify.js';
export { writeVectors } from './vectors/write.js';
