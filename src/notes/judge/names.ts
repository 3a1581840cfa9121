/** The setup room's understanding of names, for one setup. */
import { isPower, meaningOf, nameKey, type Setup } from '../setup/index.js';
import type { Names } from './scope.js';

export function namesOf(setup: Setup): Names {
  const { naming } = setup;
  return {
    meaning: reference => meaningOf(reference, setup),
    key: name =>
      `${nameKey(name, naming)}${name.sub && name.sub.style !== 'word' ? `_${name.sub.text}` : ''}`,
    isPower: name => isPower(name, naming),
  };
}
