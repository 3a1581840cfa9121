import { mutantsOf } from './mutant.js';

const solved = `if (guard.kind !== 'equation' || (unit !== 1 && unit !== -1)) continue;
    const value = polynomial.subtract(polynomial.variable(name), polynomial.scale(guard.zero, unit));
    if (polynomial.names(value).has(name)) continue;`;
const solvedRegardless = `if (guard.kind !== 'equation' || !unit) continue;
    const others = [...guard.zero].filter(([monomial]) => monomial !== name);
    const value = polynomial.scale(new Map(others), unit < 0 ? 1 : -1);`;
const solvedByAnyFactor = `if (guard.kind !== 'equation' || !polynomial.names(guard.zero).has(name)) continue;
    const value = polynomial.negate(polynomial.substitute(guard.zero, new Map([[name, new Map()]])));`;

const bound = `const own = term.bound.find(one => one.name === name);
  if (!own) return reject('no-such-part', 'a step names a bound index that is none', name);`;
const boundOrNot = `const own = term.bound.find(one => one.name === name) ?? { name, extent: new Map([['N', 1]]) };`;

const equationFor = 'guards: guards.with(step.guard, fixed) };';
const rangeFor = 'guards: guards.with(at, range(value, extent))';
const change = 'equation(polynomial.subtract(step.value, old))';
const halves = `show(claimsOf(${change}), step.evidence, facts(term));`;

