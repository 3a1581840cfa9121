/** Styles by name. */
import { BackproofError } from '../../error.js';

/** @throws BackproofError `unknown-style`. */
export function styleNamed<T>(styles: Readonly<Record<string, T>>, style: string): T {
  const found = Object.hasOwn(styles, style) ? styles[style] : undefined;
  if (found === undefined) throw unknownStyle(style, Object.keys(styles));
  return found;
}

function unknownStyle(style: string, known: readonly string[]): BackproofError {
  return new BackproofError({
    code: 'unknown-style',
    where: 'planted kernels',
    what: 'this kernel is not had in that style',
    expected: known.join(', '),
    got: style.slice(0, 40),
    fix: 'Take one of these styles.',
    data: { style },
  });
}
