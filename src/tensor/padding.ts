/** Padding as people give it, resolved to cells before and after each spatial axis. */
import { BackproofError, textOf } from '../error.js';
import type { PerAxis } from './axes.js';
import { checkInteger, isList, perAxis, safeInteger, wrongAxisCount } from './axes.js';
import type { Shape } from './shape.js';
import { size } from './shape.js';
import { dilatedExtent } from './window.js';

/** Cells of zeros before and after one axis. */
export type AxisPadding = readonly [before: number, after: number];

const paddingModes = ['valid', 'full', 'same', 'same-upper', 'same-lower'] as const;
export type PaddingMode = (typeof paddingModes)[number];

/** A mode, one number for every side, or per axis a number (both sides) or a pair. */
export type Padding = PaddingMode | number | readonly (number | AxisPadding)[];

/** The spatial part of one sliding-window call; every list has `rank` entries, a number stands for all axes. */
export interface WindowFrame {
  readonly rank: number;
  readonly input: Shape;
  readonly kernel: Shape;
  readonly stride: PerAxis;
  readonly dilation: PerAxis;
}

/**
 * Cells before and after each axis. valid: none. full: D - 1 on both sides. same: the fewest cells that give
 * ceil(L / s) outputs; the odd one goes to the end in `same-upper` (= `same`), to the start in `same-lower`.
 * @throws BackproofError `unknown-padding-mode`, `negative-padding`, `wrong-axis-count`, `bad-shape`,
 * `not-an-integer-parameter`, `stride-not-positive`, `dilation-not-positive`, `kernel-size-not-positive`.
 */
export function resolvePadding(padding: Padding, frame: WindowFrame): readonly AxisPadding[] {
  const { rank } = frame;
  const stride = perAxis(frame.stride, rank, 'stride');
  const dilation = perAxis(frame.dilation, rank, 'dilation');
  const kernel = perAxis(frame.kernel, rank, 'kernel_size');
  size(frame.input, 'input');
  if (frame.input.length !== rank) throw wrongAxisCount('input', 'padding', rank, frame.input);
  if (typeof padding !== 'string') return explicit(padding, rank);
  return frame.input.map((extent, axis) => {
    const dilated = dilatedExtent(kernel[axis]!, dilation[axis]!);
    return byMode(padding, extent, dilated, stride[axis]!);
  });
}

function explicit(padding: Exclude<Padding, PaddingMode>, rank: number): readonly AxisPadding[] {
  const perSide = isList(padding) ? padding : new Array<number>(rank).fill(padding);
  if (perSide.length !== rank) throw wrongAxisCount('padding', 'padding', rank, perSide);
  return Array.from(perSide, entry => {
    const pair = isList(entry) ? entry : ([entry, entry] as const);
    if (pair.length !== 2) throw unreadable(textOf(padding, JSON.stringify));
    return [checkInteger(pair[0], 'padding'), checkInteger(pair[1], 'padding')];
  });
}

function byMode(mode: PaddingMode, extent: number, dilated: number, stride: number): AxisPadding {
  switch (mode) {
    case 'valid':
      return [0, 0];
    case 'full':
      return [dilated - 1, dilated - 1];
    case 'same':
    case 'same-upper':
      return samePads(extent, dilated, stride);
    case 'same-lower': {
      const [fewer, more] = samePads(extent, dilated, stride);
      return [more, fewer];
    }
    default:
      throw unknownMode(mode);
  }
}

/** [fewer, more] cells, together the least that give ceil(L / s) windows; an empty axis needs none. */
function samePads(extent: number, dilated: number, stride: number): AxisPadding {
  if (extent === 0) return [0, 0];
  const windows = Math.ceil(extent / stride);
  const total = Math.max(0, (windows - 1) * stride + dilated - extent);
  const fewer = Math.floor(total / 2);
  return [fewer, total - fewer];
}

/**
 * Reads "1" (every side), "1,2" (per axis), "[1,0],[0,2]" (before and after per axis) or a mode by name.
 * Signs and counts are checked by `resolvePadding`, which knows the rank.
 * @throws BackproofError `unknown-padding-mode`, `unreadable-padding`, `not-an-integer-parameter`.
 */
export function parsePadding(text: string): Padding {
  const mode = paddingModes.find(name => name === text);
  if (mode) return mode;
  if (/^[a-z][a-z_-]*$/i.test(text)) throw unknownMode(text);
  const number = '[+-]?\\d+';
  const entry = `(?:${number}|\\[${number},${number}\\])`;
  if (!new RegExp(`^${entry}(?:,${entry})*$`).test(text)) throw unreadable(text);
  const entries = (text.match(new RegExp(entry, 'g')) ?? []).map(readEntry);
  const [first] = entries;
  return entries.length === 1 && typeof first === 'number' ? first : entries;
}

function readEntry(text: string): number | AxisPadding {
  const [before, after] = text.split(/[[\],]/).filter(part => part !== '');
  const first = safeInteger(Number(before), 'padding');
  return after === undefined ? first : [first, safeInteger(Number(after), 'padding')];
}

function unknownMode(mode: string): BackproofError {
  return new BackproofError({
    code: 'unknown-padding-mode',
    where: 'padding',
    what: 'the padding mode is not known',
    expected: paddingModes.join(', '),
    got: mode.slice(0, 40),
    fix: 'Pass one of these modes or numbers.',
    data: { mode },
  });
}

function unreadable(text: string): BackproofError {
  return new BackproofError({
    code: 'unreadable-padding',
    where: 'padding',
    what: 'the padding is not readable',
    expected: '1, or 1,2 per axis, or [1,0],[0,2] per axis, or a mode',
    got: text.slice(0, 60) || 'nothing',
    fix: 'Write it without blanks in one of these forms.',
    data: { text },
  });
}
