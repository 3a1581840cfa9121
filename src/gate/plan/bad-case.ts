/** What is wrong with the text of a case. */
import { BackproofError } from '../../error.js';
import { closest } from '../../ops/index.js';

export function badCase(what: string, expected: string, got: string, fix: string): BackproofError {
  return new BackproofError({ code: 'bad-case', where: 'case', what, expected, got, fix });
}

/** Another reader's refusal of a part of the case, as a refusal of the case. */
export function asBadCase<T>(part: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BackproofError)) throw error;
    const { what, code, expected, got, fix } = error;
    throw badCase(`${part}: ${what}${code === 'bad-case' ? '' : ` (${code})`}`, expected, got, fix);
  }
}

/** What to do about a word that is not known. */
export function meantBy(word: string, known: readonly string[]): string {
  const meant = closest(word, known);
  return meant === null ? 'Use one of these.' : `Did you mean ${meant}?`;
}
