/**
 * The formula tree: what was written, with positions, before anyone decides what it means.
 * Where the notation is ambiguous (`*`, `x^2`, `F_{11}`, `f(x)`) no reading is chosen: each node keeps how it was written.
 * Boxes, colours, braces, spacing, sizes, \left and \right leave no trace.
 */

import type { Span } from '../document/position.js';

export type Formula =
  | Numeral
  | Name
  | Derivative
  | Differential
  | Sum
  | Product
  | Quotient
  | Power
  | Negation
  | Transpose
  | Entry
  | Matrix
  | List
  | Call
  | Big
  | Cases
  | Comparison
  | Slice
  | Ellipsis
  | Label;

interface Node {
  /** Offsets into the document: its slice is what was written. */
  readonly span: Span;
}

/** `2`, `0.5`, `1e-3`; `1,820` and `1{,}820` keep the comma, and whoever reads it decides whether 1820 is meant. */
export interface Numeral extends Node {
  readonly kind: 'number';
  readonly text: string;
}

/**
 * A letter, Greek letter or word with everything that hangs on it.
 * `x^2` is a name with `sup` 2: power or layer is the reader's choice. A transpose is a node of its own around the name.
 */
export interface Name extends Node {
  readonly kind: 'name';
  /** `X`; Greek by its LaTeX word, `alpha`, however written; words as they are: `Loss`, `conv_out`, `Full Convolution`. */
  readonly base: string;
  /** `mathcal`, `mathbf`, `mathbb`, `vec`, `text` ...; null for plain and for \mathrm. Seldom part of the identity. */
  readonly font: string | null;
  /** `hat`, `tilde`, `bar`, `dot` ..., the outermost first: \hat{y} is not y. */
  readonly accents: readonly string[];
  readonly primes: number;
  /** `w^*`: a target, an optimum or an updated value. */
  readonly star: boolean;
  readonly sub: Index | null;
  readonly sup: Superscript | null;
}

export interface Index extends Node {
  /**
   * `numeral`: one number, `F_{11}`, `a_1`, which may be several glued digits; `glued`: `K_{ij}`, `a_{1j}`, one item
   * per letter or number; `list`: separated by commas; `single`: one formula, `x_i`, `x_{i+1}`; `word`: `a_{prev}`.
   */
  readonly style: 'numeral' | 'glued' | 'list' | 'single' | 'word';
  /** Where it was written: below (`F_{11}`), directly behind (`F11`), in square brackets (`I[i,j]`). */
  readonly place: 'below' | 'behind' | 'brackets';
  readonly items: readonly Formula[];
  /** What was written, without blanks and braces: `11`, `ij`, `i,j`, `prev`. */
  readonly text: string;
}

export interface Superscript extends Node {
  /** `x^l`, `x^{(l)}`, `x^{[l]}`. */
  readonly bracket: 'none' | 'round' | 'square';
  readonly of: Formula;
}

/**
 * One atom for \frac{\partial L}{\partial F_{11}}, \frac{dL}{dX}, \partial L/\partial O, dL/dX, \nabla_W L.
 * `by` has `order` entries (\frac{\partial^2 L}{\partial x^2} has x twice); a bare \nabla L has none.
 * `of` is null for an operator alone.
 */
export interface Derivative extends Node {
  readonly kind: 'derivative';
  readonly symbol: 'partial' | 'd' | 'nabla';
  readonly form: 'fraction' | 'slash' | 'word' | 'nabla';
  readonly of: Formula | null;
  readonly by: readonly Formula[];
  readonly order: number;
}

/** `dW`, `db`, `dout`, `\partial O_1` outside a fraction: usually short for the gradient of the loss. */
export interface Differential extends Node {
  readonly kind: 'differential';
  readonly symbol: 'partial' | 'd';
  readonly order: number;
  readonly of: Formula | null;
}

/** Two or more terms in the order written; a leading minus is the sign of the first term. */
export interface Sum extends Node {
  readonly kind: 'sum';
  readonly terms: readonly Term[];
}

export interface Term {
  readonly sign: '+' | '-';
  /** False where no sign stands: before the first term, and around an ellipsis that lost its plus. */
  readonly written: boolean;
  readonly formula: Formula;
}

/** Two or more factors in the order written; `signs[k]` stands between factors k and k + 1. */
export interface Product extends Node {
  readonly kind: 'product';
  readonly factors: readonly Formula[];
  readonly signs: readonly ProductSign[];
}

export interface ProductSign extends Node {
  readonly symbol: ProductSymbol;
  /** The word at the sign: `full` of `*_{full}`, `stride2`; null without one. */
  readonly mode: string | null;
}

