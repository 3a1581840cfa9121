/** A system that needs longer than this for one answer is out. */
export const LIMIT_MS = 60_000;
/** Repetitions make a sample at least this long. */
export const SAMPLE_MS = 5;
