/** Definitions as text (the form that parse.ts reads) and as LaTeX. */
import { type Integer, integer, type Polynomial } from '../exact/index.js';
import { type Expr, print } from '../expr/index.js';
import type { Program, Stage } from './program.js';
import type { Atom, Guard, Range, Term } from './term.js';

/** "s1*p1 - a1 + 1"; "0" for zero. */
export function polynomialText(value: Polynomial): string {
  return joinSigned(
    [...value].map(([monomial, coefficient]) => [coefficient, monomial]),
    '*',
  );
}

function joinSigned(parts: readonly (readonly [Integer, string])[], times: string): string {
  if (parts.length === 0) return '0';
  return parts
    .map(([coefficient, monomial], k) => {
      const size = integer.absolute(coefficient);
      const body = monomial === '' ? String(size) : size === 1 ? monomial : `${size}${times}${monomial}`;
      if (k === 0) return coefficient < 0 ? `-${body}` : body;
      return coefficient < 0 ? ` - ${body}` : ` + ${body}`;
    })
    .join('');
}

export function programText(program: Program): string {
  return program.stages.map(stageText).join('\n');
}

function stageText(stage: Stage): string {
  const left = `${stage.name}[${rangesText(stage.free)}] = `;
  switch (stage.kind) {
    case 'sum':
      return left + sumText(stage.terms);
    case 'max':
      return `${left}max(${rangesText(stage.term.bound)}) ${bodyText(stage.term)}`;
    case 'pointwise':
      return left + formulaText(stage.formula, stage.arguments.map(atomText), 'plain');
    case 'reciprocal':
      return `${left}1/(${polynomialText(stage.of)})`;
  }
}

const rangesText = (ranges: readonly Range[]): string =>
  ranges.map(range => `${range.name}<${polynomialText(range.extent)}`).join(', ');

function termText(term: Term): string {
  const bound = term.bound.length > 0 ? `sum(${rangesText(term.bound)}) ` : '';
  return bound + bodyText(term);
}

function bodyText({ guards, coefficient, atoms }: Term): string {
  return [...guards.map(guardText), factorsOf(coefficient, atoms.map(atomText)).join('*')].join(' ');
}

/** The coefficient's size, unless it is 1 before atoms, and the atoms. */
function factorsOf(coefficient: Integer, atoms: readonly string[]): string[] {
  const size = integer.absolute(coefficient);
  return size === 1 && atoms.length > 0 ? [...atoms] : [String(size), ...atoms];
}

function guardText(guard: Guard): string {
  if (guard.kind === 'equation') return `[${polynomialText(guard.zero)} = 0]`;
  return `[0 <= ${polynomialText(guard.value)} < ${polynomialText(guard.extent)}]`;
}

function atomText({ tensor, index }: Atom): string {
  return `${tensor}[${index.map(polynomialText).join(', ')}]`;
}

/** "sum(q<K) x[q]*w[q] - b[0]"; "0" for no terms. */
export const sumText = (terms: readonly Term[]): string => joinTerms(terms, termText);

function joinTerms(terms: readonly Term[], show: (term: Term) => string): string {
  if (terms.length === 0) return '0';
  return terms
    .map((term, k) => (term.coefficient < 0 ? (k ? ' - ' : '-') : k ? ' + ' : '') + show(term))
    .join('');
}

function formulaText(formula: Expr, names: readonly string[], syntax: 'plain' | 'latex'): string {
  return print(formula, { syntax, variable: (_, index) => names[index[0]!]! });
}

/** The general formula, one line per stage; letters such as s1 become s_{1}. */
export function programLatex(program: Program): string {
  return program.stages.map(stageLatex).join(' \\\\\n');
}

function stageLatex(stage: Stage): string {
  const left = `${subscripted(
    stage.name,
    stage.free.map(range => nameLatex(range.name)),
  )} = `;
  switch (stage.kind) {
    case 'sum':
      return left + joinTerms(stage.terms, term => operatorLatex('\\sum', term));
    case 'max':
      return left + operatorLatex('\\max', stage.term);
    case 'pointwise':
      return left + formulaText(stage.formula, stage.arguments.map(atomLatex), 'latex');
    case 'reciprocal':
      return `${left}\\frac{1}{${polynomialLatex(stage.of)}}`;
  }
}

function operatorLatex(operator: string, { bound, guards, coefficient, atoms }: Term): string {
  const limits = bound.map(({ name, extent }) => `0 \\le ${nameLatex(name)} < ${polynomialLatex(extent)}`);
  const conditions = guards.map(guardLatex).join('\\,');
  const factors = factorsOf(coefficient, atoms.map(atomLatex));
  const head = limits.length > 0 ? `${operator}_{\\substack{${limits.join(' \\\\ ')}}} ` : '';
  return `${head}${conditions}${conditions ? '\\, ' : ''}${factors.join(' \\, ')}`;
}

function guardLatex(guard: Guard): string {
  if (guard.kind === 'equation') return `[${polynomialLatex(guard.zero)} = 0]`;
  return `[0 \\le ${polynomialLatex(guard.value)} < ${polynomialLatex(guard.extent)}]`;
}

function atomLatex({ tensor, index }: Atom): string {
  return subscripted(tensor, index.map(polynomialLatex));
}

function subscripted(tensor: string, index: readonly string[]): string {
  return index.length === 0 ? tensor : `${tensor}_{${index.join(',\\, ')}}`;
}

function polynomialLatex(value: Polynomial): string {
  const readable = ([monomial, coefficient]: readonly [string, Integer]) =>
    [coefficient, monomial === '' ? '' : monomial.split('*').map(nameLatex).join(' ')] as const;
  return joinSigned([...value].map(readable), ' ');
}

/** "s1" is s_{1}: the digits count the axis. */
function nameLatex(name: string): string {
  return name.replace(/^([A-Za-z]+)(\d+)$/, '$1_{$2}');
}
