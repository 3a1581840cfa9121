import { mutantsOf } from './mutant.js';

const inSourceOrder = `for (const term of [ONE, ...terms]) wellFormed(term, { parameters, free, ranks });
    if (ranks.has(name)) reject('ill-formed-term', 'a tensor is declared twice', name);
    ranks.set(name, free.length);`;
const declaredFirst = `if (ranks.has(name)) reject('ill-formed-term', 'a tensor is declared twice', name);
    ranks.set(name, free.length);
    for (const term of [ONE, ...terms]) wellFormed(term, { parameters, free, ranks });`;

const unfoldedFirst = `const left = unfold(statement.left, definitions, scope);
  const right = unfold(statement.right, definitions, scope);
  return { left: by ? left.flatMap(term => derivative(term, by)) : left, right, scope };`;
const differentiatedFirst = `const left = by ? statement.left.flatMap(term => derivative(term, by)) : statement.left;
  const right = unfold(statement.right, definitions, scope);
  return { left: unfold(left, definitions, scope), right, scope };`;

const inner = 'term.atoms.toSpliced(at, 1, ...inner.atoms)';

export const statementMutants = mutantsOf('src/proof/trusted/statement.ts', [
  ['terms are well-formed', 'fault === null ? term : reject(', 'fault !== undefined ? term : reject('],
  ['parameters have names', 'wellFormed({ ...ONE, bound: names }', '({ ...ONE, bound: names }'],
  [
    'assumptions mention parameters only',
    'wellFormed({ ...ONE, guards: facts, atoms }',
    '({ ...ONE, guards: facts, atoms }',
  ],
  [
    'what units are 1 over mentions parameters only',
    '...assume, ...units.values()].map(equation)',
    '...assume].map(equation)',
  ],
  ['units are tensors without axes', 'guards: facts, atoms }', 'guards: facts }'],
  ['no derivative by a unit', 'if (by && units.has(by.tensor)) reject(', 'if (by && units.size < 0) reject('],
  [
    'definitions are well-formed',
    'for (const term of [ONE, ...terms]) wellFormed(',
    'for (const term of [ONE, ...terms].slice(0, 1)) wellFormed(',
  ],
  ['definitions without terms have names too', '[ONE, ...terms]', '[...terms]'],
  ['definitions read those before them only', inSourceOrder, declaredFirst],
  ['no tensor is declared twice', 'if (ranks.has(name)) reject(', 'if (ranks.size < 0) reject('],
  [
    'no definition has the name of a tensor',
    'if (ranks.has(name)',
    'if (ranks.has(name) && !tensors.has(name)',
  ],
  ['no two definitions have one name', 'if (ranks.has(name)', 'if (tensors.has(name)'],
  [
    'the cell of a derivative is well-formed',
    'wellFormed({ ...ONE, atoms: by ? [by] : [] }',
    '({ ...ONE, atoms: by ? [by] : [] }',
  ],
  ['no derivative by a definition', '{ ...scope, ranks: tensors });', 'scope);'],
  [
    'both sides are well-formed',
    'for (const term of [...statement.left, ...statement.right]) wellFormed(term, scope);',
    '',
  ],
  ['the left side is well-formed', '[...statement.left, ...statement.right]', '[...statement.right]'],
  ['the right side is well-formed', '[...statement.left, ...statement.right]', '[...statement.left]'],
  ['definitions are put in before a derivative', unfoldedFirst, differentiatedFirst],
  ['the left side is differentiated', 'left: by ? left.flatMap(term => derivative(term, by)) : left', 'left'],
  [
    'the right side is not differentiated',
    ': left, right, scope };',
    ': left, right: by ? right.flatMap(term => derivative(term, by)) : right, scope };',
  ],
  ['every definition is put in', 'if (at < 0) done', 'if (at < 0 || done.length > 0) done'],
  [
    'what unfolds too far is refused',
    'if (done.length + open.length + term.atoms.length > 200) reject(',
    'if (term.atoms.length > 200) reject(',
  ],
  ['long products are refused', 'open.length + term.atoms.length > 200', 'open.length > 200'],
  ['new names are no parameters', '[...scope.parameters, ...[...scope.free', '[...[...scope.free'],
  ['new names are no free indices', '[...scope.free, ...bound].map', '[...bound].map'],
  ['new names are no bound indices', '[...scope.free, ...bound].map', '[...scope.free].map'],
  [
    'new names differ from one another',
    '[...scope.free, ...bound].map',
    '[...scope.free, ...term.bound].map',
  ],
  ['names give way to those around them', 'return taken.has(name) ? fresh', 'return taken.size < 0 ? fresh'],
  ['new names stand in the body', 'values.set(name, polynomial.variable(own));', ''],
  ['new names are bound', 'bound.push({ name: own, extent });', 'bound.push({ name, extent });'],
  ['indices keep their order', 'term.atoms[at]!.index[k]!', 'term.atoms[at]!.index[free.length - 1 - k]!'],
  [
    'the coefficient of a definition counts',
    'integer.multiply(term.coefficient, body.coefficient)',
    'term.coefficient',
  ],
  [
    'the coefficient of the reader counts',
    'integer.multiply(term.coefficient, body.coefficient)',
    'body.coefficient',
  ],
  ['atoms before a definition stay', inner, '[...inner.atoms, ...term.atoms.slice(at + 1)]'],
  ['atoms after a definition stay', inner, '[...term.atoms.slice(0, at), ...inner.atoms]'],
  ['the atoms of a definition come in', inner, 'term.atoms.toSpliced(at, 1)'],
  ['the guards of the reader stay', '[...term.guards, ...inner.guards]', '[...inner.guards]'],
  ['the guards of a definition come in', '[...term.guards, ...inner.guards]', '[...term.guards]'],
  ['equations are substituted in', 'equation(put(one.zero))', 'equation(one.zero)'],
  ['values of ranges are substituted in', 'range(put(one.value), ', 'range(one.value, '],
  ['extents of ranges are substituted in', ', put(one.extent))', ', one.extent)'],
  ['ranges are no equations when substituted in', '? equation(put(one.zero))', '? one'],
  ['indices are substituted in', 'index: atom.index.map(put)', 'index: atom.index'],
  ['other tensors have no derivative', 'if (tensor !== by.tensor) return [];', ''],
  ['every axis of the cell counts', 'index.map((part, k) =>', 'index.slice(0, 1).map((part, k) =>'],
  [
    'an index equals that of the cell',
    'polynomial.subtract(part, by.index[k]!)',
    'polynomial.subtract(part, part)',
  ],
  ['a derivative keeps the guards', '[...term.guards, ...zeros]', 'zeros'],
  ['the atom gives way', 'term.atoms.toSpliced(at, 1) }]', 'term.atoms }]'],
  [
    'the other atoms of the tensor stay',
    'term.atoms.toSpliced(at, 1) }]',
    'term.atoms.filter(one => one.tensor !== tensor) }]',
  ],
  [
    'every atom has its turn',
    'return term.atoms.flatMap(({ tensor, index }, at) => {',
    'return term.atoms.slice(0, 1).flatMap(({ tensor, index }, at) => {',
  ],
  [
    'no atom has two turns',
    'return [{ ...term, guards: [...term.guards',
    'return at > 0 ? [] : [{ ...term, guards: [...term.guards',
  ],
]);
