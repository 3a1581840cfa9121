/** Along one axis, two tensors' indices go together in another way than the definition says: a stride, a dilation. */
import { unravel } from '../../tensor/index.js';
import { axesOf } from './axis-names.js';
import type { Formula } from './formula.js';
import type { Element, Hint } from './hint.js';
import { type Settled, shapeIn } from './problem.js';

/** left * a + right * b = sum, in lowest terms with left > 0, or left = 0 and right = 1. */
interface Relation {
  readonly left: number;
  readonly right: number;
  readonly sum: number;
}

export function relationHints(settled: Settled, { expected, got }: Element): Hint[] {
  const tensors = [...new Set([...expected.values()].flatMap(term => term.factors.map(one => one.tensor)))];
  const [a, b, ...more] = tensors;
  if (a === undefined || b === undefined || more.length > 0) return [];
  return Array.from({ length: settled.call.rank }, (_, spatial) => spatial).flatMap(spatial => {
    const axes = [a, b].map(tensor => axesOf(settled, tensor).findIndex(one => one.spatial === spatial));
    if (axes.includes(-1)) return [];
    const relation = (formula: Formula) => relationIn(settled, formula, [a, b], axes);
    const [ours, theirs] = [relation(expected), relation(got)];
    if (!ours || !theirs || same(ours, theirs)) return [];
    const name = axesOf(settled, a)[axes[0]!]!.name;
    const text = (one: Relation) => relationText(one, a, b);
    return [
      {
        says: `${causeOf(ours, theirs)} along the ${name}s`,
        evidence: `the kernel's terms have ${text(theirs)} in their ${name}s, the definition's ${text(ours)}`,
        rank: parallel(ours, theirs) ? 3.5 : 2.5,
      },
    ];
  });
}

const same = (a: Relation, b: Relation): boolean => parallel(a, b) && a.sum === b.sum;

const parallel = (a: Relation, b: Relation): boolean => a.left === b.left && a.right === b.right;

function causeOf(ours: Relation, theirs: Relation): string {
  if (parallel(ours, theirs)) return 'the indices are shifted';
  const swapped =
    Math.abs(ours.left) === Math.abs(theirs.right) && Math.abs(ours.right) === Math.abs(theirs.left);
  if (swapped) return 'the steps are exchanged (stride and dilation?)';
  if (ours.left === theirs.left && ours.right === -theirs.right) return 'one of the two runs backwards';
  return 'the steps are wrong (stride or dilation?)';
}

/** What all terms have in common; null where that is nothing, or where one term says too little. */
function relationIn(
  settled: Settled,
  formula: Formula,
  tensors: readonly string[],
  axes: readonly number[],
): Relation | null {
  const points = [...formula.values()].map(({ factors }) =>
    tensors.map((tensor, k) => {
      const factor = factors.find(one => one.tensor === tensor);
      return factor ? unravel(shapeIn(settled, tensor), factor.cell)[axes[k]!]! : null;
    }),
  );
  const [first] = points;
  const second = points.find(([a, b]) => a !== first![0] || b !== first![1]);
  if (!first || !second || points.flat().includes(null)) return null;
  const [da, db] = [second[0]! - first[0]!, second[1]! - first[1]!];
  const divisor = gcd(Math.abs(da), Math.abs(db)) * (db < 0 || (db === 0 && da > 0) ? -1 : 1);
  const [left, right] = [db / divisor + 0, -da / divisor + 0];
  const sum = left * first[0]! + right * first[1]!;
  return points.every(([a, b]) => left * a! + right * b! === sum) ? { left, right, sum } : null;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

function relationText({ left, right, sum }: Relation, a: string, b: string): string {
  const term = (factor: number, name: string) => `${Math.abs(factor) === 1 ? '' : Math.abs(factor)}${name}`;
  if (left === 0) return `${term(right, b)} = ${sum}`;
  if (right === 0) return `${term(left, a)} = ${sum}`;
  return `${term(left, a)} ${right < 0 ? '-' : '+'} ${term(right, b)} = ${sum}`;
}
