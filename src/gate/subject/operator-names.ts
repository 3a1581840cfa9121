/** The operators that a kernel may be for. */
import { BackproofError } from '../../error.js';
import { closest, operators } from '../../ops/index.js';

/** @throws BackproofError `kernel-module-operator` for the first name that is not in the registry. */
export function checkOperatorNames(names: Iterable<string>, where: string): void {
  const known = operators.map(one => one.name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const meant = closest(name, known);
    throw new BackproofError({
      code: 'kernel-module-operator',
      where,
      what: 'there is no operator of this name',
      expected: known.join(', '),
      got: JSON.stringify(name),
      fix: meant ? `Did you mean ${meant}?` : 'Use one of these names.',
      data: { operator: name },
    });
  }
}
