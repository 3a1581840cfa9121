import { BackproofError } from '../../src/error.js';

/** The BackproofError that `action` throws; anything else fails the test. */
export function thrown(action: () => unknown): BackproofError {
  let result: unknown;
  try {
    result = action();
  } catch (error) {
    if (error instanceof BackproofError) return error;
    throw error;
  }
  throw new Error(`nothing was thrown; the result was ${JSON.stringify(result)}`);
}
