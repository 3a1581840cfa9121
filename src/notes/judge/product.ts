/** Products: of numbers, of numbers and matrices, and what the signs between two matrices mean. */
import { product } from '../../expr/index.js';
import type { Formula, Product, ProductSign, ProductSymbol } from '../formula/tree.js';
import type { Option } from './readings.js';
import { refuse } from './refusal.js';
import type { Scope } from './scope.js';
import { convolved, correlated, type Extent, fitsInside } from './sliding.js';
import { entrywise, type Matrix, matrixProduct, scalar, scaled, type Value } from './value.js';

export type Read = (formula: Formula, scope: Scope) => Value;

/** What a sign between two matrices may stand for, worked out only when it is chosen. */
export type Meaning = Option<() => Matrix>;

export function readProduct({ factors, signs }: Product, scope: Scope, read: Read): Value {
  checkSlashes(factors, signs);
  const [first, ...rest] = factors;
  let value = read(first!, scope);
  let arrays = 0;
  for (const [k, factor] of rest.entries()) {
    const right = read(factor, scope);
    if (value.kind === 'matrix' && right.kind === 'matrix' && ++arrays > 1) {
      return refuse('ambiguous', 'a product of three arrays does not say which two are combined first');
    }
    value = combine(value, signs[k]!, right, scope);
  }
  return value;
}

/** a / b c may be (a / b) c or a / (b c). */
function checkSlashes(factors: readonly Formula[], signs: readonly ProductSign[]): void {
  const unclear = factors.some(
    (factor, k) => factor.kind === 'quotient' && factor.form === 'slash' && signs[k]?.symbol === 'none',
  );
  if (unclear)
    refuse('ambiguous', 'what stands behind the slash may belong to the divisor or to the product');
}

function combine(left: Value, sign: ProductSign, right: Value, scope: Scope): Value {
  if (left.kind === 'matrix' && right.kind === 'matrix') {
    scope.seen.arrays = true;
    return betweenMatrices(left, sign, right, scope);
  }
  if (sign.mode !== null) {
    return refuse('not-covered', `a product sign marked "${sign.mode}" between numbers is not covered`);
  }
  if (left.kind === 'scalar') {
    return right.kind === 'scalar' ? scalar(product([left.expr, right.expr])) : scaled(left, right);
  }
  return right.kind === 'scalar' ? scaled(right, left) : left;
}

function betweenMatrices(left: Matrix, { symbol, mode }: ProductSign, right: Matrix, scope: Scope): Matrix {
  const extent = extentOf(mode);
  switch (symbol) {
    case 'odot':
      return hadamard(left, right).value();
    case 'at':
      return matrixProduct(left, right);
    case 'none':
    case 'bracket': {
      scope.seen.juxtaposed = scope.model.setup.product !== 'matrix';
      const others = [
        hadamard(left, right),
        ...bothSlides(left, right, 'valid'),
        ...bothSlides(left, right, 'full'),
      ];
      return scope.choose('loose', [multiplied(left, right), ...others])();
    }
    case 'ast':
    case 'star':
    case 'circledast':
    case 'otimes':
      return sliding(left, symbol, extent, right, scope);
    case 'cdot':
    case 'times':
    case 'letter-x':
    case 'circ':
    case 'bullet':
    case 'dot': {
      const readings = [
        hadamard(left, right),
        multiplied(left, right),
        ...bothSlides(left, right, extent ?? 'valid'),
      ];
      return scope.choose('all', readings)();
    }
  }
}

function extentOf(mode: string | null): Extent | null {
  if (mode === null || mode === 'full' || mode === 'valid') return mode;
  return refuse('not-covered', `a product sign marked "${mode}" is not covered`);
}

/** `*` and \star slide without a flip, `*_{full}` with one, unless the setup says otherwise; others are ambiguous. */
function sliding(
  left: Matrix,
  symbol: ProductSymbol,
  extent: Extent | null,
  right: Matrix,
  scope: Scope,
): Matrix {
  const declared = scope.model.setup.product;
  scope.seen.sliding = declared !== 'elementwise' && declared !== 'matrix';
  if (declared === 'elementwise') return hadamard(left, right).value();
  if (declared === 'matrix') return matrixProduct(left, right);
  const flips = declared === null ? symbol === 'ast' && extent === 'full' : declared === 'convolution';
  const meant = slide(left, right, extent ?? 'valid', flips);
  if (declared === null && (symbol === 'otimes' || symbol === 'circledast')) {
    const other = slide(left, right, extent ?? 'valid', !flips);
    const readings = [meant, other, ...(symbol === 'otimes' ? [hadamard(left, right)] : [])];
    return scope.choose('all', readings)();
  }
  return scope.choose('loose', [meant, ...otherTexts(left, right, extent, flips)])();
}

/** Where no extent is written, other texts mean the full product. */
export function otherTexts(left: Matrix, right: Matrix, extent: Extent | null, flips: boolean): Meaning[] {
  return extent === null ? [slide(left, right, 'full', flips), slide(left, right, 'full', !flips)] : [];
}

function bothSlides(left: Matrix, right: Matrix, extent: Extent): Meaning[] {
  return [slide(left, right, extent, false), slide(left, right, extent, true)];
}

/** The second operand slides over the first; in a valid product, the one that fits inside the other. */
export function slide(left: Matrix, right: Matrix, extent: Extent, flips: boolean): Meaning {
  const swapped = extent === 'valid' && !fitsInside(right, left) && fitsInside(left, right);
  const [image, kernel] = swapped ? [right, left] : [left, right];
  const says = `the product is the ${extent} sliding product ${flips ? 'with the second operand flipped' : 'without a flip'}`;
  return { says, value: () => (flips ? convolved : correlated)(image, kernel, extent) };
}

function hadamard(left: Matrix, right: Matrix): Meaning {
  const value = () => entrywise(left, right, (a, b) => product([a, b]));
  return { says: 'the product is taken entry by entry', value };
}

function multiplied(left: Matrix, right: Matrix): Meaning {
  return { says: 'the product is the matrix product', value: () => matrixProduct(left, right) };
}
