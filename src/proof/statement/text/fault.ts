/** Errors of a claim's text, each with the line where it stands. */
import { BackproofError, type ErrorParts } from '../../../error.js';

/** Where a piece of text stands: "claims.txt, line 3". */
export type Place = string;

export function claimFault(
  where: Place,
  code: string,
  what: string,
  expected: string,
  got: string,
  fix = 'Correct this line.',
): BackproofError {
  return new BackproofError({ code, where, what, expected, got: got.slice(0, 60) || 'nothing', fix });
}

/** What reading the parts of a line throws, with the line; what does not read is an unreadable claim. */
export function atPlace<T>(where: Place, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BackproofError) || error.where.startsWith(where)) throw error;
    const { what, expected, got, fix, data }: ErrorParts = error;
    const code = error.code === 'unreadable-definition' ? 'unreadable-claim' : error.code;
    throw new BackproofError({
      code,
      where: `${where}, ${error.where}`,
      what,
      expected,
      got,
      fix,
      data: data ?? {},
    });
  }
}
