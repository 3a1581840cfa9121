/** The syntaxes that expressions are printed in, as data. */
import type { FunctionName } from './functions.js';
import { functionNamed } from './functions.js';

/** How tightly the outermost operation of a text binds. */
export const LEVEL = { sum: 0, quotient: 1, product: 2, power: 3, atom: 4 } as const;

/**
 * A printed subexpression: a sign and the text after it. The sign belongs to the first term of a sum, and
 * to the whole of anything else.
 */
export interface Piece {
  readonly minus: boolean;
  readonly text: string;
  readonly level: number;
  /** It starts with a digit: set beside another number, it would be read as one with it. */
  readonly numeric: boolean;
}

export type Syntax = 'plain' | 'latex' | 'mathjs';

export interface Style {
  variable(tensor: string, index: readonly number[]): string;
  group(text: string): string;
  /** Between two factors; `numeric` says that the right one starts with a digit. */
  times(numeric: boolean): string;
  /** A quotient is a fraction bar, which groups by itself, or an operator. */
  readonly fraction: ((numerator: string, denominator: string) => string) | undefined;
  power(base: string, exponent: number): string;
  call(fn: FunctionName, args: readonly string[]): string;
}

const plain: Style = {
  variable: (tensor, index) => (index.length === 0 ? tensor : `${tensor}[${index.join(',')}]`),
  group: text => `(${text})`,
  times: () => '*',
  fraction: undefined,
  power: (base, exponent) => (exponent < 0 ? `${base}^(${exponent})` : `${base}^${exponent}`),
  // Joined with +, because join copies, which is quadratic in the depth of nested calls.
  call: (fn, [first, ...rest]) => `${rest.reduce((list, arg) => `${list}, ${arg}`, `${fn}(${first}`)})`,
};

const mathjs: Style = {
  ...plain,
  variable: (tensor, index) => [tensor, ...index].join('_'),
  call: (fn, args) => (functionNamed(fn).mathjs ?? (() => plain.call(fn, args)))(args),
};

const latex: Style = {
  variable(tensor, index) {
    const escaped = tensor.replace(/[_$#%&]/g, '\\$&');
    const name = tensor.length === 1 ? tensor : `\\mathrm{${escaped}}`;
    return index.length === 0 ? name : `${name}_{${index.join(',')}}`;
  },
  group: text => `\\left(${text}\\right)`,
  times: numeric => (numeric ? ' \\cdot ' : ' '),
  fraction: (numerator, denominator) => `\\frac{${numerator}}{${denominator}}`,
  power: (base, exponent) => `${base}^{${exponent}}`,
  call: (fn, args) => functionNamed(fn).latex(args),
};

export const styles: Readonly<Record<Syntax, Style>> = { plain, latex, mathjs };
