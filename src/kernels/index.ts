export { addKernel, biasKernel, multiplyKernel } from './cellwise.js';
export { channelSpreadKernel, channelSumKernel, subsampleKernel } from './channels.js';
export type { ConvOperands } from './conv.js';
export { convBiasVjp, convForward, convInputVjp, convKernelVjp } from './conv.js';
export type { ConvGeometry } from './conv-plan.js';
export { convTransposeForward, convTransposeInputVjp, convTransposeKernelVjp } from './conv-transpose.js';
export type { ConvTransposeGeometry } from './conv-transpose-plan.js';
export { linearInputVjp, linearKernel, linearWeightVjp, matmulKernel } from './dense.js';
export { channelCropKernel, concatKernel } from './joined.js';
export type { FloatDType } from './operands.js';
export {
  type AverageCount,
  avgPoolForward,
  avgPoolVjp,
  globalAvgForward,
  globalAvgVjp,
} from './pool-avg.js';
export { maxPoolForward, maxPoolVjp, type Ties } from './pool-max.js';
export { checkWindows, type PoolGeometry } from './pool-plan.js';
export { maxUnpoolForward, maxUnpoolSelectionVjp, maxUnpoolVjp } from './pool-unpool.js';
export {
  cropKernel,
  flipSpatialKernel,
  padKernel,
  regroupKernel,
  transposeKernel,
  zeroStuffKernel,
} from './structural.js';
export { checkFactor, upsampleForward, upsampleVjp } from './upsample.js';
