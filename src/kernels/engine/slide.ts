/** Which way a convolution goes: as products of matrices, along its planes, or by the plain loops. */
import type { ConvSizes } from '../conv-plan.js';
import type { FloatDType } from '../operands.js';
import type { Engine } from './engine.js';
import { backwardJob, forwardJob } from './job.js';
import { type KernelGradientData, kernelGradient } from './kernel-gradient.js';
import { kernelGradientPlanes } from './kernel-gradient-planes.js';
import { kernelPlans, type SlidePlans, slidePlans } from './plans.js';
import { slideDense } from './slide-dense.js';
import type { SlideData } from './slide-frame.js';
import { slidePlanes } from './slide-planes.js';

/** y from x. False, with nothing done, where the plain loops are to do it. */
export function slideForward(engine: Engine, dtype: FloatDType, sizes: ConvSizes, data: SlideData): boolean {
  if (isTooSmall(engine, sizes)) return false;
  const plans = engine.plans.recall(`y${keyOf(sizes)}`, () => slidePlans(forwardJob(sizes)));
  return slide(engine, dtype, plans, data);
}

/** xBar from yBar. False, with nothing done, where the plain loops are to do it. */
export function slideBackward(engine: Engine, dtype: FloatDType, sizes: ConvSizes, data: SlideData): boolean {
  if (isTooSmall(engine, sizes)) return false;
  const plans = engine.plans.recall(`x${keyOf(sizes)}`, () => slidePlans(backwardJob(sizes)));
  return slide(engine, dtype, plans, data);
}

function slide(engine: Engine, dtype: FloatDType, plans: SlidePlans, data: SlideData): boolean {
  const machine = engine.machine(dtype);
  if (!machine) return false;
  if (plans.dense) return slideDense(machine, plans.dense, data);
  return plans.planes !== null && slidePlanes(machine, plans.planes, data);
}

/** wBar from yBar and x. False, with nothing done, where the plain loops are to do it. */
export function slideKernel(
  engine: Engine,
  dtype: FloatDType,
  sizes: ConvSizes,
  data: KernelGradientData,
): boolean {
  if (isTooSmall(engine, sizes)) return false;
  const plans = engine.kernelPlans.recall(keyOf(sizes), () => kernelPlans(forwardJob(sizes)));
  const machine = engine.machine(dtype);
  if (!machine) return false;
  if (plans.dense) return kernelGradient(machine, plans.dense, data);
  return plans.planes !== null && kernelGradientPlanes(machine, plans.planes, data);
}

/** Before anything is planned. */
function isTooSmall(
  { kind, leastProducts }: Engine,
  { batch, groups, inPerGroup, outPerGroup, axes }: ConvSizes,
): boolean {
  let products = batch * groups * inPerGroup * outPerGroup;
  for (const { kernel, output } of axes) products *= kernel * output;
  return kind === 'plain' || products === 0 || products < leastProducts;
}

function keyOf({ batch, groups, inPerGroup, outPerGroup, axes }: ConvSizes): string {
  let key = `${batch},${groups},${inPerGroup},${outPerGroup}`;
  for (const { input, kernel, output, stride, dilation, before } of axes) {
    key += `;${input},${kernel},${output},${stride},${dilation},${before}`;
  }
  return key;
}
