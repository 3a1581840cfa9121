/** What shapes alone decide about a convolution: made once, and kept by the engine for the next call like it. */
import type { Job } from './job.js';
import { type GradientPlan, gradientPlan } from './kernel-gradient.js';
import { type GradientPlanesPlan, gradientPlanesPlan } from './kernel-gradient-planes.js';
import { type DensePlan, densePlan } from './slide-dense.js';
import { type PlanesPlan, planesPlan } from './slide-planes.js';

/** So few output channels in a group leave most columns of a product empty. */
const FEW = 3;

/** Products of matrices or planes; neither if nothing is summed. */
export interface SlidePlans {
  readonly dense: DensePlan | null;
  readonly planes: PlanesPlan | null;
}

export interface KernelPlans {
  readonly dense: GradientPlan | null;
  readonly planes: GradientPlanesPlan | null;
}

export function slidePlans(job: Job): SlidePlans {
  const [sums, isFew] = [sumsSomething(job), job.columns <= FEW];
  return {
    dense: sums && !isFew ? densePlan(job) : null,
    planes: sums && isFew ? planesPlan(job) : null,
  };
}

export function kernelPlans(job: Job): KernelPlans {
  const [sums, isFew] = [sumsSomething(job), job.columns <= FEW];
  return {
    dense: sums && !isFew ? gradientPlan(job) : null,
    planes: sums && isFew ? gradientPlanesPlan(job) : null,
  };
}

const sumsSomething = ({ reaches }: Job): boolean => reaches.every(({ phases }) => phases.length > 0);
