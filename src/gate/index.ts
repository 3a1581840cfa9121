export type {
  VectorCase,
  VectorDType,
  VectorNumber,
  VectorTensor,
  VectorTensors,
  VectorTolerance,
} from './vectors/case.js';
export type { Difference, Witness } from './vectors/compare.js';
export { type GenerateOptions, generateVectors, precisionOf } from './vectors/generate.js';
export { readVectors } from './vectors/read.js';
export { precisionOfCases, type VectorsReport, verifySteps } from './vectors/verify.js';
export { writeVectors } from './vectors/write.js';
