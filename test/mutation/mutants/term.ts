import { mutantsOf } from './mutant.js';

const { raw } = String;

export const termMutants = mutantsOf('src/index-sum/term.ts', [
  [
    'an extent mentions parameters only',
    raw`if (stranger !== undefined) return ${'`'}the extent of`,
    raw`if (stranger === '') return ${'`'}the extent of`,
  ],
  [
    'an extent mentions no index before it',
    'const stranger = undeclared([extent], parameters);',
    'const stranger = undeclared([extent], visible);',
  ],
  ['no name is declared twice', 'if (visible.has(name)) return', 'if (visible.size < 0) return'],
  [
    'no bound index has the name of a parameter',
    'if (visible.has(name)) return',
    'if (visible.has(name) && !parameters.has(name)) return',
  ],
  [
    'no bound index has the name of a free one',
    'if (visible.has(name)) return',
    'if (visible.has(name) && !free.some(one => one.name === name)) return',
  ],
  [
    'no two bound indices have one name',
    'if (visible.has(name)) return',
    'if (visible.has(name) && (parameters.has(name) || free.some(one => one.name === name))) return',
  ],
  ['names are names', 'if (!NAME.test(name)) return', 'if (name.length > 99) return'],
  ['no name is a product', raw`[A-Za-z_][\w']*$/;`, raw`[A-Za-z_][\w'*]*$/;`],
  ['no name is empty', raw`[A-Za-z_][\w']*$/;`, raw`([A-Za-z_][\w']*)?$/;`],
  ['no name is a number', raw`[A-Za-z_][\w']*$/;`, raw`[\w'][\w']*$/;`],
  ['what is declared is visible', 'visible.add(name);', ''],
  [
    'guards and indices mention declared names only',
    raw`if (stranger !== undefined) return ${'`'}a guard`,
    raw`if (stranger === '') return ${'`'}a guard`,
  ],
  ['guards mention declared names only', 'undeclared([...guarded, ...', 'undeclared([...'],
  ['equations mention declared names only', '? [one.zero] : [one.value', '? [] : [one.value'],
  ['values of ranges mention declared names only', '[one.value, one.extent]));', '[one.extent]));'],
  ['extents of ranges mention declared names only', '[one.value, one.extent]));', '[one.value]));'],
  ['every part is looked at', 'values.flatMap(value =>', 'values.slice(0, 1).flatMap(value =>'],
  [
    'tensors are declared, for the message alone',
    'if (rank === undefined) return',
    'if (rank === null) return',
    'an undefined rank differs from the number of indices, which is the next thing that is looked at',
  ],
  [
    'tensors are declared',
    'if (rank !== index.length) return',
    'if (rank !== undefined && rank !== index.length) return',
    'an undefined rank is refused by the line before',
  ],
  [
    'tensors are declared, in both places',
    raw`if (rank === undefined) return ${'`'}the tensor ${'$'}{tensor} is not declared${'`'};
    if (rank !== index.length) return`,
    'if (rank !== undefined && rank !== index.length) return',
  ],
  ['no tensor is read with a wrong rank', 'if (rank !== index.length) return', 'if (rank === -1) return'],
  ['no tensor is read with too few indices', 'if (rank !== index.length)', 'if (rank < index.length)'],
  ['no tensor is read with too many indices', 'if (rank !== index.length)', 'if (rank > index.length)'],
  [
    'atoms mention declared names only',
    '...term.atoms.flatMap(({ index }) => index)], visible);',
    '], visible);',
  ],
  [
    'every axis of an atom is looked at',
    'term.atoms.flatMap(({ index }) => index)',
    'term.atoms.flatMap(({ index }) => index.slice(0, 1))',
  ],
  [
    'every name of a polynomial is looked at',
    '[...polynomial.names(value)])',
    '[...polynomial.names(value)].slice(0, 1))',
  ],
]);