/** The second half of rules.ts: the rules. */
export const stepMutants = mutantsOf('src/proof/trusted/rules.ts', [
  [
    'introduce: there is such a guard',
    "if (guard?.kind !== 'range') return reject(",
    "if (guard.kind !== 'range') return reject(",
  ],
  ['introduce: the guard is a range', "if (guard?.kind !== 'range')", 'if (!guard)'],
  [
    'introduce: the new index is the value',
    equationFor,
    'guards: guards.filter((_, k) => k !== step.guard) };',
  ],
  [
    'introduce: the new index has the sign of the value',
    'polynomial.subtract(polynomial.variable(step.name), guard.value)',
    'polynomial.add(polynomial.variable(step.name), guard.value)',
  ],
  ['introduce: other indices stay', 'bound: [...bound, own],', 'bound: [own],'],
  ['drop: the guard is implied', 'show(claimsOf(guards[step.guard]), step.evidence, facts(rest));', ''],
  ['drop: the guard is no evidence for itself', 'facts(rest)', 'facts(term)'],
  ['drop: the guard that is implied goes', 'k !== step.guard) };', 'k !== 0) };'],
  ['add: the guard is implied', 'show(claimsOf(step.guard), step.evidence, facts(term));', ''],
  [
    'add: the guard is no evidence for itself',
    'show(claimsOf(step.guard), step.evidence, facts(term));',
    'show(claimsOf(step.guard), step.evidence, facts({ ...term, guards: [...guards, step.guard] }));',
  ],
  ['add: other guards stay', 'guards: [...guards, step.guard] };', 'guards: [step.guard] };'],
  [
    'split: the new extents multiply to the old',
    `if (!polynomial.equal(extent, polynomial.product(high.extent, low.extent)))
        reject(`,
    'if (extent.size > 99) reject(',
  ],
  ['split: the extents are not negative', 'show([high.extent, low.extent], step.evidence, facts(term));', ''],
  [
    'split: the low extent is not negative',
    'show([high.extent, low.extent],',
    'show([high.extent],',
    'where the high extent is at least 0 and the low one is negative, their product is not positive: both sums are empty',
  ],
  [
    'split: the high part has the low extent as its weight',
    'polynomial.product(low.extent, polynomial.variable(high.name))',
    'polynomial.product(high.extent, polynomial.variable(high.name))',
  ],
  ['split: the low part counts', 'polynomial.add(tens, polynomial.variable(low.name))', 'tens'],
  ['split: other indices stay', 'bound: [...rest, high, low] };', 'bound: [high, low] };'],
  ['index: there is such an index', 'if (!old) return reject(', 'if (old === null) return reject('],
  ['index: the new value is the old', halves, ''],
  [
    'index: the new value is not smaller',
    halves,
    `show(claimsOf(${change}).slice(0, 0), step.evidence, facts(term));`,
  ],
  [
    'index: the new value is not larger',
    halves,
    `show(claimsOf(${change}).slice(0, 1), step.evidence, facts(term));`,
  ],
  [
    'index: the new value is not less',
    halves,
    `show(claimsOf(${change}).slice(1), step.evidence.slice(1), facts(term));`,
  ],
  [
    'index: the axis that was looked at changes',
    'atoms[step.atom]!.index.with(step.axis, step.value)',
    'atoms[step.atom]!.index.with(-1, step.value)',
  ],
  ['rename: only bound indices', 'for (const from of values.keys()) without(term, from);', ''],
  [
    'rename: every one of them is bound',
    'for (const from of values.keys()) without(term, from);',
    'for (const from of [...values.keys()].slice(0, 1)) without(term, from);',
  ],
  ['rename: bound indices take their names', 'step.names.get(name) ?? name, extent', 'name, extent'],
  [
    'rename: the body takes the names',
    '{ ...substitute(term, values), bound: renamed }',
    '{ ...term, bound: renamed }',
  ],
  [
    'unit: the tensor is one',
    'if (!value || !polynomial.equal(count',
    'if (value && !polynomial.equal(count',
  ],
  [
    'unit: the values are as many as it is 1 over',
    `if (!value || !polynomial.equal(count, polynomial.scale(value, step.times)))
        reject(`,
    'if (!value) reject(',
  ],
  ['unit: the new coefficient counts', 'polynomial.scale(value, step.times)', 'value'],
  ['unit: the old coefficient counts', 'polynomial.constant(term.coefficient)', 'polynomial.constant(1)'],
  [
    'unit: the old coefficient is that of the term, not the new one',
    'polynomial.constant(term.coefficient)',
    'polynomial.constant(step.times)',
  ],
  ['unit: no number of values is negative', 'show(gone, step.evidence, facts(next));', ''],
  [
    'unit: every number of values is shown',
    'show(gone, step.evidence, facts(next));',
    'show(gone.slice(0, 1), step.evidence, facts(next));',
  ],
  [
    'unit: the last number of values is not enough',
    'show(gone, step.evidence, facts(next));',
    'show(gone.slice(-1), step.evidence.slice(-1), facts(next));',
  ],
  [
    'unit: their product is not enough',
    'show(gone, step.evidence, facts(next));',
    'show([gone.reduce(polynomial.product, polynomial.constant(1))], step.evidence, facts(next));',
  ],
  ['unit: an index that goes is no evidence', 'facts(next));', 'facts(term));'],
  [
    'unit: every index counts once',
    'bound.filter(one => !rest.includes(one))',
    'step.names.map(name => bound.find(one => one.name === name) ?? bound[0])',
  ],
  [
    'unit: other indices stay',
    'bound.filter(({ name }) => !step.names.includes(name))',
    'bound.filter(({ name }) => !step.names.includes(name)).slice(0, 0)',
  ],
  ['unit: all that are counted go', 'bound: rest, atoms: atoms', 'bound, atoms: atoms'],
  ['unit: guards stay', 'bound: rest, atoms: atoms', 'bound: rest, guards: [], atoms: atoms'],
  ['unit: it goes itself', 'atoms.toSpliced(step.atom, 1)', 'atoms'],
  [
    'unit: it goes once',
    'atoms.toSpliced(step.atom, 1)',
    'atoms.filter(one => one.tensor !== atoms[step.atom].tensor)',
  ],
  ['vanish: there is a contradiction', 'show([polynomial.constant(-1)], step.evidence, facts(term));', ''],
  ['vanish: 0 is no contradiction', 'polynomial.constant(-1)]', 'polynomial.constant(0)]'],
  ['an index that goes is bound', bound, boundOrNot],
  [
    'an index that goes is bound, for the message alone',
    'if (!own) return reject(',
    'if (own === null) return reject(',
  ],
  ['other indices stay', 'term.bound.filter(one => one !== own)', '[]'],
  [
    'eliminate: the index has coefficient 1 or -1',
    '(unit !== 1 && unit !== -1)) continue;',
    '!unit) continue;',
    'with another coefficient u, v - u*(u*v - e) still mentions v, which is looked at next',
  ],
  [
    'eliminate: the equation mentions the index',
    '(unit !== 1 && unit !== -1)) continue;',
    'unit === 0) continue;',
  ],
  ['eliminate: -1 is solved too', '(unit !== 1 && unit !== -1)', 'unit !== 1'],
  ['eliminate: the index occurs nowhere else', 'if (polynomial.names(value).has(name)) continue;', ''],
  ['eliminate: coefficient 1 or -1, wherever it is looked at', solved, solvedRegardless],
  ['eliminate: the index is no factor of a product', solved, solvedByAnyFactor],
  [
    'eliminate: solved with the right sign',
    'polynomial.subtract(polynomial.variable(name), polynomial.scale(guard.zero, unit))',
    'polynomial.subtract(polynomial.scale(guard.zero, unit), polynomial.variable(name))',
  ],
  [
    'eliminate: the value is within the range of the index',
    rangeFor,
    'guards: guards.filter((_, k) => k !== at)',
  ],
  ['eliminate: other guards stay', rangeFor, 'guards: [range(value, extent)]'],
  [
    'eliminate: the index goes',
    'return { ...term, bound: rest, guards: guards.with(at',
    'return { ...term, guards: guards.with(at',
  ],
  [
    'eliminate: an equation can be solved',
    "return reject('not-solvable', 'no equation can be solved for', name);",
    'return { ...term, bound: rest };',
  ],
  [
    'a rule is one of the nine',
    "return reject('unknown-rule', 'there is no such rule', step satisfies never);",
    'return null;',
  ],
]);
