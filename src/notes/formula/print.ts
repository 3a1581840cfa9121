/** Trees as LaTeX: canonical spelling, the writer's signs and forms kept; what it prints reads back as the same tree. */

import { escaped, indexLatex, nameLatex, type Print } from './print-name.js';
import { bigLatex, callLatex, casesLatex, listLatex, matrixLatex } from './print-parts.js';
import type {
  Derivative,
  Differential,
  Formula,
  Power,
  Product,
  ProductSymbol,
  Sum,
  Transpose,
} from './tree.js';

/** LaTeX of a formula: `\frac{\partial L}{\partial X_{11}} = ...` without the equation around it. */
export function latexOf(formula: Formula): string {
  switch (formula.kind) {
    case 'number':
      return formula.text.replace('°', '^\\circ').replace(/,(?!\})/g, '{,}');
    case 'name':
      return nameLatex(formula, latexOf);
    case 'derivative':
      return derivativeLatex(formula);
    case 'differential':
      return differentialLatex(formula);
    case 'sum':
      return sumLatex(formula);
    case 'product':
      return productLatex(formula);
    case 'quotient': {
      const { form, numerator, denominator } = formula;
      if (form === 'slash') return `${inFactor(numerator)} / ${inSlash(denominator)}`;
      return `\\frac{${latexOf(numerator)}}{${latexOf(denominator)}}`;
    }
    case 'power':
      return `${powerBase(formula)}^{${latexOf(formula.exponent)}}`;
    case 'negation':
      return `-${inProduct(formula.of)}`;
    default:
      return structureLatex(formula);
  }
}

type Structure = Exclude<
  Formula,
  {
    kind:
      | 'number'
      | 'name'
      | 'derivative'
      | 'differential'
      | 'sum'
      | 'product'
      | 'quotient'
      | 'power'
      | 'negation';
  }
>;

function structureLatex(formula: Structure): string {
  switch (formula.kind) {
    case 'transpose':
      return transposeLatex(formula);
    case 'entry': {
      const base = formula.of.kind === 'call' || formula.of.kind === 'derivative';
      return (base ? latexOf(formula.of) : round(formula.of)) + indexLatex(formula.index, latexOf);
    }
    case 'matrix':
      return matrixLatex(formula, latexOf);
    case 'list':
      return listLatex(formula, latexOf);
    case 'call':
      return callLatex(formula, latexOf);
    case 'big':
      return bigLatex(formula, latexOf, inProduct);
    case 'cases':
      return casesLatex(formula, latexOf);
    case 'comparison':
      return formula.sides
        .map((side, k) => (k > 0 ? ` ${COMPARE[formula.signs[k - 1] ?? '=']} ` : '') + latexOf(side))
        .join('');
    case 'slice':
      return `${formula.from === null ? '' : latexOf(formula.from)}:${formula.to === null ? '' : latexOf(formula.to)}`;
    case 'ellipsis':
      return `\\${formula.form}`;
    case 'label':
      return formula.of === null
        ? `\\text{'${escaped(formula.text)}'}`
        : `\\text{${escaped(formula.text)} } ${inFactor(formula.of)}`;
  }
}

const COMPARE = {
  '=': '=',
  '<': '<',
  '>': '>',
  '<=': '\\le',
  '>=': '\\ge',
  '!=': '\\neq',
  in: '\\in',
} as const;

const SIGNS: Readonly<Record<ProductSymbol, string>> = {
  none: '',
  bracket: '',
  cdot: '\\cdot',
  times: '\\times',
  'letter-x': '\\times',
  ast: '*',
  star: '\\star',
  odot: '\\odot',
  otimes: '\\otimes',
  circledast: '\\circledast',
  circ: '\\circ',
  bullet: '\\bullet',
  at: '@',
  dot: '.',
};

const round: Print = formula => `\\left( ${latexOf(formula)} \\right)`;

/** Inside a product: sums and signs in brackets. */
const inProduct: Print = formula =>
  formula.kind === 'sum' || formula.kind === 'comparison' || formula.kind === 'negation'
    ? round(formula)
    : latexOf(formula);

/** One factor: products in brackets too. */
const inFactor: Print = formula =>
  formula.kind === 'product' || formula.kind === 'big' ? round(formula) : inProduct(formula);

const inSlash: Print = formula =>
  formula.kind === 'quotient' && formula.form === 'slash' ? round(formula) : inFactor(formula);

function sumLatex(sum: Sum): string {
  const terms = sum.terms.map(({ sign, formula }, k) => {
    const term = formula.kind === 'sum' || formula.kind === 'comparison' ? round(formula) : latexOf(formula);
    if (k === 0) return sign === '-' ? `-${term}` : term;
    return ` ${sign} ${formula.kind === 'negation' ? round(formula) : term}`;
  });
  return terms.join('');
}

function productLatex({ factors, signs }: Product): string {
  const parts = factors.map((factor, k) => {
    const last = k === factors.length - 1;
    const words = factor.kind === 'name' && factor.font === 'text' && signs[k]?.symbol === 'none';
    const text = words ? round(factor) : factor.kind === 'big' && last ? latexOf(factor) : inFactor(factor);
    const sign = signs[k - 1];
    if (sign === undefined) return text;
    if (sign.symbol === 'bracket') return factor.kind === 'list' ? latexOf(factor) : round(factor);
    const mode = sign.mode === null ? '' : `_{\\text{${sign.mode}}}`;
    const needed = sign.symbol === 'none' && /^[\d.]/.test(text) ? '\\cdot' : SIGNS[sign.symbol];
    return needed === '' ? ` ${text}` : ` ${needed}${mode} ${text}`;
  });
  return parts.join('');
}

function powerBase({ base }: Power): string {
  const plain = base.kind === 'number' || (base.kind === 'call' && base.head.base !== 'sqrt');
  const euler = base.kind === 'name' && base.base === 'e' && base.sub === null;
  return plain || euler ? latexOf(base) : round(base);
}

function transposeLatex({ of }: Transpose): string {
  if (of.kind !== 'name' || of.sup?.bracket === 'none' || of.star)
    return `${of.kind === 'derivative' && of.form === 'fraction' ? latexOf(of) : round(of)}^T`;
  return nameLatex(of, latexOf, 'T');
}

const D = { partial: '\\partial ', d: 'd', nabla: '\\nabla' } as const;

function derivativeLatex({ symbol, form, of, by, order }: Derivative): string {
  if (form === 'nabla') {
    const below = by.length === 0 ? '' : `_{${by.map(latexOf).join(', ')}}`;
    return `${D[symbol].trim()}${below}${of === null ? '' : ` ${inFactor(of)}`}`;
  }
  const d = symbol === 'nabla' ? D.partial : D[symbol];
  const above = order > 1 ? `${d.trim()}^{${order}} ` : d;
  const below = by.map(name => d + inFactor(name)).join(' ');
  if (of !== null && form === 'slash' && order === 1 && (of.kind === 'name' || of.kind === 'matrix')) {
    return `${d}${latexOf(of)}/${below}`;
  }
  const named = of === null || of.kind === 'name';
  const fraction = `\\frac{${(above + (named && of !== null ? latexOf(of) : '')).trim()}}{${below}}`;
  return named || of === null ? fraction : `${fraction} ${round(of)}`;
}

function differentialLatex({ symbol, order, of }: Differential): string {
  const d = order > 1 ? `${D[symbol].trim()}^{${order}} ` : D[symbol];
  if (of === null) return d.trim();
  return d + (of.kind === 'number' ? round(of) : inFactor(of));
}
