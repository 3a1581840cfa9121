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
