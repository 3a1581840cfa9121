/** Whether the closed forms, put together layer by layer, are the derivative of the whole network. */
import { BackproofError } from '../../error.js';
import { MonomialTable, rational } from '../../exact/index.js';
import {
  type Arithmetic,
  bignumberArithmetic,
  type Expr,
  equalFractions,
  exact,
  postOrder,
  toFractions,
  variableKey,
} from '../../expr/index.js';
import { expressionAlgebra } from '../../index-sum/index.js';
import { composedGradients } from './compose.js';
import { expandedSize } from './expanded.js';
import { type CellsByTensor, seed, wholeCells, wholeGradients } from './graph.js';
import type { Network } from './network.js';
import { type GradientsAtPoint, gradientsAtPoint, type Point } from './points.js';

export interface NetworkCheck {
  /** one-shape: for all values at these shapes; exact: at points, without rounding; sampled: at points, in 40 digits. */
  readonly rung: 'one-shape' | 'exact' | 'sampled';
  /** How many points; 0 where no point was needed. */
  readonly points: number;
  /** Tensors whose gradients agree, cell by cell. */
  readonly agree: readonly string[];
  /** The first cell that differs of each other one, in C order. */
  readonly differ: readonly { readonly tensor: string; readonly cell: number }[];
  /** Tensors without a closed form on the way to them. */
  readonly unchecked: readonly string[];
}

/** Beyond it, expanding would take minutes and gigabytes. */
const MONOMIALS = 5_000_000;
const POINTS = 3;
const DIGITS = 60;

/**
 * Two witnesses: reverse mode over the one graph of all definitions, and the records' claims. By normal form where the
 * network is polynomial, else at points.
 */
export async function checkNetwork(network: Network): Promise<NetworkCheck> {
  const cells = wholeCells(network);
  const derivative = wholeGradients(network, cells);
  const calls = functionsOf([...derivative.values()].flatMap(({ values }) => values));
  if (calls.size === 0) {
    const found = byNormalForm(network, cells, derivative);
    if (found) return found;
  }
  const isExact = [...calls].every(fn => fn === 'max' || fn === 'select');
  if (isExact) return atPoints(network, derivative, 'exact', exact, rational.toNumber);
  const arithmetic = await bignumberArithmetic(DIGITS);
  return atPoints(network, derivative, 'sampled', arithmetic, Number);
}

const functionsOf = (roots: readonly Expr[]): ReadonlySet<string> =>
  new Set(postOrder(roots).flatMap(node => (node.kind === 'call' ? [node.fn] : [])));

/** Null where the polynomials become too large. */
function byNormalForm(
  network: Network,
  cells: CellsByTensor,
  derivative: CellsByTensor,
): NetworkCheck | null {
  const composed = composedGradients(network, cells, seed(network), expressionAlgebra);
  const sides = [...derivative.values(), ...[...composed.values()].filter(side => side !== null)];
  if (expandedSize(sides.flatMap(({ values }) => values)) > MONOMIALS) return null;
  const table = new MonomialTable();
  const numbers = new Map<string, number>();
  const number = (tensor: string, index: readonly number[]) => {
    const key = variableKey(tensor, index);
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  };
  try {
    return judged('one-shape', 0, derivative, tensor => {
      const claim = composed.get(tensor);
      if (!claim) return null;
      const own = derivative.get(tensor)!.values;
      const forms = toFractions([...own, ...claim.values], table, number);
      return own.findIndex((_, cell) => !equalFractions(forms[cell]!, forms[own.length + cell]!, table));
    });
  } catch (error) {
    if (error instanceof BackproofError && error.code === 'expression-too-large') return null;
    throw error;
  }
}

function atPoints<T>(
  network: Network,
  derivative: CellsByTensor,
  rung: 'exact' | 'sampled',
  arithmetic: Arithmetic<T>,
  toNumber: (value: T) => number,
): NetworkCheck {
  // A function outside its domain says nothing about the claims.
  const isUsable = ({ derivative: found }: GradientsAtPoint<T>) =>
    [...found.values()].flat().every(value => Number.isFinite(toNumber(value)));
  const pointsIn = (range: Point['range']) =>
    Array.from({ length: POINTS }, (_, k) =>
      gradientsAtPoint(network, derivative, { seed: 1000 * k, range }, arithmetic, toNumber),
    ).filter(isUsable);
  let usable = pointsIn('signed');
  if (usable.length === 0) usable = pointsIn('unit');
  const same = equality(rung, arithmetic);
  return judged(rung, usable.length, derivative, tensor => {
    if (usable.length === 0 || !usable[0]!.composed.get(tensor)) return null;
    const cells = usable.map(point => {
      const { values } = point.composed.get(tensor)!;
      return point.derivative.get(tensor)!.findIndex((value, cell) => !same(value, values[cell]!));
    });
    return cells.find(cell => cell >= 0) ?? -1;
  });
}

/** Exact, or to 40 of the 60 digits that are computed with. */
function equality<T>(rung: 'exact' | 'sampled', m: Arithmetic<T>): (a: T, b: T) => boolean {
  const minus = (a: T, b: T) => m.add(a, m.multiply(m.constant(rational.of(-1)), b));
  const square = (a: T) => m.multiply(a, a);
  const tolerance = m.constant(rung === 'exact' ? rational.ZERO : rational.power(rational.of(1, 10), 80));
  return (a, b) => {
    const scale = m.add(m.constant(rational.ONE), m.add(square(a), square(b)));
    return m.isNonNegative(minus(m.multiply(tolerance, scale), square(minus(a, b))));
  };
}

/** @param firstDifference -1 for none, null for a gradient that is not claimed */
function judged(
  rung: NetworkCheck['rung'],
  points: number,
  derivative: CellsByTensor,
  firstDifference: (tensor: string) => number | null,
): NetworkCheck {
  const found = [...derivative.keys()].map(tensor => ({ tensor, cell: firstDifference(tensor) }));
  const named = (wanted: (cell: number | null) => boolean) =>
    found.filter(({ cell }) => wanted(cell)).map(({ tensor }) => tensor);
  return {
    rung,
    points,
    agree: named(cell => cell === -1),
    differ: found.flatMap(({ tensor, cell }) => (cell !== null && cell >= 0 ? [{ tensor, cell }] : [])),
    unchecked: named(cell => cell === null),
  };
}
