/** Calls, matrices, lists, big sums and cases as LaTeX. */

import { escaped, nameLatex, type Print } from './print-name.js';
import type { Big, Bound, Call, Cases, List, Matrix } from './tree.js';

const AROUND: Readonly<Record<string, readonly [string, string]>> = {
  floor: ['\\left\\lfloor ', ' \\right\\rfloor'],
  ceil: ['\\left\\lceil ', ' \\right\\rceil'],
  abs: ['\\left| ', ' \\right|'],
  norm: ['\\left\\| ', ' \\right\\|'],
  inner: ['\\left\\langle ', ' \\right\\rangle'],
};

export function callLatex({ head, args }: Call, print: Print): string {
  const bare = head.sub === null && head.sup === null && head.font === null;
  const around = bare ? AROUND[head.base] : undefined;
  const list = args.map(print).join(', ');
  if (around !== undefined) return around[0] + list + around[1];
  const [first, order] = args;
  if (head.base === 'sqrt' && first !== undefined) {
    return `\\sqrt${order === undefined ? '' : `[${print(order)}]`}{${print(first)}}`;
  }
  const big = head.base === 'max' || head.base === 'min';
  return `${big ? `\\${head.base}` : nameLatex(head, print)}\\left( ${list} \\right)`;
}

const ENVIRONMENTS: Readonly<Record<Matrix['bracket'], string>> = {
  square: 'bmatrix',
  round: 'pmatrix',
  bar: 'vmatrix',
  'double-bar': 'Vmatrix',
  curly: 'Bmatrix',
  none: 'matrix',
};

export function matrixLatex({ bracket, rows }: Matrix, print: Print): string {
  const environment = ENVIRONMENTS[bracket];
  const body = rows.map(row => row.map(print).join(' & ')).join(' \\\\ ');
  return `\\begin{${environment}} ${body} \\end{${environment}}`;
}

export function listLatex({ bracket, items }: List, print: Print): string {
  const list = items.map(print).join(', ');
  switch (bracket) {
    case 'square':
      return `[${list}]`;
    case 'round':
      return `(${list})`;
    case 'curly':
      return `\\{${list}\\}`;
    case 'none':
      return list;
  }
}

export function bigLatex({ op, bounds, conditions, body }: Big, print: Print, inProduct: Print): string {
  const command = op === 'argmax' || op === 'argmin' ? `\\operatorname{${op}}` : `\\${op}`;
  const ends = new Set(bounds.map(bound => (bound.to === null ? '' : print(bound.to))));
  const above = ends.size === 1 ? [...ends].join('') : '';
  const below = [...bounds.map(bound => boundLatex(bound, above === '', print)), ...conditions.map(print)];
  const sub = below.length === 0 ? '' : `_{${below.join(', ')}}`;
  return `${command}${sub}${above === '' ? '' : `^{${above}}`} ${inProduct(body)}`;
}

/** `whole`: the upper end is not printed above the sign, so it is printed here. */
function boundLatex({ name, from, to, within }: Bound, whole: boolean, print: Print): string {
  const letter = print(name);
  if (within !== null) return `${letter} \\in ${print(within)}`;
  if (from === null) return letter;
  return whole && to !== null
    ? `${print(from)} \\le ${letter} \\le ${print(to)}`
    : `${letter}=${print(from)}`;
}

export function casesLatex({ rows }: Cases, print: Print): string {
  const lines = rows.map(({ value, words, conditions }) => {
    const beside = [words === '' ? '' : `\\text{${escaped(words)} }`, conditions.map(print).join(', ')];
    const condition = beside.filter(part => part !== '').join(' ');
    return condition === '' ? print(value) : `${print(value)} & ${condition}`;
  });
  return `\\begin{cases} ${lines.join(' \\\\ ')} \\end{cases}`;
}
