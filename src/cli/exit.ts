/** Exit codes; where several apply, the first of 2, 1, 4, 3, 0 wins. */
export const EXIT = { verified: 0, mismatch: 1, usage: 2, incomplete: 3, failure: 4 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const PRECEDENCE: readonly ExitCode[] = [
  EXIT.usage,
  EXIT.mismatch,
  EXIT.failure,
  EXIT.incomplete,
  EXIT.verified,
];

/** The code of a run from those of its parts; a run without parts has checked nothing. */
export function strongest(codes: readonly ExitCode[]): ExitCode {
  return PRECEDENCE.find(code => codes.includes(code)) ?? EXIT.incomplete;
}