/**
 * `none`: juxtaposed. `bracket`: a name directly before a bracket, `x(a + b)`, with one argument: a product,
 * unless the reader knows the name as a function. `letter-x`: `3 x 4`. `at`: `@`. `dot`: a full stop.
 */
export type ProductSymbol = 'none' | 'bracket' | DotOrCross | 'odot' | 'otimes' | SlidingSymbol;
type DotOrCross = 'cdot' | 'times' | 'letter-x' | 'dot' | 'at' | 'bullet';
type SlidingSymbol = 'ast' | 'star' | 'circledast' | 'circ';

export interface Quotient extends Node {
  readonly kind: 'quotient';
  /** A slash takes one factor on each side: `a / b c` is (a / b) c, and the reader may call that ambiguous. */
  readonly form: 'fraction' | 'slash';
  readonly numerator: Formula;
  readonly denominator: Formula;
}

/** A power of anything but a plain name: `(a + b)^2`, `2^n`, and `e^{-x}`. */
export interface Power extends Node {
  readonly kind: 'power';
  readonly base: Formula;
  readonly exponent: Formula;
}

interface Around<Kind extends string> extends Node {
  readonly kind: Kind;
  readonly of: Formula;
}

/** A minus where no sum is: `-a`, `a \cdot (-b)`. */
export type Negation = Around<'negation'>;

/** `A^T`, `A^{\top}`, `A.T`; `A^{[l-1]T}` is the transpose of the name `A^{[l-1]}`. `X_{12}^T` is the transpose of `X_{12}`. */
export type Transpose = Around<'transpose'>;

/** An index on something that is not a name: `(X * F)_{11}`, `W_1[i,j]`. */
export interface Entry extends Node {
  readonly kind: 'entry';
  readonly of: Formula;
  readonly index: Index;
}

/** Rows of equal length, at least one cell. `none`: matrix, smallmatrix, array without delimiters. */
export interface Matrix extends Node {
  readonly kind: 'matrix';
  readonly bracket: 'square' | 'round' | 'bar' | 'double-bar' | 'curly' | 'none';
  readonly rows: readonly (readonly Formula[])[];
}

/** Formulas separated by commas: `(3, 3)`, `[1, 2]`, and bare on one side of an equation: `j = 1, \dots, d`. */
export interface List extends Node {
  readonly kind: 'list';
  readonly bracket: 'square' | 'round' | 'curly' | 'none';
  readonly items: readonly Formula[];
}

/**
 * A known function, a word or phrase before a bracket (`\text{Full Convolution}(...)`), or a name before a list of two
 * or more (`Y(i,j,k)`, which may also be an entry). `functionId` of functions.ts names the known ones.
 */
export interface Call extends Node {
  readonly kind: 'call';
  readonly head: Name;
  readonly args: readonly Formula[];
}

/** \sum, \prod, \max, \min with limits. The body reaches to the next plus or minus of the same level. */
export interface Big extends Node {
  readonly kind: 'big';
  readonly op: 'sum' | 'prod' | 'max' | 'min' | 'argmax' | 'argmin';
  readonly bounds: readonly Bound[];
  /** Limits that are not of the form of a bound: `i \neq j`. */
  readonly conditions: readonly Formula[];
  readonly body: Formula;
}

/** `k=1` below and `M` above; `j = 1, \dots, d`; `i \in S` has `within`; a bare `k` has nulls. Both ends belong to it. */
export interface Bound extends Node {
  readonly name: Name;
  readonly from: Formula | null;
  readonly to: Formula | null;
  readonly within: Formula | null;
}

export interface Cases extends Node {
  readonly kind: 'cases';
  readonly rows: readonly Case[];
}

export interface Case {
  readonly value: Formula;
  /** The words of the condition (`if`, `otherwise`), and its formulas. */
  readonly words: string;
  readonly conditions: readonly Formula[];
}

/** `x > 0`, `0 \le i < n`, `i \in S`, `stride = 2` inside brackets, limits and conditions. */
export interface Comparison extends Node {
  readonly kind: 'comparison';
  readonly sides: readonly Formula[];
  readonly signs: readonly ('=' | '<' | '>' | '<=' | '>=' | '!=' | 'in')[];
}

/** `:` or `1:3` as an index. */
export interface Slice extends Node {
  readonly kind: 'slice';
  readonly from: Formula | null;
  readonly to: Formula | null;
}

/** A term, factor, cell or item left out: \dots, \vdots, `...`. */
export interface Ellipsis extends Node {
  readonly kind: 'ellipsis';
  readonly form: 'dots' | 'vdots' | 'ddots';
}

/** Words before a formula, `\text{Loss gradient } \frac{..}{..}`, which they do not change; or quoted words alone: `'full'`. */
export interface Label extends Node {
  readonly kind: 'label';
  readonly text: string;
  readonly of: Formula | null;
}
