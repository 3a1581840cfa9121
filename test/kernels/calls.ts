/** One small call or more of every kernel, for what must hold of all of them. */
import type { ConvGeometry, NormalGroups, PoolGeometry, WindowGeometry } from '../../src/kernels/index.js';
import * as kernels from '../../src/kernels/index.js';
import type { Tensor } from '../../src/tensor/index.js';

/** Makes the next operand. */
export type Operand = (...shape: number[]) => Tensor<'float64'>;
type Call = (of: Operand) => Tensor<'float64'>;

const line: ConvGeometry = { stride: [2], dilation: [1], padding: [[1, 0]], groups: 2 };
const turned = { ...line, outputPadding: [0] };
/** Windows of two cells over a line of five, the first of them half outside. */
const pool: PoolGeometry = { kernel: [2], stride: [2], dilation: [1], padding: [[1, 0]], output: [3] };
const windows: WindowGeometry = {
  input: [5],
  kernel: [2],
  stride: [2],
  dilation: [1],
  before: [1],
  after: [0],
};
const norm = (groups: NormalGroups): Record<string, Call> => ({
  normaliseKernel: of =>
    kernels.normaliseKernel({ x: of(2, 3, 4), w: of(...groups.scale), b: of(...groups.scale) }, 0.5, groups),
  normaliseInputVjp: of =>
    kernels.normaliseInputVjp(of(2, 3, 4), { x: of(2, 3, 4), w: of(...groups.scale) }, 0.5, groups),
  normaliseScaleVjp: of =>
    kernels.normaliseScaleVjp(of(2, 3, 4), { x: of(2, 3, 4), w: of(...groups.scale) }, 0.5, groups),
  normaliseShiftVjp: of => kernels.normaliseShiftVjp(of(2, 3, 4), groups),
});

const sliding: Record<string, Call> = {
  convForward: of => kernels.convForward({ x: of(2, 4, 5), w: of(6, 2, 2), b: of(6) }, line),
  convInputVjp: of => kernels.convInputVjp(of(2, 6, 3), of(6, 2, 2), [2, 4, 5], line),
  convKernelVjp: of => kernels.convKernelVjp(of(2, 6, 3), of(2, 4, 5), [6, 2, 2], line),
  convBiasVjp: of => kernels.convBiasVjp(of(2, 6, 3)),
  convTransposeForward: of =>
    kernels.convTransposeForward({ x: of(2, 6, 3), w: of(6, 2, 2), b: of(4) }, turned),
  convTransposeInputVjp: of => kernels.convTransposeInputVjp(of(2, 4, 5), of(6, 2, 2), [2, 6, 3], turned),
  convTransposeKernelVjp: of => kernels.convTransposeKernelVjp(of(2, 4, 5), of(2, 6, 3), [6, 2, 2], turned),
  im2colKernel: of => kernels.im2colKernel(of(2, 3, 5), windows),
  col2imKernel: of => kernels.col2imKernel(of(2, 6, 3), windows),
  toeplitzKernel: of => kernels.toeplitzKernel(of(2, 3, 2), windows),
  diagonalSumsKernel: of => kernels.diagonalSumsKernel(of(6, 15), 2, 3, windows),
  maxPoolForward: of => kernels.maxPoolForward(of(2, 3, 5), pool),
  avgPoolForward: of => kernels.avgPoolForward(of(2, 3, 5), pool, 'padded'),
  avgPoolVjp: of => kernels.avgPoolVjp(of(2, 3, 3), [2, 3, 5], pool, 'real'),
  maxUnpoolForward: of => kernels.maxUnpoolForward(of(2, 3, 3), of(2, 3, 3, 2), [2, 3, 5], pool),
  maxUnpoolVjp: of => kernels.maxUnpoolVjp(of(2, 3, 5), of(2, 3, 3, 2), pool),
  maxUnpoolSelectionVjp: of => kernels.maxUnpoolSelectionVjp(of(2, 3, 5), of(2, 3, 3), [2, 3, 5], pool),
  globalAvgForward: of => kernels.globalAvgForward(of(2, 3, 5)),
  globalAvgVjp: of => kernels.globalAvgVjp(of(2, 3), [2, 3, 5]),
};

