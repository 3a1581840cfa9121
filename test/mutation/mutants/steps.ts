import { mutantsOf } from './mutant.js';

const solved = `if (guard.kind !== 'equation' || (unit !== 1 && unit !== -1)) continue;
    const index = polynomial.variable(name);
    const value = polynomial.subtract(index, polynomial.scale(guard.zero, unit));
    if (polynomial.names(value).has(name)) continue;`;
const solvedRegardless = `if (guard.kind !== 'equation' || !unit) continue;
    const others = [...guard.zero].filter(([monomial]) => monomial !== name);
    const value = polynomial.scale(new Map(others), unit < 0 ? 1 : -1);`;
const solvedByAnyFactor = `if (guard.kind !== 'equation' || !polynomial.names(guard.zero).has(name)) continue;
    const value = polynomial.negate(polynomial.substitute(guard.zero, new Map([[name, new Map()]])));`;

const bound = `const range = term.bound.find(one => one.name === name);
  if (!range) return reject('no-such-part', 'a step names a bound index that is none', name);`;
const boundOrNot = `const range = term.bound.find(one => one.name === name) ?? { name, extent: new Map([['N', 1]]) };`;

const equationFor = "guards: guards.with(step.guard, { kind: 'equation', zero }),";
const rangeFor = "guards: guards.with(at, { kind: 'range', value, extent })";
const halves = 'show([change, polynomial.negate(change)], step.evidence, facts(term));';

/** The second half of rules.ts: the rules. */
export const stepMutants = mutantsOf('src/proof/trusted/rules.ts', [
  [
    'introduce: there is such a guard',
    `if (guard?.kind !== 'range')
        return reject(`,
    "if (guard.kind !== 'range') return reject(",
  ],
  ['introduce: the guard is a range', "if (guard?.kind !== 'range')", 'if (!guard)'],
  [
    'introduce: the new index is the value',
    equationFor,
    'guards: guards.filter((_, k) => k !== step.guard),',
  ],
  [
    'introduce: the new index has the sign of the value',
    'polynomial.subtract(polynomial.variable(step.name), guard.value)',
    'polynomial.add(polynomial.variable(step.name), guard.value)',
  ],
  ['introduce: other indices stay', 'bound: [...bound, range],', 'bound: [range],'],
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
  ['index: the new value is not smaller', halves, 'show([change].slice(0, 0), step.evidence, facts(term));'],
  ['index: the new value is not larger', halves, 'show([change], step.evidence, facts(term));'],
  [
    'index: the new value is not less',
    halves,
    'show([polynomial.negate(change)], step.evidence.slice(1), facts(term));',
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
  ['vanish: there is a contradiction', 'show([polynomial.constant(-1)], step.evidence, facts(term));', ''],
  ['vanish: 0 is no contradiction', 'polynomial.constant(-1)]', 'polynomial.constant(0)]'],
  ['an index that goes is bound', bound, boundOrNot],
  [
    'an index that goes is bound, for the message alone',
    'if (!range) return reject(',
    'if (range === null) return reject(',
  ],
  ['other indices stay', 'term.bound.filter(one => one !== range)', '[]'],
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
    'polynomial.subtract(index, polynomial.scale(guard.zero, unit))',
    'polynomial.subtract(polynomial.scale(guard.zero, unit), index)',
  ],
  [
    'eliminate: the value is within the range of the index',
    rangeFor,
    'guards: guards.filter((_, k) => k !== at)',
  ],
  ['eliminate: other guards stay', rangeFor, "guards: [{ kind: 'range', value, extent }]"],
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
    'a rule is one of the eight',
    "return reject('unknown-rule', 'there is no such rule', step satisfies never);",
    'return null;',
  ],
]);
