/** A statement in words and formulas. */
import { type Integer, integer, type Polynomial } from '../../exact/index.js';
import type { Range } from '../../index-sum/index.js';
import { type WindowCount, windowCounts } from '../domain.js';
import type { Statement } from '../trusted/statement.js';
import { atomFormula, folded, formula, inequality, name, ranges, type Setting, sumParts } from './formula.js';
import type { Block } from './layout.js';
import { math } from './shown.js';

export function statementBlocks(statement: Statement, setting: Setting): Block[] {
  const { definitions, free, units } = statement;
  const ring = ', with cells in a commutative ring at all integer indices';
  const fixed = [...units].map(([name, value]) => math(unitText(name, value, setting)));
  const inverse = fixed.length > 0 ? `, with ${fixed.join(' and ')}` : '';
  const where = definitions.length > 0 ? ', and where' : '';
  return [
    { kind: 'text', text: `For all integers ${parametersText(statement, setting)},` },
    { kind: 'text', text: `for all arrays ${tensorsText(statement, setting)}${ring}${inverse}${where}` },
    ...definitions.map(({ name: tensor, free: own, terms }): Block => {
      const index = own.map(range => new Map([[range.name, 1]]));
      const head = atomFormula({ tensor, index }, { ...setting });
      return { kind: 'formula', lead: '', parts: [`${head} =`, ...sumParts(terms, setting)] };
    }),
    {
      kind: 'text',
      text: free.length > 0 ? `this holds for all ${rangesText(free, setting)}:` : 'this holds:',
    },
    { kind: 'formula', lead: '', parts: claimParts(statement, setting) },
  ];
}

/** "N L₁ r = 1" */
export function unitText(tensor: string, value: Polynomial, setting: Setting): string {
  const text = formula(value, setting);
  return `${value.size > 1 ? `(${text})` : text} ${name(tensor, setting)} = 1`;
}

const rangesText = (list: readonly Range[], setting: Setting): string =>
  ranges(list, setting).map(math).join(', ');

function claimParts({ left, by, right }: Statement, setting: Setting): string[] {
  const side = sumParts(left, setting);
  if (by) {
    const cell = atomFormula(by, setting);
    const sign = setting.latex ? `\\frac{\\partial}{\\partial ${cell}}` : `∂/∂${cell}`;
    side[0] = `${sign} ${left.length > 1 ? '(' : ''}${side[0]}`;
    if (left.length > 1) side[side.length - 1] += ')';
  }
  const [first, ...rest] = sumParts(right, setting);
  return [...side, `= ${first}`, ...rest];
}

/** "N, C ≥ 0 and s, d ≥ 1 with P - L ≥ 0 and Q = ⌊(P - K) / s⌋ + 1, or 0 where that is negative" */
function parametersText({ parameters, assume }: Statement, setting: Setting): string {
  const counts = windowCounts({ parameters, assume });
  const told = new Set(counts.flatMap(count => count.facts.slice(1)));
  const ge = setting.latex ? '\\ge' : '≥';
  const bounds = new Map<string, Integer>();
  const rest: Polynomial[] = [];
  for (const fact of assume.filter(one => !told.has(one))) {
    const own = parameters.find(one => fact.get(one) === 1 && fact.size === (fact.has('') ? 2 : 1));
    if (own && !bounds.has(own)) bounds.set(own, integer.negate(fact.get('') ?? 0));
    else rest.push(fact);
  }
  const groups = groupBy(parameters, one => String(bounds.get(one) ?? 'any'));
  const texts = [...groups].map(([bound, names]) => {
    const list = folded(names, setting, name).join(', ');
    return math(bound === 'any' ? list : `${list} ${ge} ${bound}`);
  });
  const written = folded(sorted(rest, setting), setting, inequality).map(math);
  const counted = folded(counts, setting, windowText);
  const conditions = [...written, ...counted];
  return texts.join(' and ') + (conditions.length > 0 ? ` with ${conditions.join(' and ')}` : '');
}

/** "P = ⌊(L - K) / s⌋ + 1, or 0 where that is negative" */
function windowText({ name: count, room, step }: WindowCount, at: Setting): string {
  const [top, below] = [formula(room, at), formula(step, at)];
  const quotient = at.latex ? `\\lfloor (${top}) / ${below} \\rfloor` : `⌊(${top}) / ${below}⌋`;
  return `${math(`${name(count, at)} = ${quotient} + 1`)}, or 0 where that is negative`;
}

/** Facts that are alike on every axis one after the other. */
function sorted(facts: readonly Polynomial[], setting: Setting): Polynomial[] {
  const likeness = (fact: Polynomial) => {
    const texts = Array.from({ length: setting.axes }, (_, k) => formula(fact, { ...setting, axis: k + 1 }));
    return texts.find(text => text !== formula(fact, setting)) ?? '';
  };
  return [...groupBy(facts, likeness).values()].flat();
}

function tensorsText({ tensors }: Statement, setting: Setting): string {
  const groups = [...groupBy([...tensors.keys()], one => tensors.get(one)!)];
  const texts = groups.map(([rank, names]) => {
    const list = names.map(one => math(name(one, setting))).join(', ');
    return rank === 0 ? `${list} without axes` : `${list} of ${rank === 1 ? 'one axis' : `${rank} axes`}`;
  });
  return texts.join(' and ');
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
