import { mutantsOf } from './mutant.js';

const stepLists = `if (steps.length !== terms.length)
      reject('wrong-steps', \`a side has \${terms.length} terms\`, steps.length);
    for (const [k, start] of terms.entries()) {`;

export const checkMutants = mutantsOf('src/proof/trusted/check.ts', [
  [
    'a witness meets the assumptions',
    `if (value === null || !(value >= 0))
      reject(`,
    'if (value === 7) reject(',
  ],
  ['the assumptions are looked at', '[...statement.assume, ...ahead]', '[...ahead]'],
  ['free indices are looked at', '[...statement.assume, ...ahead]', '[...statement.assume]'],
  ['every assumption is looked at', '[...statement.assume, ...', '[...statement.assume.slice(0, 1), ...'],
  ['a free index is not empty', 'subtract(extent, polynomial.constant(1))', 'subtract(extent, new Map())'],
  ['a witness has all values', 'value === null || ', ''],
  ['every term has its steps', 'if (steps.length !== terms.length)', 'if (steps.length < 0)'],
  ['no term is without steps', 'if (steps.length !== terms.length)', 'if (steps.length > terms.length)'],
  ['no steps are without a term', 'if (steps.length !== terms.length)', 'if (steps.length < terms.length)'],
  ['no term is passed over', stepLists, 'for (const [k, start] of terms.slice(0, steps.length).entries()) {'],
  [
    'no step follows a term that vanished',
    "if (!term) return reject('wrong-steps', 'a step follows a term that vanished', step.rule);",
    'if (!term) break;',
  ],
  ['every term counts', 'if (term) polynomial', 'if (term && k === 0) polynomial'],
  ['steps are followed', 'term = applyStep(term, step, statement.assume, scope);', ''],
  ['coefficients count', 'integer.multiply(sign, term.coefficient)', 'sign'],
  [
    'signs count',
    'integer.multiply(sign, term.coefficient)',
    'integer.multiply(sign, integer.absolute(term.coefficient))',
  ],
  ['the sides are subtracted', 'follow(right, proof.right, -1);', 'follow(right, proof.right, 1);'],
  ['the right side counts', 'follow(right, proof.right, -1);', ''],
  ['the left side counts', 'follow(left, proof.left, 1);', ''],
  ['the sides end alike', 'if (total.size > 0) reject(', 'if (total.size > 99) reject('],
  ['the sides end alike, every term of them', 'if (total.size > 0) reject(', 'if (total.size > 1) reject('],
  ['bound indices count', 'bound.map(({ name, extent }) => [name, t(extent)]),', '[],'],
  ['extents of bound indices count', '[name, t(extent)]', '[name]'],
  ['guards count', 'guards.map(one => (one', '[].map(one => (one'],
  ['equations count', '[equation(one.zero)]', "['']"],
  ['an equation is the same from both sides', '[t(zero), t(polynomial.negate(zero))]', '[t(zero)]'],
  ['the extent of a range counts', '[t(one.value), t(one.extent)]', '[t(one.value)]'],
  ['the value of a range counts', '[t(one.value), t(one.extent)]', '[t(one.extent)]'],
  [
    'value and extent are two things',
    '[t(one.value), t(one.extent)]',
    '[t(one.value), t(one.extent)].sort()',
  ],
  ['a range has a direction', '[t(one.value), t(one.extent)]', '[equation(one.value), t(one.extent)]'],
  ['atoms count', 'atoms.map(({ tensor', '[].map(({ tensor'],
  ['the tensor of an atom counts', '[tensor, ...index.map(t)]', '[...index.map(t)]'],
  ['the indices of an atom count', '[tensor, ...index.map(t)]', '[tensor]'],
  ['the order of indices counts', '[tensor, ...index.map(t)]', '[tensor, ...index.map(t).sort()]'],
  [
    'an atom that occurs twice is there twice',
    'atoms.map(({ tensor, index }) => [tensor, ...index.map(t)]),',
    '[...new Set(atoms.map(({ tensor, index }) => [tensor, ...index.map(t)].join()))],',
  ],
  ['terms have no order inside', 'parts.map(list => list.sort())', 'parts'],
]);
