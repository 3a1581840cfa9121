/**
 * Few output planes to each input plane (depthwise convolution above all): vectors run along the rows of a plane
 * instead of over channels. A tap is a byte offset into the padded input.
 */
import {
  accumulate,
  add,
  advance,
  constant,
  each,
  exported,
  get,
  integers,
  type Lane,
  loadInteger,
  loadVector,
  loopWhile,
  params,
  repeat,
  set,
  splat,
  storeVector,
  subtract,
  vectors,
  when,
} from './lane.js';

/** Vectors that the tiles of a row hold: as many wide ones as fit, then narrower ones. */
const TILES = [8, 4, 2] as const;
const WIDE = TILES[0];
/** Vectors that a dot product sums side by side. */
const SUMS = 4;

/**
 * out[row][column] = bias + sum over taps of weight[tap] x[row, column, tap], in the order of the taps. A row ends
 * with a whole vector: up to a vector less one element behind it is written, before the next row comes.
 */
export function sweep(lane: Lane): string {
  const { bytes, lanes } = lane;
  const head = params(
    'rows',
    'width',
    'x',
    'x_pitch',
    'taps',
    'taps_end',
    'weights',
    'bias',
    'out',
    'out_pitch',
  );
  const tile = (count: number): string => `${each(count, v => set(`c${v}`, get('first')))}
${set('tap', get('taps'))}
${set('weight', get('weights'))}
${repeat(
  `taps${count}`,
  `${set('at', add(get('from'), loadInteger(get('tap'))))}
${set('s', splat(lane, get('weight')))}
${each(count, v => accumulate(lane, `c${v}`, get('s'), loadVector(get('at'), v * 16)))}
${advance('weight', constant(bytes))}
${advance('tap', constant(4))}`,
  `(i32.lt_u ${get('tap')} ${get('taps_end')})`,
)}
${each(count, v => storeVector(get('to'), get(`c${v}`), v * 16))}
${advance('from', constant(16 * count))}
${advance('to', constant(16 * count))}
${set('left', subtract(get('left'), constant(lanes * count)))}`;
  const row = `${set('from', get('x'))}
${set('to', get('out'))}
${set('left', get('width'))}
${loopWhile('wide', `(i32.ge_s ${get('left')} ${constant(lanes * WIDE)})`, tile(WIDE))}
${TILES.slice(1)
  .map(count => when(`(i32.ge_s ${get('left')} ${constant(lanes * count)})`, tile(count)))
  .join('\n')}
${loopWhile('narrow', `(i32.gt_s ${get('left')} ${constant(0)})`, tile(1))}
${advance('x', get('x_pitch'))}
${advance('out', get('out_pitch'))}
${advance('rows', constant(-1))}`;
  const here = `${integers('from', 'to', 'left', 'tap', 'weight', 'at')} ${vectors('first', 's', ...sums)}`;
  return exported(
    'sweep',
    `${head} ${here}`,
    `${set('first', splat(lane, get('bias')))}\n${loopWhile('rows', get('rows'), row)}`,
  );
}

const sums = Array.from({ length: WIDE }, (_, v) => `c${v}`);

/**
 * out[tap] += sum over rows and columns of y[row, column] x[row, column, tap]. Rows are read in blocks of four
 * vectors, each to a sum of its own; further whole vectors go to the first of them, what is left to a scalar. At the
 * end the vectors are added to the first one by one, then its lanes, then the scalar, and the total to out[tap].
 */
export function dot(lane: Lane): string {
  const { bytes, lanes, scalar, vector } = lane;
  const head = params('rows', 'width', 'x', 'x_pitch', 'taps', 'taps_end', 'y', 'y_pitch', 'out');
  const tile = (count: number): string => `${each(count, v =>
    accumulate(lane, `c${v}`, loadVector(get('a'), v * 16), loadVector(get('b'), v * 16)),
  )}
${advance('a', constant(16 * count))}
${advance('b', constant(16 * count))}
${set('left', subtract(get('left'), constant(lanes * count)))}`;
  const single = `${set('rest', `(${scalar}.add ${get('rest')} (${scalar}.mul (${scalar}.load ${get('a')}) (${scalar}.load ${get('b')})))`)}
${advance('a', constant(bytes))}
${advance('b', constant(bytes))}
${advance('left', constant(-1))}`;
  const row = `${set('a', get('from'))}
${set('b', get('beside'))}
${set('left', get('width'))}
${loopWhile('wide', `(i32.ge_s ${get('left')} ${constant(lanes * SUMS)})`, tile(SUMS))}
${loopWhile('narrow', `(i32.ge_s ${get('left')} ${constant(lanes)})`, tile(1))}
${loopWhile('singles', get('left'), single)}
${advance('from', get('x_pitch'))}
${advance('beside', get('y_pitch'))}
${advance('row', constant(-1))}`;
  const extract = (k: number): string => `(${vector}.extract_lane ${k} ${get('c0')})`;
  const total = Array.from({ length: lanes }, (_, k) => extract(k)).reduce(
    (a, b) => `(${scalar}.add ${a} ${b})`,
  );
  const tap = `${set('from', add(get('x'), loadInteger(get('taps'))))}
${set('beside', get('y'))}
${set('rest', `(${scalar}.const 0)`)}
${each(SUMS, v => set(`c${v}`, '(v128.const i32x4 0 0 0 0)'))}
${set('row', get('rows'))}
${loopWhile('rows', get('row'), row)}
${each(SUMS - 1, v => set('c0', `(${vector}.add ${get('c0')} ${get(`c${v + 1}`)})`))}
(${scalar}.store ${get('out')} (${scalar}.add (${scalar}.load ${get('out')}) (${scalar}.add ${total} ${get('rest')})))
${advance('out', constant(bytes))}
${advance('taps', constant(4))}`;
  const here = `${integers('from', 'beside', 'a', 'b', 'left', 'row')} (local $rest ${scalar}) ${vectors(...sums)}`;
  return exported(
    'dot',
    `${head} ${here}`,
    loopWhile('taps', `(i32.lt_u ${get('taps')} ${get('taps_end')})`, tap),
  );
}

/** 1 if none of the elements is infinite or not a number, else 0. */
export function allFinite(lane: Lane): string {
  const { vector, scalar, bytes, lanes } = lane;
  const zero = '(v128.const i32x4 0 0 0 0)';
  const total = `(i32.eqz (v128.any_true (${vector}.ne ${get('c')} ${get('c')})))`;
  const rest = `(${scalar}.eq ${get('rest')} ${get('rest')})`;
  const body = `${set('c', zero)}
${loopWhile(
  'vectors',
  `(i32.ge_s ${get('count')} ${constant(lanes)})`,
  `${accumulate(lane, 'c', loadVector(get('from')), zero)}
${advance('from', constant(16))}
${set('count', subtract(get('count'), constant(lanes)))}`,
)}
${loopWhile(
  'singles',
  get('count'),
  `${set('rest', `(${scalar}.add ${get('rest')} (${scalar}.mul (${scalar}.load ${get('from')}) (${scalar}.const 0)))`)}
${advance('from', constant(bytes))}
${advance('count', constant(-1))}`,
)}
(i32.and ${total} ${rest})`;
  return exported(
    'all_finite',
    `${params('from', 'count')} (result i32) (local $rest ${scalar}) ${vectors('c')}`,
    body,
  );
}
