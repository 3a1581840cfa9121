/** Running names and their ends: `k=1` below a sum, `j = 1, \dots, d` behind an equation, `1 \le j \le d`, `i \in S`. */

import type { Bound, Comparison, Formula, Name } from './tree.js';

export interface Bounds {
  readonly bounds: readonly Bound[];
  /** What is no bound: `i \neq j`. */
  readonly conditions: readonly Formula[];
}

interface Ends {
  readonly from: Formula | null;
  readonly to: Formula | null;
  readonly within: Formula | null;
}

/** `above` is the upper limit of a sum, and ends what is begun below. Words turn all behind them into conditions. */
export function boundsOf(items: readonly Formula[], above: Formula | null): Bounds {
  const words = items.findIndex(item => item.kind === 'label');
  const named = words < 0 ? items : items.slice(0, words);
  const bounds: Bound[] = [];
  const conditions: Formula[] = [];
  let waiting: Name[] = [];
  for (let k = 0; k < named.length; k += 1) {
    const item = named[k] as Formula; // k is below the length
    const names = namesOf(item);
    for (const name of names ?? []) waiting.push(name);
    if (names !== null) continue;
    const run = runOf(named, k);
    const found = run ?? endsOf(item, above);
    if (found === null) conditions.push(item);
    else for (const name of [...waiting, found.name]) bounds.push(bound(name, found));
    if (found !== null) waiting = [];
    k += run?.taken ?? 0;
  }
  const bare = { from: null, to: above, within: null };
  for (const name of waiting) bounds.push(bound(name, bare));
  return { bounds, conditions: words < 0 ? conditions : [...conditions, ...items.slice(words)] };
}

function bound(name: Name, { from, to, within }: Ends): Bound {
  return { name, from, to, within, span: name.span };
}

/** A name, letters that stand together, or a pair: the sum over `ij` or `(i,j)`. */
function namesOf(item: Formula): readonly Name[] | null {
  if (item.kind === 'name') return [item];
  const juxtaposed = item.kind === 'product' && item.signs.every(sign => sign.symbol === 'none');
  const parts = juxtaposed
    ? item.factors
    : item.kind === 'list' && item.bracket === 'round'
      ? item.items
      : [];
  const names = parts.filter((part): part is Name => part.kind === 'name');
  return names.length === parts.length && names.length > 0 ? names : null;
}

/** `j = 1`, an ellipsis, `d`; or `j = 1`, `2`, an ellipsis, `d`; or `j = 1`, `2`, `3`. */
function runOf(items: readonly Formula[], at: number): (Ends & { name: Name; taken: number }) | null {
  const start = equality(items[at]);
  if (start === null) return null;
  let end = at + 1;
  while (end < items.length && equality(items[end]) === null && items[end]?.kind !== 'comparison') end += 1;
  const rest = items.slice(at + 1, end);
  const dots = rest.findIndex(item => item.kind === 'ellipsis');
  const to = dots < 0 ? consecutive([start.from, ...rest]) : rest[dots + 1];
  if (to === undefined || to === null) return null;
  const taken = dots < 0 ? rest.length : dots + 2;
  return { name: start.name, from: start.from, to, within: null, taken };
}

function equality(item: Formula | undefined): { readonly name: Name; readonly from: Formula } | null {
  if (item?.kind !== 'comparison' || item.signs.length !== 1 || item.signs[0] !== '=') return null;
  const [name, from] = item.sides;
  return name?.kind === 'name' && from !== undefined ? { name, from } : null;
}

/** The last of two or more whole numbers that follow each other. */
function consecutive(items: readonly Formula[]): Formula | null {
  const numbers = items.map(item => (item.kind === 'number' ? Number(item.text) : Number.NaN));
  const follow = numbers.every((n, k) => k === 0 || n === (numbers[k - 1] ?? 0) + 1);
  return follow && items.length > 1 && numbers.every(Number.isInteger) ? (items.at(-1) ?? null) : null;
}

function endsOf(item: Formula, above: Formula | null): (Ends & { name: Name }) | null {
  const start = equality(item);
  if (start !== null) return { name: start.name, from: start.from, to: above, within: null };
  if (item.kind !== 'comparison') return null;
  const [first, second, third] = item.sides;
  const [sign, other] = item.signs;
  if (item.signs.length === 1 && sign === 'in' && first?.kind === 'name') return within(first, second);
  const rises = (s: Comparison['signs'][number] | undefined) => s === '<' || s === '<=';
  if (item.signs.length !== 2 || !rises(sign) || !rises(other) || second?.kind !== 'name') return null;
  if (first === undefined || third === undefined) return null;
  const from = sign === '<' ? shifted(first, '+') : first;
  return { name: second, from, to: other === '<' ? shifted(third, '-') : third, within: null };
}

function within(name: Name, set: Formula | undefined): (Ends & { name: Name }) | null {
  if (set?.kind === 'list' && set.bracket === 'curly') {
    const [from, to] = [set.items[0], set.items.at(-1)];
    const dots = set.items.at(-2)?.kind === 'ellipsis';
    if (dots && from !== undefined && to !== undefined) return { name, from, to, within: null };
  }
  return { name, from: null, to: null, within: set ?? null };
}

/** The bound that belongs to it: `i < n` ends at n - 1. */
function shifted(end: Formula, sign: '+' | '-'): Formula {
  const one: Formula = { kind: 'number', text: '1', span: end.span };
  const terms = [
    { sign: '+', written: false, formula: end },
    { sign, written: true, formula: one },
  ] as const;
  return { kind: 'sum', terms, span: end.span };
}
