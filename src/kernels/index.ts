export {
  expActivation,
  geluActivation,
  geluTanhActivation,
  leakyReluActivation,
  logActivation,
  reluActivation,
  sigmoidActivation,
  siluActivation,
  softplusActivation,
  tanhActivation,
} from './activations.js';
export type { Activation } from './activations-apply.js';
export { activate, activateVjp } from './activations-apply.js';
export { addKernel, biasKernel, multiplyKernel } from './cellwise.js';
export { channelSpreadKernel, channelSumKernel, subsampleKernel } from './channels.js';
export type { ConvOperands } from './conv.js';
export { convBiasVjp, convForward, convInputVjp, convKernelVjp } from './conv.js';
export type { ConvGeometry } from './conv-plan.js';
export { convTransposeForward, convTransposeInputVjp, convTransposeKernelVjp } from './conv-transpose.js';
export type { ConvTransposeGeometry } from './conv-transpose-plan.js';
export { crossEntropyInputVjp, crossEntropyKernel, crossEntropyTargetVjp } from './cross-entropy.js';
export { linearInputVjp, linearKernel, linearWeightVjp, matmulKernel } from './dense.js';
export { createEngine, type Engine, type EngineKind, sharedEngine } from './engine/engine.js';
export { flattenKernel, unflattenKernel } from './flat.js';
export { channelCropKernel, concatKernel } from './joined.js';
export type { CellLoss } from './losses.js';
export {
  bceLoss,
  bceWithLogitsLoss,
  l1Loss,
  l2InputVjp,
  l2Kernel,
  lossInputVjp,
  lossKernel,
  lossTargetVjp,
  mseLoss,
} from './losses.js';
export type { NormalGroups } from './normal-groups.js';
export { batchGroups, layerGroups } from './normal-groups.js';
export type { NormalOperands } from './normalise.js';
export { normaliseInputVjp, normaliseKernel, normaliseScaleVjp, normaliseShiftVjp } from './normalise.js';
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
export type { Reduction } from './reduction.js';
export { emptyMean } from './reduction.js';
export { type CallOptions, resultFor } from './results.js';
export { axisFromFront, logSoftmaxKernel, logSoftmaxVjp, softmaxKernel, softmaxVjp } from './softmax.js';
export {
  cropKernel,
  flipSpatialKernel,
  padKernel,
  regroupKernel,
  transposeKernel,
  zeroStuffKernel,
} from './structural.js';
export {
  col2imKernel,
  diagonalSumsKernel,
  im2colKernel,
  toeplitzKernel,
} from './unrolled.js';
export type { WindowGeometry } from './unrolled-windows.js';
export { combinedKernel, scaledKernel } from './update.js';
export { checkFactor, upsampleForward, upsampleVjp } from './upsample.js';
