/** One entry of an expression that is a matrix: (X * F)_{11}. */
import type { Entry, Formula } from '../formula/tree.js';
import { refuse } from './refusal.js';
import type { Scope } from './scope.js';
import { entries, scalar, type Value, width } from './value.js';

export function readEntry({ index }: Entry, value: Value, { model }: Scope): Value {
  if (value.kind === 'scalar') return refuse('not-covered', 'a number has no entries');
  const style = model.setup.index;
  const base = style === 'pair0' || style === 'running0' ? 0 : 1;
  const numbers = numbersOf(index.items, index.style === 'numeral' && style.startsWith('pair')).map(
    k => k - base,
  );
  const [row, column] = numbers;
  if (style.startsWith('pair') && numbers.length === 2) {
    const expr = value.rows[row!]?.[column!];
    if (expr && value.rows.length < 10 && width(value) < 10) return scalar(expr);
  }
  if (style.startsWith('running') && numbers.length === 1) {
    const expr = entries(value)[row!];
    if (expr) return scalar(expr);
  }
  return refuse('not-covered', `the index ${index.text} of a product of arrays is not read`);
}

function numbersOf(items: readonly Formula[], glued: boolean): readonly number[] {
  const texts = items.map(item => (item.kind === 'number' ? item.text : ''));
  const parts = glued && texts.length === 1 ? [...(texts[0] ?? '')] : texts;
  return parts.every(part => /^\d+$/.test(part)) ? parts.map(Number) : [];
}
