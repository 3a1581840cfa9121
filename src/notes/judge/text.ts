/** Formulas in messages: LaTeX, with derivatives as dL/dX_{11} and no sign between factors. */
import { latexOf } from '../formula/print.js';
import type { Formula } from '../formula/tree.js';

export function plainText(formula: Formula): string {
  switch (formula.kind) {
    case 'derivative': {
      const above = formula.of === null ? '' : atomText(formula.of);
      return `d${above}/${formula.by.map(one => `d${atomText(one)}`).join(' ')}`;
    }
    case 'differential':
      return `d${formula.of === null ? '' : atomText(formula.of)}`;
    case 'sum':
      return formula.terms.reduce((line, { sign, formula: term }, k) => {
        if (k === 0) return sign === '-' ? `-${atomText(term)}` : atomText(term);
        return `${line} ${sign} ${atomText(term)}`;
      }, '');
    case 'product':
      return formula.factors.map(atomText).join(' ');
    case 'negation':
      return `-${atomText(formula.of)}`;
    case 'label':
      return `${formula.text.trim()} ${formula.of === null ? '' : plainText(formula.of)}`.trim();
    case 'ellipsis':
      return '...';
    default:
      return latexOf(formula);
  }
}

/** In brackets where it would not hold together. */
function atomText(formula: Formula): string {
  const loose = formula.kind === 'sum' || formula.kind === 'negation';
  return loose ? `(${plainText(formula)})` : plainText(formula);
}
