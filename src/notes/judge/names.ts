/** The setup room's understanding of names, for one setup. */
import { isPower, meaningOf, nameKey, type Setup } from '../setup/index.js';
import type { Names } from './scope.js';
import { plainText } from './text.js';

export function namesOf(setup: Setup): Names {
  const { naming } = setup;
  return {
    meaning: reference => meaningOf(reference, setup),
    key: name => {
      const index = name.sub && name.sub.style !== 'word' ? `_${name.sub.text}` : '';
      const power = name.sup !== null && isPower(name, naming) ? `^${plainText(name.sup.of)}` : '';
      return `${nameKey(name, naming)}${index}${power}`;
    },
    isPower: name => isPower(name, naming),
  };
}
