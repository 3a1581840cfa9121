/** Moving elements: turned, gathered, or row by row; addresses, pitches and steps in bytes, counts in elements. */
import {
  add,
  advance,
  COLUMNS,
  constant,
  each,
  exported,
  get,
  integers,
  type Lane,
  loadInteger,
  loadScalar,
  loadVector,
  loopWhile,
  params,
  repeat,
  set,
  storeScalar,
  storeVector,
  subtract,
  times,
  vectors,
  when,
} from './lane.js';
import { columnsOf } from './shuffle.js';

const less = (a: string, b: string): string => `(i32.lt_s ${a} ${b})`;

/**
 * to[column][row] = from[row][column], `count` times over. Whole squares of a vector's lanes go through registers,
 * what is left one by one.
 */
export function transpose(lane: Lane): string {
  const { lanes, bytes } = lane;
  const head = params(
    'count',
    'from_step',
    'to_step',
    'from',
    'rows',
    'from_pitch',
    'columns',
    'to',
    'to_pitch',
  );
  const here = integers('row', 'column', 'whole', 'tall', 'a', 'b', 'k');
  const rows = Array.from({ length: lanes }, (_, k) => `v${k}`);
  const square = `${set('k', get('a'))}
${each(lanes, k => `${set(`v${k}`, loadVector(get('k')))}${k + 1 < lanes ? advance('k', get('from_pitch')) : ''}`)}
${set('k', get('b'))}
${columnsOf(lane, rows.map(get))
  .map((column, k) => `${storeVector(get('k'), column)}${k + 1 < lanes ? advance('k', get('to_pitch')) : ''}`)
  .join('\n')}
${advance('a', constant(16))}
${advance('b', times(get('to_pitch'), constant(lanes)))}
${advance('column', constant(lanes))}`;
  const single = `${storeScalar(lane, get('b'), loadScalar(lane, get('a')))}
${advance('a', constant(bytes))}
${advance('b', get('to_pitch'))}
${advance('column', constant(1))}`;
  const start = `${set('a', add(get('from'), times(get('row'), get('from_pitch'))))}
${set('b', add(get('to'), times(get('row'), constant(bytes))))}
${set('column', constant(0))}`;
  const restOfRows = (count: string): string => `${set('tall', add(get('row'), count))}
${loopWhile(
  'single_rows',
  less(get('row'), get('tall')),
  `${start}
${advance('a', times(get('whole_columns'), constant(bytes)))}
${advance('b', times(get('whole_columns'), get('to_pitch')))}
${set('column', get('whole_columns'))}
${loopWhile('singles', less(get('column'), get('columns')), single)}
${advance('row', constant(1))}`,
)}`;
  const body = `${set('row', constant(0))}
${loopWhile(
  'bands',
  less(get('row'), get('rows')),
  `${start}
${set('whole_columns', constant(0))}
${when(
  `(i32.ge_s ${subtract(get('rows'), get('row'))} ${constant(lanes)})`,
  `${set('whole', subtract(get('columns'), constant(lanes - 1)))}
${loopWhile('squares', less(get('column'), get('whole')), square)}
${set('whole_columns', get('column'))}
${restOfRows(constant(lanes))}`,
  restOfRows(constant(1)),
)}`,
)}
${advance('from', get('from_step'))}
${advance('to', get('to_step'))}`;
  return exported(
    'transpose',
    `${head} ${here} ${integers('whole_columns')} ${vectors(...rows)}`,
    loopWhile('times', get('count'), `${body}\n${advance('count', constant(-1))}`),
  );
}

/**
 * Packs columns 8 wide: for each tap (an offset in the table) and each of its channels, the element of every column.
 * to[block][tap][channel][8]; what is left of the last block stays as it is.
 */
export function gather(lane: Lane): string {
  const { bytes } = lane;
  const wide = COLUMNS * bytes;
  const head = params(
    'from',
    'columns',
    'column_step',
    'taps',
    'taps_end',
    'channels',
    'channel_step',
    'to',
    'block',
  );
  const channel = `${storeScalar(lane, get('b'), loadScalar(lane, get('a')))}
${advance('a', get('channel_step'))}
${advance('b', constant(wide))}`;
  const column = `${set('b', get('to'))}
${set('tap', get('taps'))}
${loopWhile(
  'taps',
  less(get('tap'), get('taps_end')),
  `${set('a', add(get('from'), loadInteger(get('tap'))))}
${set('left', get('channels'))}
${repeat('channels', channel, `(local.tee $left ${subtract(get('left'), constant(1))})`)}
${advance('tap', constant(4))}`,
)}
${advance('from', get('column_step'))}
${advance('to', constant(bytes))}
${advance('lane', constant(1))}
${when(`(i32.eq ${get('lane')} ${constant(COLUMNS)})`, `${set('lane', constant(0))}${advance('to', subtract(get('block'), constant(wide)))}`)}`;
  return exported(
    'gather',
    `${head} ${integers('a', 'b', 'tap', 'left', 'lane')}`,
    loopWhile('columns', get('columns'), `${column}\n${advance('columns', constant(-1))}`),
  );
}

/** Rows of consecutive elements. The last vector of a row may overlap the one before it. */
export function copyRows(lane: Lane): string {
  const { lanes, bytes } = lane;
  const head = params('rows', 'length', 'from', 'from_pitch', 'to', 'to_pitch');
  const end = `${set('last', subtract(times(get('length'), constant(bytes)), constant(16)))}`;
  const move = (k: string): string => storeVector(add(get('to'), k), loadVector(add(get('from'), k)));
  const whole = `${set('k', constant(0))}
${loopWhile('vectors', less(get('k'), get('last')), `${move(get('k'))}\n${advance('k', constant(16))}`)}
${move(get('last'))}`;
  const short = `${set('k', constant(0))}
${loopWhile(
  'singles',
  less(get('k'), times(get('length'), constant(bytes))),
  `${storeScalar(lane, add(get('to'), get('k')), loadScalar(lane, add(get('from'), get('k'))))}
${advance('k', constant(bytes))}`,
)}`;
  const row = `${when(`(i32.ge_s ${get('length')} ${constant(lanes)})`, whole, short)}
${advance('from', get('from_pitch'))}
${advance('to', get('to_pitch'))}
${advance('rows', constant(-1))}`;
  return exported(
    'copy_rows',
    `${head} ${integers('k', 'last')}`,
    `${end}\n${loopWhile('rows', get('rows'), row)}`,
  );
}

/** Rows whose elements lie a step apart, here or there: every s-th element of a row, or a row laid out s apart. */
export function spreadRows(lane: Lane): string {
  const head = params('rows', 'length', 'from', 'from_step', 'from_pitch', 'to', 'to_step', 'to_pitch');
  const row = `${set('a', get('from'))}
${set('b', get('to'))}
${set('left', get('length'))}
${loopWhile(
  'elements',
  get('left'),
  `${storeScalar(lane, get('b'), loadScalar(lane, get('a')))}
${advance('a', get('from_step'))}
${advance('b', get('to_step'))}
${advance('left', constant(-1))}`,
)}
${advance('from', get('from_pitch'))}
${advance('to', get('to_pitch'))}
${advance('rows', constant(-1))}`;
  return exported(
    'spread_rows',
    `${head} ${integers('a', 'b', 'left')}`,
    loopWhile('rows', get('rows'), row),
  );
}
