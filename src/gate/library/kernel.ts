/** Kernels as callers of the library name them. */
import type { ModuleKernel, ModuleKernels } from '../subject/kernels.js';

/**
 * The path of a module, a command that speaks bp1 (split as a shell would, or a list), kernels by operator, or one
 * kernel for the one operator that is named.
 */
export type GateKernel =
  | string
  | { readonly command: string | readonly string[] }
  | ModuleKernel
  | ModuleKernels;

/** A kernel as it is opened. */
export type KernelSource =
  | { readonly kind: 'module'; readonly path: string }
  | { readonly kind: 'command'; readonly argv: readonly string[] }
  | { readonly kind: 'functions'; readonly kernels: ModuleKernels };
