/** Terms and their parts as people write them, in Unicode or in LaTeX. */
import { type Integer, integer, type Polynomial, polynomial } from '../../exact/index.js';
import type { Atom, Guard, Range, Term } from '../../index-sum/index.js';
import type { Axis, Letters } from './letters.js';

export interface Setting {
  readonly latex: boolean;
  readonly letters: Letters;
  /** Number of spatial axes. */
  readonly axes: number;
  readonly parameters: ReadonlySet<string>;
  /** Tensors without axes, with what each is 1 over. */
  readonly units: ReadonlyMap<string, Polynomial>;
  /** The axis whose digit is written as k. */
  readonly axis: Axis;
}

export const name = (one: string, { letters, axis }: Setting): string => letters.write(one, axis);

/** "s p + d q - a + 1": parameters before indices; what is added, what is taken away, then the number. */
export function formula(value: Polynomial, setting: Setting): string {
  if (value.size === 0) return '0';
  const degree = (monomial: string) => (monomial === '' ? 0 : monomial.split('*').length);
  const group = (monomial: string, coefficient: Integer) =>
    monomial === '' ? 2 : integer.sign(coefficient) < 0 ? 1 : 0;
  const parts = [...value].sort(
    ([m, a], [n, b]) => group(m, a) - group(n, b) || degree(n) - degree(m) || (m < n ? -1 : 1),
  );
  const texts = parts.map(([monomial, coefficient], k) => {
    const sign = coefficient < 0 ? (k > 0 ? ' - ' : '-') : k > 0 ? ' + ' : '';
    return sign + monomialText(monomial, integer.absolute(coefficient), setting);
  });
  return texts.join('');
}

function monomialText(monomial: string, size: Integer, setting: Setting): string {
  const names = monomial === '' ? [] : monomial.split('*');
  const rank = (one: string) => `${setting.parameters.has(one) ? 0 : 1}${/^[a-z]/.test(one) ? 0 : 1}${one}`;
  const sorted = names.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const factors = [...new Set(sorted)].map(one => {
    const times = sorted.filter(other => other === one).length;
    return times === 1 ? name(one, setting) : power(name(one, setting), times, setting);
  });
  return [...(size === 1 && factors.length > 0 ? [] : [String(size)]), ...factors].join(' ');
}

/** With a name that every monomial has in front: "P (L - s P)". */
export function factored(value: Polynomial, setting: Setting): string {
  const [first, ...rest] = [...value.keys()].map(monomial => monomial.split('*'));
  const common = first?.find(one => one !== '' && rest.every(names => names.includes(one)));
  if (common === undefined || rest.length === 0) return formula(value, setting);
  const without = (monomial: string) => {
    const names = monomial.split('*');
    return names.toSpliced(names.indexOf(common), 1).join('*');
  };
  const inner = new Map([...value].map(([monomial, coefficient]) => [without(monomial), coefficient]));
  return `${name(common, setting)} (${formula(inner, setting)})`;
}

/** "a + b ≥ c": what is added on the left, what is taken away on the right. */
export function inequality(value: Polynomial, setting: Setting): string {
  const ge = setting.latex ? '\\ge' : '≥';
  const shown = factored(value, setting);
  if (shown.endsWith(')')) return `${shown} ${ge} 0`;
  const side = (wanted: 1 | -1): Polynomial =>
    polynomial.scale(new Map([...value].filter(([, one]) => integer.sign(one) === wanted)), wanted);
  return `${formula(side(1), setting)} ${ge} ${formula(side(-1), setting)}`;
}

