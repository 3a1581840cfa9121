/** One scalar function applied to every cell of a tensor, and its gradient. */
import { BackproofError } from '../error.js';
import { sameShape, shapeText, type Tensor, zeros } from '../tensor/index.js';
import { checkOperands, type FloatDType } from './operands.js';

/** A function of one number and its derivative, both in float64. */
export interface Activation {
  readonly name: string;
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
}

/** y[p] = value(x[p]) for x of any shape. @throws BackproofError as `checkOperands`. */
export function activate<D extends FloatDType>({ name, value }: Activation, x: Tensor<D>): Tensor<D> {
  checkOperands(name, { x });
  const y = zeros(x.shape, x.dtype);
  const [from, to] = [x.data, y.data];
  for (let cell = 0; cell < to.length; cell++) to[cell] = value(from[cell]!);
  return y;
}

/**
 * xBar[p] = yBar[p] slope(x[p]); a yBar that is infinite or NaN times a slope of 0 is NaN.
 * @throws BackproofError `upstream-shape-mismatch`, as `checkOperands`.
 */
export function activateVjp<D extends FloatDType>(
  { name, slope }: Activation,
  yBar: Tensor<D>,
  x: Tensor<D>,
): Tensor<D> {
  checkCotangent(`${name} gradient`, yBar, x);
  const xBar = zeros(x.shape, x.dtype);
  const [from, upstream, to] = [x.data, yBar.data, xBar.data];
  // A slope of 0 would turn a negative yBar into -0, which no exact value is: adding 0 makes it 0.
  for (let cell = 0; cell < to.length; cell++) to[cell] = upstream[cell]! * slope(from[cell]!) + 0;
  return xBar;
}

/**
 * Both are well formed and of one element type, and yBar is shaped like x, as the output is.
 * @throws BackproofError `upstream-shape-mismatch`, as `checkOperands`.
 */
export function checkCotangent(where: string, yBar: Tensor<FloatDType>, x: Tensor<FloatDType>): void {
  checkOperands(where, { yBar, x });
  if (sameShape(yBar.shape, x.shape)) return;
  throw new BackproofError({
    code: 'upstream-shape-mismatch',
    where,
    what: `yBar has shape ${shapeText(yBar.shape)}`,
    expected: `${shapeText(x.shape)}, as the output has`,
    got: shapeText(yBar.shape),
    fix: 'Pass one upstream gradient for each cell of the output.',
    data: { expected: [...x.shape], got: [...yBar.shape] },
  });
}
