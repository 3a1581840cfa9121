/** Importing this adds `toMatchGradientOf` to the `expect` of vitest. */
import { expect } from 'vitest';
import type { GateCallOptions, GateKernel } from './gate/index.js';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is only merged with one of the same type parameters
  interface Matchers<T = any> {
    /**
     * The gate verifies this kernel: a path, { command }, { forward, backward }, or kernels by operator. `not` holds for a
     * kernel that is shown wrong; one that is neither verified nor wrong fails both ways.
     * @example await expect({ forward, backward }).toMatchGradientOf('conv2d')
     */
    toMatchGradientOf(operator: string, options?: Omit<GateCallOptions, 'ops'>): Promise<T>;
  }
}

async function toMatchGradientOf(
  kernel: GateKernel,
  operator: string,
  options: Omit<GateCallOptions, 'ops'> = {},
): Promise<{ pass: boolean; message: () => string }> {
  const { assertGradient } = await import('./later.js');
  try {
    await assertGradient(kernel, operator, options);
  } catch (error) {
    if (!isMismatch(error)) throw error;
    return { pass: false, message: () => error.message };
  }
  return {
    pass: true,
    message: () => `expected the gradients of ${operator} to be wrong; they are verified`,
  };
}

/** By its code alone: one more file to load would slow the whole library. */
const isMismatch = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'gradient-mismatch';

expect.extend({ toMatchGradientOf });
