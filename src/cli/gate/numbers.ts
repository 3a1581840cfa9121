/** Numbers of the command line. */
import { BackproofError } from '../../error.js';

/** A timer of more milliseconds fires at once. */
const MOST_SECONDS = 2_000_000;

export const SECONDS = `seconds above 0, at most ${MOST_SECONDS}`;

/** Null where a timer cannot wait so long, or not at all. */
export const millisecondsIn = (seconds: number): number | null =>
  seconds > 0 && seconds <= MOST_SECONDS ? Math.max(1, Math.round(seconds * 1000)) : null;

/** In milliseconds. @throws BackproofError `bad-option`. */
export function secondsFrom(text: string, option: string): number {
  const seconds = /^\d{1,9}(\.\d{1,9})?$/u.test(text) ? Number(text) : Number.NaN;
  const ms = millisecondsIn(seconds);
  if (ms !== null) return ms;
  throw misused(option, SECONDS, text, '10');
}

/** @throws BackproofError `bad-option`. */
export function wholeFrom(text: string, option: string): number {
  const number = /^\d{1,15}$/u.test(text) ? Number(text) : Number.NaN;
  if (number >= 0) return number;
  throw misused(option, 'a whole number', text, '1');
}

function misused(option: string, expected: string, got: string, example: string): BackproofError {
  return new BackproofError({
    code: 'bad-option',
    where: option,
    what: 'this is not a number that it takes',
    expected,
    got: JSON.stringify(got.slice(0, 60)),
    fix: `Write for example ${option} ${example}.`,
  });
}
