/** Other forms of a term, for when two sides do not match as they stand. */
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Guard, Range, Term } from '../../index-sum/term.js';
import { below } from '../trusted/rules.js';
import { substitute } from '../trusted/statement.js';
import { added, dropped, isSolvable, type Line, type Setting, taken } from './line.js';
import { normalised } from './normalise.js';

const MOST = 48;

/** The line itself first; then with products of extents split, indices reflected, range guards as indices. */
export function variants(line: Line, setting: Setting): Line[] {
  const found = [line];
  const slow = setting.thorough ? [freeSplits, eliminations] : [];
  const changes = [splits, ...slow, reflections, introductions];
  for (const change of changes) {
    for (const one of [...found]) found.push(...change(one, setting));
    if (found.length > MOST) return found.slice(0, MOST);
  }
  return found;
}

/** A name like the given one that the term does not use yet. */
function unused(name: string, term: Term, setting: Setting): string {
  const { parameters, free } = setting.scope;
  const taken = new Set([...parameters, ...[...free, ...term.bound].map(range => range.name)]);
  let own = name;
  while (taken.has(own)) own = own.replace(/\d*$/, "'$&");
  return own;
}

/** The ways to split indices over products of extents into one index per factor, as many as may be tried. */
function splits(line: Line, setting: Setting): Line[] {
  const found: Line[] = [];
  const open = [line];
  for (let next = open.shift(); next && found.length < MOST; next = open.shift()) {
    const whole = next.term?.bound.find(({ extent }) => factorsOf(extent) !== null);
    if (!whole) continue;
    const factors = factorsOf(whole.extent)!;
    for (const [k, low] of factors.entries()) {
      const high = factors.filter((_, other) => other !== k).join('*');
      const split = splitInto(next, whole, high, low, setting);
      if (!split) continue;
      const short = normalised(split, setting);
      found.push(short);
      open.push(short);
    }
  }
  return found;
}

function splitInto(line: Line, whole: Range, high: string, low: string, setting: Setting): Line | null {
  const extents = [high, low].map(text => polynomial.parse(text)!);
  const first = unused(whole.name, line.term!, setting);
  const into = [first, `${first}_`].map((name, k) => ({
    name: unused(name, line.term!, setting),
    extent: extents[k]!,
  }));
  const evidence = extents.map(extent => [[...polynomial.names(extent)].map(polynomial.variable)]);
  return taken(line, { rule: 'split', name: whole.name, into: [into[0]!, into[1]!], evidence }, setting);
}

/** A free index below a product, as a bound index that equals it and is split. */
function freeSplits(line: Line, setting: Setting): Line[] {
  return setting.scope.free.flatMap(({ name, extent }) => {
    if (!line.term || factorsOf(extent) === null) return [];
    const guard = line.term.guards.length;
    const held = added(line, { kind: 'range', value: polynomial.variable(name), extent }, setting);
    const own = held && unused(name, held.term!, setting);
    const bound = held && taken(held, { rule: 'introduce', guard, name: own! }, setting);
    return bound ? splits(bound, setting) : [];
  });
}

/** The names of a product of at least two, or null. */
function factorsOf(extent: Polynomial): string[] | null {
  const [monomial, ...more] = extent.keys();
  const isProduct = monomial?.includes('*') && more.length === 0 && extent.get(monomial) === 1;
  return isProduct ? monomial!.split('*') : null;
}

/** Every choice of indices that occur with a minus sign, counted backwards. */
function reflections(line: Line, setting: Setting): Line[] {
  if (!line.term) return [];
  const names = line.term.bound.map(range => range.name).filter(name => isBackward(name, line.term!));
  if (names.length === 0) return [];
  const all = 2 ** names.length - 1;
  const choices = names.length > 4 ? [all] : Array.from({ length: all }, (_, k) => all - k);
  return choices.flatMap(choice => {
    let next: Line | null = line;
    names.forEach((name, bit) => {
      if (next && (choice >> bit) & 1) next = reflected(next, name, setting);
    });
    return next ? [normalised(next, setting)] : [];
  });
}

/** Whether an index occurs with a minus sign, or counting it backwards makes the term shorter. */
function isBackward(name: string, term: Term): boolean {
  if (term.atoms.some(({ index }) => index.some(part => part.get(name) === -1))) return true;
  const { extent } = term.bound.find(range => range.name === name)!;
  const backwards = substitute(term, new Map([[name, below(polynomial.variable(name), extent)]]));
  return length(backwards) < length(term);
}

