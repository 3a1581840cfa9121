/** A false statement, and the one repair that makes it true. */
import { parseTheorems } from '../../../src/proof/statement/text/parse-theorems.js';
import type { Theorem } from '../../../src/proof/statement/theorem.js';

/** The theorem as text, where `{wrong|right}` marks the mistake; without `|right` there is no repair. */
export interface Refused {
  /** What is wrong. */
  readonly name: string;
  readonly text: string;
}

const MISTAKE = /\{([^{}|]*)(?:\|([^{}|]*))?\}/g;

const read = (text: string, name: string): Theorem => {
  const [theorem, ...more] = parseTheorems(text, name);
  if (!theorem || more.length > 0) throw new Error(`${name} is not one theorem`);
  return theorem;
};

export const mistaken = ({ name, text }: Refused): Theorem =>
  read(
    text.replace(MISTAKE, (_, wrong: string) => wrong),
    name,
  );

/** Null where one repair is not enough. */
export function repaired({ name, text }: Refused): Theorem | null {
  const marks = [...text.matchAll(MISTAKE)];
  if (marks.length === 0 || marks.some(([, , right]) => right === undefined)) return null;
  return read(
    text.replace(MISTAKE, (_, _wrong, right: string) => right),
    name,
  );
}
