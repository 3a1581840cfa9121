/** A tree as one line, for tests: every choice of the parser shows, positions do not. */

import type { Bound, Formula, Index, Name } from '../../../src/notes/formula/tree.js';

const all = (formulas: readonly Formula[], between = ' ') => formulas.map(shape).join(between);
const optional = (formula: Formula | null) => (formula === null ? '?' : shape(formula));

export function shape(formula: Formula): string {
  switch (formula.kind) {
    case 'number':
      return formula.text;
    case 'name':
      return nameShape(formula);
    case 'derivative':
      return `${formula.symbol}${formula.order > 1 ? formula.order : ''}<${optional(formula.of)}/${all(formula.by, ',')}>`;
    case 'differential':
      return `${formula.symbol}${formula.order > 1 ? formula.order : ''}<${optional(formula.of)}>`;
    case 'sum':
      return `(${formula.terms.map(t => (t.written ? t.sign : t.sign === '+' ? '' : '!') + shape(t.formula)).join(' ')})`;
    case 'product': {
      const signs = formula.signs.map(
        s => ` ${s.symbol === 'none' ? '' : s.symbol}${s.mode === null ? '' : `:${s.mode}`} `,
      );
      return `(${formula.factors.map((f, k) => shape(f) + (signs[k] ?? '')).join('')})`.replaceAll('  ', ' ');
    }
    case 'quotient':
      return `${shape(formula.numerator)} ${formula.form === 'slash' ? '/' : 'over'} ${shape(formula.denominator)}`;
    case 'power':
      return `pow(${shape(formula.base)}, ${shape(formula.exponent)})`;
    case 'negation':
      return `-${shape(formula.of)}`;
    case 'transpose':
      return `T(${shape(formula.of)})`;
    case 'entry':
      return `entry(${shape(formula.of)})${indexShape(formula.index)}`;
    case 'matrix':
      return `${formula.bracket}{${formula.rows.map(row => all(row)).join('; ')}}`;
    case 'list':
      return `${formula.bracket}-list{${all(formula.items, ', ')}}`;
    case 'call':
      return `${nameShape(formula.head)}(${all(formula.args, ', ')})`;
    case 'big': {
      const conditions = formula.conditions.length > 0 ? ` if ${all(formula.conditions)}` : '';
      return `${formula.op}{${formula.bounds.map(boundShape).join(', ')}${conditions}}${shape(formula.body)}`;
    }
    case 'cases':
      return `cases{${formula.rows.map(r => [shape(r.value), r.words, all(r.conditions)].join('|')).join('; ')}}`;
    case 'comparison':
      return formula.sides
        .map((side, k) => (k > 0 ? ` ${formula.signs[k - 1]} ` : '') + shape(side))
        .join('');
    case 'slice':
      return `${formula.from === null ? '' : shape(formula.from)}:${formula.to === null ? '' : shape(formula.to)}`;
    case 'ellipsis':
      return formula.form;
    case 'label':
      return `"${formula.text}"${formula.of === null ? '' : ` ${shape(formula.of)}`}`;
  }
}

export function boundShape({ name, from, to, within }: Bound): string {
  if (within !== null) return `${shape(name)} in ${shape(within)}`;
  return from === null && to === null ? shape(name) : `${shape(name)}=${optional(from)}..${optional(to)}`;
}

function nameShape(name: Name): string {
  const accents = name.accents.map(a => `${a}:`).join('') + (name.font === null ? '' : `${name.font}:`);
  const marks = "'".repeat(name.primes) + (name.star ? '*' : '');
  const { sup } = name;
  const around =
    sup === null || sup.bracket === 'none' ? ['', ''] : sup.bracket === 'square' ? ['[', ']'] : ['(', ')'];
  const above = sup === null ? '' : `^${around[0]}${shape(sup.of)}${around[1]}`;
  return accents + name.base + marks + (name.sub === null ? '' : indexShape(name.sub)) + above;
}

function indexShape({ style, place, items }: Index): string {
  const open = place === 'below' ? '_' : place === 'behind' ? '~' : '@';
  const text = items.map(shape).join(style === 'glued' ? '.' : ',');
  return `${open}${style === 'single' || style === 'numeral' ? '' : `${style}:`}${text}`;
}