function power(base: string, exponent: number, { latex }: Setting): string {
  // q'^{2} would be two superscripts.
  if (latex) return `{${base}}^{${exponent}}`;
  return base + [...String(exponent)].map(digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}

export const atLeastZero = (value: Polynomial, setting: Setting): string =>
  `${formula(value, setting)} ${setting.latex ? '\\ge' : '≥'} 0`;

const zeroAtMost = (value: Polynomial, setting: Setting): string =>
  `0 ${setting.latex ? '\\le' : '≤'} ${formula(value, setting)}`;

export const between = (value: Polynomial, extent: Polynomial, setting: Setting): string =>
  `${zeroAtMost(value, setting)} < ${formula(extent, setting)}`;

/** What is added on one side, what is taken away on the other; the shorter side first. */
export function equation(zero: Polynomial, setting: Setting): string {
  const part = (wanted: 1 | -1): Polynomial =>
    polynomial.scale(new Map([...zero].filter(([, one]) => integer.sign(one) === wanted)), wanted);
  const [more, less] = [part(1), part(-1)];
  const sides = less.size > 0 && less.size < more.size ? [less, more] : [more, less];
  return sides.map(side => formula(side, setting)).join(' = ');
}

export const condition = (guard: Guard, setting: Setting): string =>
  guard.kind === 'equation' ? equation(guard.zero, setting) : between(guard.value, guard.extent, setting);

export const guardFormula = (guard: Guard, setting: Setting): string => `[${condition(guard, setting)}]`;

/** Writes items, and those that are alike on every axis once. */
export function folded<T>(items: readonly T[], setting: Setting, write: (item: T, at: Setting) => string) {
  const texts: string[] = [];
  const on = (item: T | undefined, axis: Axis) =>
    item === undefined ? null : write(item, { ...setting, axis });
  for (let at = 0; at < items.length; ) {
    const once = on(items[at], 1);
    const isAlike = (_: unknown, k: number) => on(items[at + k], k + 1) === once;
    const isFolded =
      setting.axes > 1 && once !== on(items[at], null) && Array.from({ length: setting.axes }).every(isAlike);
    texts.push(isFolded ? once! : on(items[at], setting.axis)!);
    at += isFolded ? setting.axes : 1;
  }
  return texts;
}

export const ranges = (list: readonly Range[], setting: Setting): string[] =>
  folded(list, setting, (range, at) => `${name(range.name, at)} < ${formula(range.extent, at)}`);

export function atomFormula({ tensor, index }: Atom, setting: Setting): string {
  const indices = folded(index, setting, formula).join(setting.latex ? ',\\, ' : ', ');
  const head = name(tensor, { ...setting, axis: null });
  if (index.length === 0) return head;
  return `${head}[${indices}]`;
}

/** The parts of a term: lines break between them and nowhere else. */
export function termParts({ coefficient, bound, guards, atoms }: Term, setting: Setting): string[] {
  const size = integer.absolute(coefficient);
  const factors = atoms.map(atom => atomFormula(atom, setting));
  if (size !== 1 || atoms.length === 0) factors.unshift(String(size));
  const parts = [...folded(guards, setting, guardFormula), ...factors];
  if (bound.length > 0) parts.unshift(sumSign(ranges(bound, setting), setting));
  if (coefficient < 0) parts[0] = `-${parts[0]}`;
  return parts;
}

function sumSign(limits: readonly string[], { latex }: Setting): string {
  if (!latex) return `Σ(${limits.join(', ')})`;
  // Many ranges in one line under a sum sign would be wider than the sum.
  const pairs = limits.flatMap((_, k) => (k % 2 === 0 ? [limits.slice(k, k + 2).join(',\\, ')] : []));
  return `\\sum_{${pairs.length > 1 ? `\\substack{${pairs.join(' \\\\ ')}}` : pairs.join('')}}`;
}

/** The parts of a sum of terms, "0" for none. */
export function sumParts(terms: readonly Term[], setting: Setting): string[] {
  if (terms.length === 0) return ['0'];
  return terms.flatMap((term, k) => {
    const parts = termParts(term, setting);
    if (k > 0) parts[0] = term.coefficient < 0 ? `- ${parts[0]!.slice(1)}` : `+ ${parts[0]}`;
    return parts;
  });
}
