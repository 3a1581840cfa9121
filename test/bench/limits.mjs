/** A system that needs longer than this for one answer is out. */
export const LIMIT_MS = 60_000;
/** What the first answer may take on top, to be printed and compared. */
export const CHECK_MS = 30_000;

export const overdue = `over ${LIMIT_MS / 1000} s`;