const moving: Record<string, Call> = {
  cropKernel: of => kernels.cropKernel(of(2, 3, 5), [1], [3]),
  padKernel: of => kernels.padKernel(of(2, 3, 5), [1], [2]),
  zeroStuffKernel: of => kernels.zeroStuffKernel(of(2, 3, 5), [2]),
  flipSpatialKernel: of => kernels.flipSpatialKernel(of(2, 3, 5)),
  transposeKernel: of => kernels.transposeKernel(of(2, 3, 5)),
  regroupKernel: of => kernels.regroupKernel(of(4, 3, 5), 2),
  flattenKernel: of => kernels.flattenKernel(of(2, 3, 5)),
  unflattenKernel: of => kernels.unflattenKernel(of(2, 15), [3, 5]),
  channelCropKernel: of => kernels.channelCropKernel(of(2, 3, 5), 0, 3),
  concatKernel: of => kernels.concatKernel(of(2, 3, 5), of(2, 1, 5)),
  channelSpreadKernel: of => kernels.channelSpreadKernel(of(3), [2, 3, 5]),
  channelSumKernel: of => kernels.channelSumKernel(of(2, 3, 5)),
  subsampleKernel: of => kernels.subsampleKernel(of(2, 3, 5), [2]),
  upsampleForward: of => kernels.upsampleForward(of(2, 3, 5), [2]),
  upsampleVjp: of => kernels.upsampleVjp(of(2, 3, 10), [2, 3, 5], [2]),
};

const cellwise: Record<string, Call> = {
  activate: of => kernels.activate(kernels.tanhActivation, of(2, 3)),
  activateVjp: of => kernels.activateVjp(kernels.tanhActivation, of(2, 3), of(2, 3)),
  addKernel: of => kernels.addKernel(of(2, 3), of(2, 3)),
  multiplyKernel: of => kernels.multiplyKernel(of(2, 3), of(2, 3)),
  biasKernel: of => kernels.biasKernel(of(2, 3, 5), of(3)),
  combinedKernel: of => kernels.combinedKernel('sgd', of(2, 3), of(2, 3), 1, -0.5),
  scaledKernel: of => kernels.scaledKernel(of(2, 3), 1),
  l2Kernel: of => kernels.l2Kernel(of(2, 3), 2, 'none'),
  l2InputVjp: of => kernels.l2InputVjp(of(), of(2, 3), 0.5, 'mean'),
  matmulKernel: of => kernels.matmulKernel(of(2, 3), of(3, 4)),
  linearKernel: of => kernels.linearKernel(of(2, 3), of(4, 3), of(4)),
  linearInputVjp: of => kernels.linearInputVjp(of(2, 4), of(4, 3)),
  linearWeightVjp: of => kernels.linearWeightVjp(of(2, 4), of(2, 3)),
};

const byRows: Record<string, Call> = {
  softmaxKernel: of => kernels.softmaxKernel(of(2, 3, 4), 1),
  softmaxVjp: of => kernels.softmaxVjp(of(2, 3, 4), of(2, 3, 4), 1),
  logSoftmaxKernel: of => kernels.logSoftmaxKernel(of(2, 3, 4), 1),
  logSoftmaxVjp: of => kernels.logSoftmaxVjp(of(2, 3, 4), of(2, 3, 4), 1),
  crossEntropyKernel: of => kernels.crossEntropyKernel(of(2, 3), of(2, 3), 'none'),
  crossEntropyInputVjp: of => kernels.crossEntropyInputVjp(of(2), of(2, 3), of(2, 3), 'none'),
  crossEntropyTargetVjp: of => kernels.crossEntropyTargetVjp(of(), of(2, 3), of(2, 3), 'mean'),
};

/** A kernel by its name, and a call of it. */
export const calls: readonly (readonly [string, Call])[] = [
  ...[sliding, moving, cellwise, byRows].flatMap(Object.entries<Call>),
  ...[kernels.batchGroups([2, 3, 4]), kernels.layerGroups([2, 3, 4])].flatMap(it => Object.entries(norm(it))),
  ...(['first', 'last', 'split'] as const).map(
    ties => ['maxPoolVjp', of => kernels.maxPoolVjp(of(2, 3, 3), of(2, 3, 5), pool, ties)] as [string, Call],
  ),
  ...[kernels.mseLoss, kernels.l1Loss, kernels.bceLoss, kernels.bceWithLogitsLoss].flatMap(
    (loss): [string, Call][] => [
      ['lossKernel', of => kernels.lossKernel(loss, of(2, 3), of(2, 3), 'none')],
      ['lossInputVjp', of => kernels.lossInputVjp(loss, of(2, 3), of(2, 3), of(2, 3), 'none')],
      ['lossTargetVjp', of => kernels.lossTargetVjp(loss, of(), of(2, 3), of(2, 3), 'mean')],
    ],
  ),
  // Where there is nothing to do, the result is a copy all the same.
  ['upsampleForward', of => kernels.upsampleForward(of(2, 3), [])],
  ['upsampleVjp', of => kernels.upsampleVjp(of(2, 3), [2, 3], [])],
  ['cropKernel', of => kernels.cropKernel(of(2, 3), [], [])],
  ['regroupKernel', of => kernels.regroupKernel(of(2, 3), 1)],
];
