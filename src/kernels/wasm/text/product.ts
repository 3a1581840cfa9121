/**
 * The one micro-kernel: a tile of rows times 8 columns stays in registers while its sum runs. The row of a sum starts
 * at an address of its own (table `bases`) and is read in runs of consecutive elements (table `runs` of offsets,
 * each `length` long), so stride, padding, dilation and groups are all addresses; the columns lie packed, 8 wide.
 * Each sum runs in the order of the runs, one product after another.
 */
import {
  accumulate,
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
  loadVector,
  params,
  repeat,
  set,
  splat,
  storeVector,
  subtract,
  times,
  vectors,
  when,
} from './lane.js';
import { columnsOf } from './shuffle.js';

const sum = (row: number, vector: number): string => `c${row}_${vector}`;
const names = (count: number, name: (k: number) => string): string[] =>
  Array.from({ length: count }, (_, k) => name(k));

function locals({ rows, vectors: wide }: Lane): string {
  const sums = names(rows, row => names(wide, vector => sum(row, vector)).join(' '))
    .join(' ')
    .split(' ');
  return [
    integers('p', 'at', 'run', 'left', 'offset', 'packed', ...names(rows, row => `a${row}`)),
    vectors('s', ...names(wide, vector => `b${vector}`), ...sums),
  ].join(' ');
}

/** Everything between the first value of the sums and their end; the addresses of the rows are read from `at`. */
function runTile(lane: Lane): string {
  const { rows, vectors: wide, bytes } = lane;
  const step = [
    each(wide, v => set(`b${v}`, loadVector(get('packed'), v * 16))),
    each(
      rows,
      r =>
        `${set('s', splat(lane, get(`a${r}`)))}\n${each(wide, v => accumulate(lane, sum(r, v), get('s'), get(`b${v}`)))}`,
    ),
    each(rows, r => advance(`a${r}`, constant(bytes))),
    advance('packed', constant(COLUMNS * bytes)),
  ].join('\n');
  return `${set('packed', get('panel'))}
${set('run', get('runs'))}
${repeat(
  'runs',
  `${set('offset', loadInteger(get('run')))}
${each(rows, r => set(`a${r}`, add(loadInteger(get('at'), 4 * r), get('offset'))))}
${set('left', get('length'))}
${repeat('steps', step, `(local.tee $left ${subtract(get('left'), constant(1))})`)}
${advance('run', constant(4))}`,
  `(i32.lt_u ${get('run')} ${get('runs_end')})`,
)}`;
}

/**
 * Planes: out[column][row] = bias[column] + the sum, `pitch` bytes from one column to the next. There are at least
 * as many rows as the tile has; the last tile begins early enough to be whole and writes some results once more.
 */
export function multiplyPlanes(lane: Lane): string {
  const { rows, vectors: wide, bytes, lanes } = lane;
  const head = params(
    'bases',
    'rows',
    'panel',
    'columns',
    'block',
    'runs',
    'runs_end',
    'length',
    'bias',
    'out',
    'pitch',
  );
  const last = subtract(get('rows'), constant(rows));
  const store = (v: number): string =>
    columnsOf(
      lane,
      names(rows, r => get(sum(r, v))),
    )
      .map((column, k) => {
        const at = v * lanes + k;
        return `(br_if $stored (i32.le_s ${get('columns')} ${constant(at)}))
${storeVector(get('to'), column)}
${advance('to', get('pitch'))}`;
      })
      .join('\n');
  const tile = `${set('at', `(select ${last} ${get('p')} (i32.gt_s ${get('p')} ${last}))`)}
${set('to', add(get('out'), times(get('at'), constant(bytes))))}
${set('at', add(get('bases'), times(get('at'), constant(4))))}
${each(wide, v => each(rows, r => set(sum(r, v), loadVector(get('bias'), v * 16))))}
${runTile(lane)}
(block $stored
${each(wide, store)})
${advance('p', constant(rows))}`;
  const block = `${set('p', constant(0))}
${repeat('tiles', tile, `(i32.lt_s ${get('p')} ${get('rows')})`)}
${advance('panel', get('block'))}
${advance('bias', constant(COLUMNS * bytes))}
${advance('out', times(get('pitch'), constant(COLUMNS)))}`;
  const body = repeat(
    'blocks',
    block,
    `(i32.gt_s (local.tee $columns ${subtract(get('columns'), constant(COLUMNS))}) ${constant(0)})`,
  );
  return exported('multiply_planes', `${head} ${integers('to')} ${locals(lane)}`, body);
}

/** Panels: out[block][row][8] += the sum; `rows` is a multiple of the tile's. */
export function multiplyPanel(lane: Lane): string {
  const { rows, vectors: wide } = lane;
  const head = params('bases', 'rows', 'panel', 'blocks', 'block', 'runs', 'runs_end', 'length', 'out');
  const place = (r: number, v: number): number => (r * wide + v) * 16;
  const tile = `${each(rows, r => each(wide, v => set(sum(r, v), loadVector(get('out'), place(r, v)))))}
${runTile(lane)}
${each(rows, r => each(wide, v => storeVector(get('out'), get(sum(r, v)), place(r, v))))}
${advance('out', constant(rows * wide * 16))}
${advance('at', constant(4 * rows))}
${advance('p', constant(rows))}`;
  const block = `${set('p', constant(0))}
${set('at', get('bases'))}
${repeat('tiles', tile, `(i32.lt_s ${get('p')} ${get('rows')})`)}
${advance('panel', get('block'))}`;
  const body = repeat('blocks', block, `(local.tee $blocks ${subtract(get('blocks'), constant(1))})`);
  return exported('multiply_panel', `${head} ${locals(lane)}`, when(get('rows'), body));
}
