/** What `parse` throws; positions count characters from 0. */
import { BackproofError } from '../error.js';

export function unreadable(text: string, what: string, position?: number): BackproofError {
  return new BackproofError({
    code: 'unreadable-formula',
    where: placeOf(text, position),
    what: 'the formula cannot be read',
    expected: 'numbers, names, + - * / ^ with an integer exponent, parentheses and named functions',
    got: what,
    fix: 'Write it as in 2*x_1 - exp(y)^2/3.',
    data: { position },
  });
}

export function unknownFunction(text: string, name: string, known: readonly string[]): BackproofError {
  const position = placeOfCall(text, name);
  return new BackproofError({
    code: 'unknown-function',
    where: placeOf(text, position),
    what: `${name} is not a known function`,
    expected: known.join(', '),
    got: name,
    fix: 'Use a known function; write a product before a parenthesis with *.',
    data: { name, position },
  });
}

export function unknownVariable(text: string, name: string): BackproofError {
  const position = text.indexOf(name);
  return new BackproofError({
    code: 'unknown-variable',
    where: placeOf(text, position < 0 ? undefined : position),
    what: `${name} is not a known variable`,
    expected: 'a declared name',
    got: name,
    fix: 'Declare the name or correct it.',
    data: { name },
  });
}

export function formulaTooLong(text: string, limit: number): BackproofError {
  return new BackproofError({
    code: 'formula-too-long',
    where: 'formula',
    what: 'the formula is too long',
    expected: `at most ${limit} characters`,
    got: String(text.length),
    fix: 'Split the formula.',
    data: { limit, length: text.length },
  });
}

function placeOf(text: string, position: number | undefined): string {
  const excerpt = text.length > 60 ? `${text.slice(0, 60)}...` : text;
  return position === undefined ? `formula "${excerpt}"` : `formula "${excerpt}" at ${position}`;
}

/** Where the name stands as a whole word before a parenthesis. */
function placeOfCall(text: string, name: string): number | undefined {
  for (const match of text.matchAll(/[\p{L}\p{N}_$]+/gu)) {
    if (match[0] === name && /^\s*\(/.test(text.slice(match.index + name.length))) return match.index;
  }
  return undefined;
}
