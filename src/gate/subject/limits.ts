/** A timer of more milliseconds fires at once. */
export const LONGEST_MS = 2 ** 31 - 1;
