/** Which of the fits is meant: the one that explains most, if what it says of every cell is said by no other. */
import { unravel } from '../../tensor/index.js';
import type { Candidate } from './geometry.js';
import type { Group } from './group.js';

export interface Choice {
  /** The simplest of those that explain most and mean the same; undefined where nothing fits. */
  readonly best: Candidate | undefined;
  /** Readings that explain as much and mean the same. */
  readonly same: readonly Candidate[];
  /** Readings that explain as much and mean something else: one for each meaning. */
  readonly different: readonly Candidate[];
}

/** One more cell explained is no evidence, as it may be a stray index. */
const STRAY = 1;

export function choose(candidates: readonly Candidate[], group: Group): Choice {
  const most = candidates.reduce((count, { fit }) => Math.max(count, fit.exact.length), 0);
  const ranked = simplestFirst(explainingMost(candidates, most), group);
  const [first] = ranked;
  if (first === undefined) return { best: first, same: [], different: [] };
  // A line that lost its last term looks like padding: a simpler reading that all lines but one obey may be meant.
  const majority = Math.floor(group.equations.length / 2) + 1;
  const nearly = candidates.filter(({ fit }) => fit.exact.length === most - 1 && most - 1 >= majority);
  const simpler = simplestFirst(nearly, group).filter(one => compareComplexity(one, first, group) < 0);
  const better = simpler.find(({ shapes }) => shapes.explained > first.shapes.explained + STRAY);
  if (better)
    return compared(
      better,
      simpler.filter(one => one !== better),
      group,
    );
  return compared(first, [...ranked.slice(1), ...simpler], group);
}

function compared(best: Candidate, others: readonly Candidate[], group: Group): Choice {
  const meaning = others.length === 0 ? '' : signature(best, group);
  const meanings = new Map<string, Candidate>();
  const same: Candidate[] = [];
  for (const other of others) {
    const theirs = signature(other, group);
    if (theirs === meaning) same.push(other);
    else if (!meanings.has(theirs)) meanings.set(theirs, other);
  }
  return { best, same, different: [...meanings.values()] };
}

function explainingMost(candidates: readonly Candidate[], most: number): Candidate[] {
  const holding = candidates.filter(({ fit }) => fit.exact.length === most);
  const explained = holding.reduce((count, { shapes }) => Math.max(count, shapes.explained), 0);
  return holding.filter(({ shapes }) => shapes.explained >= explained - STRAY);
}

const simplestFirst = (candidates: readonly Candidate[], group: Group): Candidate[] =>
  distinct(candidates, group).sort((a, b) => compareComplexity(a, b, group));

const compareComplexity = (a: Candidate, b: Candidate, group: Group): number =>
  compare(complexity(a, group), complexity(b, group));

function distinct(candidates: readonly Candidate[], group: Group): Candidate[] {
  const byText = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const { fit, call, shapes } = candidate;
    const key = JSON.stringify([
      fit.kernel,
      fit.reading,
      call.params,
      call.inputs,
      shapes.output,
      group.output,
    ]);
    if (!byText.has(key)) byText.set(key, candidate);
  }
  return [...byText.values()];
}

/** Names that people give to kernels, for the case that nothing else tells the operands apart. */
const KERNEL_NAMES = /^(?:[FWKHGfwkhg]|[Ff]ilter|[Kk]ernel|[Ww]eights?)/;

function complexity({ fit, call, shapes }: Candidate, group: Group): readonly number[] {
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const uneven = (values: readonly number[]) => (values.every(value => value === values[0]) ? 0 : 1);
  const strides = fit.axes.map(({ stride }) => stride);
  const steps = fit.axes.map(({ step }) => Math.abs(step));
  return [
    call.rank,
    fit.reading.widths === null ? 0 : 1,
    fit.before.every((pad, axis) => pad === shapes.after[axis]) ? 0 : 1,
    total(fit.before) + total(shapes.after),
    uneven(strides) + uneven(steps) + uneven(fit.before),
    total(steps),
    total(strides),
    total(fit.kernelShape),
    KERNEL_NAMES.test(group.operands[fit.kernel]!) ? 0 : 1,
  ];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, k) => value !== b[k]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

/** Above this a comparison of meanings costs more than it is worth: the readings then count as different. */
const MOST_PRODUCTS = 300_000;

/** Every product of every output cell, in the names of the document. */
function signature(candidate: Candidate, group: Group): string {
  const { fit, shapes, call } = candidate;
  const outputs = shapes.output.reduce((product, extent) => product * extent, 1);
  const taps = fit.kernelShape.reduce((product, extent) => product * extent, 1);
  if (outputs * taps > MOST_PRODUCTS)
    return JSON.stringify([fit.kernel, fit.reading, call.params, call.inputs]);
  const rows = Array.from({ length: outputs }, (_, cell) => {
    const p = unravel(shapes.output, cell);
    const products = Array.from({ length: taps }, (_, tap) =>
      productAt(candidate, p, unravel(fit.kernelShape, tap)),
    );
    return `${label(candidate, p, 'output')}=${products
      .filter(text => text !== '')
      .sort()
      .join('+')}`;
  });
  return `${group.output}:${rows.sort().join(';')}`;
}

/** "1,1*2,2", the first operand of the group first; empty outside the input. */
function productAt(candidate: Candidate, p: readonly number[], q: readonly number[]): string {
  const { fit, shapes } = candidate;
  const x = fit.axes.map(({ step, stride, offset }, axis) => step * q[axis]! + stride * p[axis]! + offset);
  if (x.some((index, axis) => index < 0 || index >= shapes.input[axis]!)) return '';
  const [kernel, input] = [label(candidate, q, 'kernel'), label(candidate, x, 'input')];
  return fit.kernel === 0 ? `${kernel}*${input}` : `${input}*${kernel}`;
}

/** The index as the document writes it, but for the base, in which all readings agree. */
function label({ fit }: Candidate, cell: readonly number[], role: 'input' | 'kernel' | 'output'): string {
  const { widths } = fit.reading;
  return widths === null ? cell.join(',') : String(cell[0]! * widths[role] + cell[1]!);
}
