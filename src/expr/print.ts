/** Expressions as text, with the fewest parentheses that keep the meaning. */
import { BackproofError } from '../error.js';
import { integer } from '../exact/index.js';
import type { Constant, Expr } from './node.js';
import { children } from './node.js';
import { postOrder } from './order.js';
import type { Piece, Style, Syntax } from './style.js';
import { LEVEL, styles } from './style.js';

export interface PrintOptions {
  /** plain (the default) and mathjs differ in their names; mathjs text is what `parse` and mathjs evaluate. */
  readonly syntax?: Syntax;
  /** How a variable is written; without it X[1,2], X_{1,2} or X_1_2, counted from 0. */
  readonly variable?: (tensor: string, index: readonly number[]) => string;
  /** The most characters to write; 10^7 without it. */
  readonly limit?: number;
}

/**
 * The text of an expression. It grows with the paths of the graph, not with its nodes, hence the limit.
 * @throws BackproofError `expression-too-large` beyond the limit.
 */
export function print(root: Expr, options: PrintOptions = {}): string {
  const { limit = 1e7 } = options;
  const style = styles[options.syntax ?? 'plain'];
  const variable = options.variable ?? style.variable;
  const pieces = new Map<Expr, Piece>();
  for (const node of postOrder([root])) {
    const parts = children(node).map(child => pieces.get(child)!);
    if (parts.reduce((total, part) => total + part.text.length, 0) > limit) throw tooLarge(limit);
    const piece =
      node.kind === 'variable' ? atom(variable(node.tensor, node.index)) : pieceOf(node, parts, style);
    pieces.set(node, piece);
  }
  const text = signed(pieces.get(root)!);
  if (text.length > limit) throw tooLarge(limit);
  return text;
}

// Text grows by + only: V8 keeps a tree of parts, so that deep expressions stay linear.
function pieceOf(node: Exclude<Expr, { kind: 'variable' }>, parts: readonly Piece[], style: Style): Piece {
  switch (node.kind) {
    case 'constant':
      return constantPiece(node, style);
    case 'sum':
      return sumPiece(parts);
    case 'product':
      return productPiece(parts, style);
    case 'power': {
      const base = wrap(parts[0]!, LEVEL.atom, style);
      return { ...base, text: style.power(base.text, node.exponent), level: LEVEL.power };
    }
    case 'quotient':
      return quotientPiece(parts[0]!, parts[1]!, style);
    case 'call':
      return atom(style.call(node.fn, parts.map(signed)));
  }
}

function constantPiece({ value }: Constant, style: Style): Piece {
  const number = (text: string): Piece => ({ ...atom(text), numeric: true });
  const size = number(String(integer.absolute(value.numerator)));
  const text = value.denominator === 1 ? size : quotientPiece(size, number(String(value.denominator)), style);
  return { ...text, minus: value.numerator < 0 };
}

function sumPiece(terms: readonly Piece[]): Piece {
  const [first, ...rest] = terms;
  if (first === undefined) return { ...atom('0'), numeric: true };
  if (rest.length === 0) return first;
  let { text } = first;
  for (const term of rest) text += (term.minus ? ' - ' : ' + ') + term.text;
  return { ...first, text, level: LEVEL.sum };
}

function productPiece(factors: readonly Piece[], style: Style): Piece {
  if (factors.length === 0) return { ...atom('1'), numeric: true };
  const [head, second, ...tail] = factors;
  if (second === undefined) return head!;
  // A factor -1 in front is a bare sign.
  if (head!.minus && head!.text === '1') {
    return { ...timesPiece(wrap(second, LEVEL.quotient, style), tail, style), minus: true };
  }
  const first = head!.minus && head!.level > LEVEL.sum ? head! : wrap(head!, LEVEL.quotient, style);
  return timesPiece(first, [second, ...tail], style);
}

/** left * factors, where the sign of `left` is the sign of the product. */
function timesPiece(left: Piece, factors: readonly Piece[], style: Style): Piece {
  if (factors.length === 0) return left;
  let { text } = left;
  for (const factor of factors) {
    const right = wrap(factor, LEVEL.product, style);
    text += style.times(right.numeric) + right.text;
  }
  return { ...left, text, level: LEVEL.product };
}

function quotientPiece(top: Piece, bottom: Piece, style: Style): Piece {
  // The sign of a numerator may stand before the fraction, unless it is the sign of a sum's first term.
  const minus = top.minus && top.level > LEVEL.sum;
  if (style.fraction) {
    const text = style.fraction(minus ? top.text : signed(top), signed(bottom));
    return { minus, text, level: LEVEL.product, numeric: true };
  }
  const left = minus ? top : wrap(top, LEVEL.quotient, style);
  const right = wrap(bottom, LEVEL.power, style);
  return { ...left, text: `${left.text}/${right.text}`, level: LEVEL.quotient };
}

/** The piece as an operand: in parentheses where it has a sign or binds less tightly than `level`. */
function wrap(piece: Piece, level: number, style: Style): Piece {
  return piece.minus || piece.level < level ? atom(style.group(signed(piece))) : piece;
}

function atom(text: string): Piece {
  return { minus: false, text, level: LEVEL.atom, numeric: false };
}

function signed({ minus, text }: Piece): string {
  return minus ? `-${text}` : text;
}

function tooLarge(limit: number): BackproofError {
  return new BackproofError({
    code: 'expression-too-large',
    where: 'print',
    what: 'the expression is too long to write out',
    expected: `at most ${limit} characters`,
    got: 'more',
    fix: 'Print a smaller shape, or name the shared parts.',
    data: { limit },
  });
}
