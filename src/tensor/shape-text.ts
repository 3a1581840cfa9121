/** Shapes as people write them: 3x3, [3,3], X=3x3, X[3,3], X|x[3,3]. */
import { BackproofError } from '../error.js';
import type { Shape } from './shape.js';
import { size } from './shape.js';

export interface NamedShape {
  /** At least one name; more when alternatives were written. */
  readonly names: readonly string[];
  /** Undefined when only names were written. */
  readonly shape: Shape | undefined;
}

/**
 * Reads 1x3x64x64, [1,3,64,64], a single extent such as 5, or [] for a scalar.
 * @throws BackproofError `unreadable-shape`, `bad-shape`.
 */
export function parseShape(text: string): Shape {
  const digits = /^(?:(\d+(?:x\d+)*)|\[(\d+(?:,\d+)*)?\])$/.exec(text);
  if (!digits) throw unreadable(text, '3x3 or [3,3]', 'Write the extents without blanks.');
  const list = digits[1]?.split('x') ?? digits[2]?.split(',') ?? [];
  const shape = list.map(Number);
  size(shape, 'shape');
  return shape;
}

/**
 * Reads one or more names and, after them, their dims: X=3x3, X[3,3], X|x[3,3]; X alone has no shape.
 * @throws BackproofError `unreadable-shape`, `bad-shape`.
 */
export function parseNamedShape(text: string): NamedShape {
  const parts = /^([^=[\]]*)(?:=(.*)|(\[.*))?$/s.exec(text);
  const names = parts?.[1]?.split('|') ?? [];
  if (!parts || !names.every(name => /^[\p{L}_][\p{L}\p{M}\p{N}_']*$/u.test(name))) {
    throw unreadable(text, 'a name and its dims, such as X=3x3, X[3,3] or X|x[3,3]', 'Start with a letter.');
  }
  const dims = parts[2] ?? parts[3];
  return { names, shape: dims === undefined ? undefined : parseShape(dims) };
}

function unreadable(text: string, expected: string, fix: string): BackproofError {
  return new BackproofError({
    code: 'unreadable-shape',
    where: 'shape',
    what: 'the text is not a shape',
    expected,
    got: text.slice(0, 60) || 'nothing',
    fix,
    data: { text },
  });
}
