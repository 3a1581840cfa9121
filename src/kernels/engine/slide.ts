/** Which way a convolution goes: as products of matrices, along its planes, or by the plain loops. */
import type { ConvSizes } from '../conv-plan.js';
import type { FloatDType } from '../operands.js';
import type { Engine } from './engine.js';
import { backwardJob, forwardJob, type Job } from './job.js';
import {
  type GradientPlan,
  gradientPlan,
  type KernelGradientData,
  kernelGradient,
} from './kernel-gradient.js';
import {
  type GradientPlanesPlan,
  gradientPlanesPlan,
  kernelGradientPlanes,
} from './kernel-gradient-planes.js';
import { type DensePlan, densePlan, slideDense } from './slide-dense.js';
import type { SlideData } from './slide-frame.js';
import { type PlanesPlan, planesPlan, slidePlanes } from './slide-planes.js';

/** So few output channels in a group leave most columns of a product empty. */
const FEW = 3;

/** What shapes alone decide about a call: which way it goes, and how; neither if nothing is summed. */
export interface SlidePlans {
  readonly dense: DensePlan | null;
  readonly planes: PlanesPlan | null;
}

export interface KernelPlans {
  readonly dense: GradientPlan | null;
  readonly planes: GradientPlanesPlan | null;
}

function slidePlans(job: Job): SlidePlans {
  const [sums, isFew] = [sumsSomething(job), job.columns <= FEW];
  return {
    dense: sums && !isFew ? densePlan(job) : null,
    planes: sums && isFew ? planesPlan(job) : null,
  };
}

function kernelPlans(job: Job): KernelPlans {
  const [sums, isFew] = [sumsSomething(job), job.columns <= FEW];
  return {
    dense: sums && !isFew ? gradientPlan(job) : null,
    planes: sums && isFew ? gradientPlanesPlan(job) : null,
  };
}

const sumsSomething = ({ reaches }: Job): boolean =>
  reaches.every(phases => phases.some(({ taps }) => taps.length > 0));

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
