/** Functions of whole arrays written as words: Convolution(A, B), Full Convolution(A, B), rot180(F). */
import { sum } from '../../expr/index.js';
import { functionId } from '../formula/functions.js';
import type { Call, Formula } from '../formula/tree.js';
import { otherTexts, type Read, slide } from './product.js';
import { refuse } from './refusal.js';
import type { Scope } from './scope.js';
import type { Extent } from './sliding.js';
import {
  entries,
  type Matrix,
  matrix,
  matrixProduct,
  rotated,
  scalar,
  transposed,
  type Value,
} from './value.js';

export function readCall(call: Call, scope: Scope, read: Read): Value {
  const id = functionId(call);
  scope.seen.arrays = true;
  switch (id) {
    case 'convolution':
    case 'correlation':
    case 'full-convolution':
    case 'full-correlation':
      return readSliding(call, id, scope, read);
    case 'rot180':
      return rotated(onlyArray(call, scope, read));
    case 'flip':
      return flipped(onlyArray(call, scope, read), scope);
    case 'transpose':
      return transposed(onlyArray(call, scope, read));
    case 'sum': {
      const of = call.args.length === 1 ? read(call.args[0]!, scope) : null;
      return of === null
        ? refuse('not-covered', 'a sum of several arguments is not covered')
        : scalar(sum(entries(of)));
    }
    case 'dot': {
      const [left, right] = twoArrays(call.args, scope, read);
      return matrixProduct(left, right);
    }
    default:
      return refuse('not-covered', `the function ${call.head.base} is not covered`);
  }
}

/** Without a flip, whatever it is called, unless the setup says otherwise; either operand may be the kernel. */
function readSliding({ args, head }: Call, id: string, scope: Scope, read: Read): Value {
  const [first, second, mode, ...more] = args;
  scope.seen.sliding = true;
  const extent = extentOf(id, mode, more.length > 0, head.base);
  const [left, right] = twoArrays(
    [first, second].filter(arg => arg !== undefined),
    scope,
    read,
  );
  const flips = id.endsWith('convolution') && scope.model.setup.product === 'convolution';
  const over = slide(left, right, extent ?? 'valid', flips);
  const under = slide(right, left, extent ?? 'valid', flips);
  const chosen = scope.choose('any', [
    { says: 'the second operand is taken as the kernel', value: { image: left, kernel: right, meant: over } },
    { says: 'the first operand is taken as the kernel', value: { image: right, kernel: left, meant: under } },
  ]);
  const { image, kernel, meant } = chosen;
  return scope.choose('loose', [meant, ...otherTexts(image, kernel, extent, flips)])();
}

function extentOf(id: string, mode: Formula | undefined, more: boolean, name: string): Extent | null {
  if (more) return refuse('not-covered', `${name} with more than two operands is not covered`);
  if (mode === undefined) return id.startsWith('full') ? 'full' : null;
  const word = mode.kind === 'label' ? mode.text.trim() : mode.kind === 'name' ? mode.base : '';
  if (word === 'full' || word === 'valid') return word;
  return refuse('not-covered', `the third argument of ${name} is not covered`);
}

function twoArrays(args: readonly Formula[], scope: Scope, read: Read): readonly [Matrix, Matrix] {
  const [left, right] = args.map(arg => asMatrix(read(arg, scope)));
  return left && right && args.length === 2
    ? [left, right]
    : refuse('not-covered', 'two arrays are expected here');
}

function onlyArray({ args, head }: Call, scope: Scope, read: Read): Matrix {
  const [only] = args;
  if (only === undefined || args.length > 1)
    return refuse('not-covered', `${head.base} is read with one array`);
  return asMatrix(read(only, scope));
}

/** A single output or kernel cell is an array of one cell. */
function asMatrix(value: Value): Matrix {
  return value.kind === 'matrix' ? value : matrix([[value.expr]]);
}

/** One axis has one flip; with two, texts differ. */
function flipped(array: Matrix, scope: Scope): Matrix {
  const upsideDown = matrix([...array.rows].reverse());
  const mirrored = matrix(array.rows.map(row => [...row].reverse()));
  if (array.rows.length === 1) return rotated(array);
  return scope.choose('all', [
    { says: 'flip turns by 180 degrees', value: rotated(array) },
    { says: 'flip turns the rows upside down', value: upsideDown },
    { says: 'flip mirrors the columns', value: mirrored },
  ]);
}
