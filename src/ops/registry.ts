/** The operators, one line each. Everything that covers "every operator" is a loop over this list. */
import { BackproofError } from '../error.js';
import { avgPool1d, avgPool2d, avgPool3d } from './avg-pool.js';
import { bias } from './bias.js';
import { channelCrop } from './channel-crop.js';
import { channelSpread } from './channel-spread.js';
import { channelSum } from './channel-sum.js';
import { concat } from './concat.js';
import { conv1d, conv2d, conv3d } from './conv.js';
import { convTranspose1d, convTranspose2d, convTranspose3d } from './conv-transpose.js';
import { convolve, correlate } from './correlate.js';
import { crop } from './crop.js';
import { closest } from './edit-distance.js';
import { exp, log } from './exp-log.js';
import { flatten, unflatten } from './flatten.js';
import { flipSpatial } from './flip-spatial.js';
import { gelu, geluTanh, silu } from './gated.js';
import { globalAvgPool } from './global-avg-pool.js';
import { col2im, im2col } from './im2col.js';
import { l2Regularization } from './l2-regularization.js';
import { linear } from './linear.js';
import { bce, bceWithLogits, l1, mse } from './losses.js';
import { matmul } from './matmul.js';
import { maxPool1d, maxPool2d, maxPool3d } from './max-pool.js';
import { maxUnpool } from './max-unpool.js';
import { batchNorm, layerNorm } from './normalisation.js';
import type { Operator } from './operator.js';
import { pad } from './pad.js';
import { add, multiply } from './pointwise-pair.js';
import { leakyRelu, relu } from './rectifiers.js';
import { regroup } from './regroup.js';
import { sigmoid, softplus, tanh } from './sigmoidal.js';
import { logSoftmax, softmax } from './softmax.js';
import { softmaxCrossEntropy } from './softmax-cross-entropy.js';
import { subsample } from './subsample.js';
import { diagonalSums, toeplitz } from './toeplitz.js';
import { transpose } from './transpose.js';
import { momentumVelocity, sgd, weightDecay } from './update-rules.js';
import { upsample } from './upsample.js';
import { dilate, zeroStuff } from './zero-stuff.js';

export const operators: readonly Operator[] = [
  conv1d,
  conv2d,
  conv3d,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  correlate,
  convolve,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  avgPool1d,
  avgPool2d,
  avgPool3d,
  globalAvgPool,
  maxUnpool,
  upsample,
  linear,
  matmul,
  bias,
  add,
  multiply,
  relu,
  leakyRelu,
  sigmoid,
  tanh,
  softplus,
  gelu,
  geluTanh,
  silu,
  exp,
  log,
  softmax,
  logSoftmax,
  concat,
  softmaxCrossEntropy,
  bce,
  bceWithLogits,
  mse,
  l1,
  l2Regularization,
  batchNorm,
  layerNorm,
  pad,
  crop,
  zeroStuff,
  dilate,
  subsample,
  flipSpatial,
  transpose,
  regroup,
  channelCrop,
  channelSum,
  channelSpread,
  flatten,
  unflatten,
  im2col,
  col2im,
  toeplitz,
  diagonalSums,
  sgd,
  momentumVelocity,
  weightDecay,
];

/** A record as it is, or the one of this name. @throws BackproofError `unknown-operator`. */
export function operatorFrom(operator: Operator | string): Operator {
  return isRecord(operator) ? operator : operatorNamed(operator);
}

/** A caller's own record, as far as can be told. */
function isRecord(operator: Operator | string): operator is Operator {
  return typeof operator === 'object' && operator !== null && typeof operator.definition === 'function';
}

/** @throws BackproofError `unknown-operator`. */
export function operatorNamed(name: string): Operator {
  const found = operators.find(operator => operator.name === name);
  if (found) return found;
  const meant = closest(
    String(name),
    operators.map(operator => operator.name),
  );
  throw new BackproofError({
    code: 'unknown-operator',
    where: 'operator',
    what: 'there is no operator of this name',
    expected: operators.map(operator => operator.name).join(', '),
    got: String(name),
    fix: meant ? `Did you mean ${meant}?` : 'Use one of these names.',
    data: { name },
  });
}