/** Monomials in guards and indices. */
function length({ guards, atoms }: Term): number {
  const parts = guards.flatMap(one => (one.kind === 'equation' ? [one.zero] : [one.value, one.extent]));
  return [...parts, ...atoms.flatMap(atom => atom.index)].reduce((sum, part) => sum + part.size, 0);
}

/** The index counted backwards: introduced anew as extent - 1 - index, the old one eliminated. */
function reflected(line: Line, name: string, setting: Setting): Line | null {
  const { extent } = line.term!.bound.find(range => range.name === name)!;
  const value = below(polynomial.variable(name), extent);
  const at = line.term!.guards.length;
  const held = added(line, { kind: 'range', value, extent }, setting);
  const fresh = held && unused(name, held.term!, setting);
  const both = held && taken(held, { rule: 'introduce', guard: at, name: fresh! }, setting);
  const alone = both && restated(both, at, name, fresh!, setting);
  const one = alone && taken(alone.line, { rule: 'eliminate', name }, setting);
  return one && dropped(one, alone.at, setting);
}

/** The other equations that could be solved for the index, over the new one: elimination takes the first. */
function restated(
  start: Line,
  last: number,
  name: string,
  fresh: string,
  setting: Setting,
): { readonly line: Line; readonly at: number } | null {
  let [line, at] = [start, last];
  const own = start.term!.guards[at] as { readonly zero: Polynomial };
  const value = polynomial.subtract(
    polynomial.variable(name),
    polynomial.scale(own.zero, own.zero.get(name)!),
  );
  for (let k = 0; k < at; ) {
    const guard: Guard = line.term!.guards[k]!;
    if (guard.kind !== 'equation' || !isSolvable(guard.zero, name)) k++;
    else {
      const zero = polynomial.substitute(guard.zero, new Map([[name, value]]));
      const more = added(line, { kind: 'equation', zero }, setting);
      const less = more && dropped(more, k, setting);
      if (!less) return null;
      line = less;
      at--;
    }
  }
  return polynomial.names(value).has(fresh) ? { line, at } : null;
}

/** Range guards as indices with equations, which other indices then take over: each alone, those of one name, then all. */
function introductions(line: Line, setting: Setting): Line[] {
  const guards = line.term?.guards ?? [];
  const ranges = [...guards.keys()].filter(at => guards[at]!.kind === 'range');
  const groups = new Map<string, number[]>();
  for (const at of ranges) {
    const guard = guards[at]!;
    const stem = guard.kind === 'range' ? polynomial.text(guard.extent).replace(/\d+/g, '') : '';
    groups.set(stem, [...(groups.get(stem) ?? []), at]);
  }
  const choices = [ranges, ...(groups.size > 1 ? groups.values() : [])];
  return choices.flatMap(choice => {
    let next: Line | null = line;
    for (const at of choice) {
      if (!next?.term) continue;
      const { extent } = guards[at] as Extract<Guard, { kind: 'range' }>;
      const name = unused(`i${axisOf(extent)}`, next.term, setting);
      next = taken(next, { rule: 'introduce', guard: at, name }, setting);
    }
    return next && next !== line ? [normalised(next, setting)] : [];
  });
}

/** Indices that equations fix, taken out though their ranges stay as guards. */
function eliminations(line: Line, setting: Setting): Line[] {
  let next = line;
  for (let more = true; more && next.term; ) {
    more = false;
    for (const { name } of next.term.bound) {
      const isFixed = next.term.guards.some(one => one.kind === 'equation' && isSolvable(one.zero, name));
      const gone: Line | null = isFixed ? taken(next, { rule: 'eliminate', name }, setting) : null;
      if (!gone) continue;
      next = normalised(gone, setting);
      more = true;
      break;
    }
  }
  return next === line ? [] : [next];
}

/** The number that counts the axis in the names of an extent, or nothing. */
function axisOf(extent: Polynomial): string {
  const numbers = new Set([...polynomial.names(extent)].map(name => /\d*$/.exec(name)![0]));
  return numbers.size === 1 ? [...numbers][0]! : '';
}
