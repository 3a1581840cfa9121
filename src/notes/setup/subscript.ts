/** Indices as numbers, where they are numbers. */
import type { Formula, Index } from '../formula/tree.js';

export type Subscript =
  | { readonly kind: 'none' }
  /** One run of digits, `F_{11}` or `a_{13}`: one number or several glued digits, as the shape decides. */
  | { readonly kind: 'digits'; readonly digits: string }
  /** Numbers with something between them: `F_{1,12}`, `I[1][2]`. */
  | { readonly kind: 'numbers'; readonly numbers: readonly number[] }
  /** Letters, sums, slices: no single cell. */
  | { readonly kind: 'symbolic' };

/** Longer runs of digits are no index of anything. */
const LONGEST = 9;

export function subscriptOf(indices: readonly Index[]): Subscript {
  const [first] = indices;
  if (first === undefined) return { kind: 'none' };
  if (indices.length === 1 && first.style === 'numeral' && first.place !== 'brackets') {
    return /^\d{1,9}$/.test(first.text) ? { kind: 'digits', digits: first.text } : { kind: 'symbolic' };
  }
  const numbers = indices.flatMap(({ items }) => items).map(naturalNumber);
  if (numbers.length === 1 && indices.length === 1 && first.place !== 'brackets' && numbers[0] !== null) {
    return { kind: 'digits', digits: first.text.replace(/\D/g, '') };
  }
  return numbers.every(number => number !== null) && numbers.length > 0
    ? { kind: 'numbers', numbers }
    : { kind: 'symbolic' };
}

function naturalNumber(formula: Formula): number | null {
  if (formula.kind !== 'number' || formula.text.length > LONGEST) return null;
  return /^\d+$/.test(formula.text) ? Number(formula.text) : null;
}

/** Every way to cut a run of digits into so many numbers, none with a leading zero. */
export function splits(digits: string, count: number): number[][] {
  if (count === 1) return /^(?:0|[1-9]\d*)$/.test(digits) ? [[Number(digits)]] : [];
  const ways: number[][] = [];
  for (let end = 1; end <= digits.length - count + 1; end++) {
    const head = digits.slice(0, end);
    if (end > 1 && head.startsWith('0')) break;
    for (const rest of splits(digits.slice(end), count - 1)) ways.push([Number(head), ...rest]);
  }
  return ways;
}
