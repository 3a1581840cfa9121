export { addKernel, biasKernel, multiplyKernel } from './cellwise.js';
export { channelSpreadKernel, channelSumKernel, subsampleKernel } from './channels.js';
export type { ConvOperands } from './conv.js';
export { convBiasVjp, convForward, convInputVjp, convKernelVjp } from './conv.js';
export type { ConvGeometry } from './conv-plan.js';
export { convTransposeForward, convTransposeInputVjp, convTransposeKernelVjp } from './conv-transpose.js';
export type { ConvTransposeGeometry } from './conv-transpose-plan.js';
export { linearInputVjp, linearKernel, linearWeightVjp, matmulKernel } from './dense.js';
export { flattenKernel, unflattenKernel } from './flat.js';
export { channelCropKernel, concatKernel } from './joined.js';
export type { FloatDType } from './operands.js';
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
  type WindowGeometry,
} from './unrolled.js';
export { combinedKernel, scaledKernel } from './update.js';
