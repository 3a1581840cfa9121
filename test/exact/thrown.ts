import { BackproofError } from '../../src/error.js';

/** The code of the BackproofError that `action` throws; anything else fails the test. */
export function codeOf(action: () => unknown): string {
  return faultOf(action).code;
}

export function faultOf(action: () => unknown): BackproofError {
  try {
    action();
  } catch (error) {
    if (error instanceof BackproofError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
