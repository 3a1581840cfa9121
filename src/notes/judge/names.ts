/** The setup room's understanding of names, for one setup. */
import { isPower, type Meaning, meaningOf, nameKey, type Reference, type Setup } from '../setup/index.js';
import type { Names } from './scope.js';
import { plainText } from './text.js';

export function namesOf(setup: Setup): Names {
  const { naming } = setup;
  // The same node is asked for many times while one equation is read and explained.
  const known = new WeakMap<Reference, Meaning>();
  return {
    meaning: reference => {
      const found = known.get(reference) ?? meaningOf(reference, setup);
      known.set(reference, found);
      return found;
    },
    key: name => {
      const index = name.sub && name.sub.style !== 'word' ? `_${name.sub.text}` : '';
      const power = name.sup !== null && isPower(name, naming) ? `^${plainText(name.sup.of)}` : '';
      return `${nameKey(name, naming)}${index}${power}`;
    },
    isPower: name => isPower(name, naming),
  };
}
