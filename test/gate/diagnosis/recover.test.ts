/** The formula that comes back is the one that the kernel computes: held against every pair of cells, one at a time. */
import { describe, expect, test } from 'vitest';
import { rational } from '../../../src/exact/index.js';
import { definitionAt } from '../../../src/gate/diagnosis/definition.js';
import { type Formula, productKey, sameFormula } from '../../../src/gate/diagnosis/formula.js';
import { countIn, type Problem, settle } from '../../../src/gate/diagnosis/problem.js';
import { recoverFormula } from '../../../src/gate/diagnosis/recover.js';
import { fromArray, type Shape } from '../../../src/tensor/index.js';
import { asked, askWrong, type Compute, rightKernel } from './kernels.js';
import { type Case, WRONG } from './wrong.js';

/** The coefficient of every cell and every pair of cells, from a call for each. */
function byBruteForce(problem: Problem, compute: Compute): Map<string, number> {
  const settled = settle(problem);
  const shapes: Readonly<Record<string, Shape>> = { ...settled.call.inputs, yBar: settled.call.output };
  const cells = settled.tensors.flatMap(tensor =>
    Array.from({ length: countIn(settled, tensor) }, (_, cell) => ({ tensor, cell })),
  );
  const at = (...hot: typeof cells) => {
    const tensors = settled.tensors.map(name => {
      const values = new Array<number>(countIn(settled, name)).fill(0);
      for (const { tensor, cell } of hot) if (tensor === name) values[cell] = 1;
      return [name, fromArray(shapes[name]!, values, 'float64')] as const;
    });
    return compute(Object.fromEntries(tensors)).data[settled.cell]!;
  };
  const found = new Map<string, number>();
  const alone = new Map(cells.map(one => [one, at(one)]));
  for (const [one, value] of alone) if (value !== 0) found.set(productKey([one]), value);
  for (const [k, one] of cells.entries())
    for (const other of cells.slice(k + 1)) {
      if (other.tensor === one.tensor || !mayMeet(settled.wrt, one.tensor, other.tensor)) continue;
      const value = at(one, other) - alone.get(one)! - alone.get(other)!;
      if (Math.abs(value) > 1e-12) found.set(inOrder(one, other), value);
    }
  return found;
}

/** Pairs that some kernel here multiplies; the others are taken to be absent by the recovery's own last probes. */
const mayMeet = (wrt: string | null, a: string, b: string): boolean =>
  ![a, b].includes('b') && ![a, b].includes(wrt ?? 'b');

function inOrder(one: { tensor: string; cell: number }, other: { tensor: string; cell: number }): string {
  const order = ['yBar', 'x', 'w'];
  return productKey(order.indexOf(one.tensor) < order.indexOf(other.tensor) ? [one, other] : [other, one]);
}

/** Twelve digits are enough for small fractions, and forgive the last roundings of the brute force. */
const digits = (values: Iterable<readonly [string, number]>) =>
  [...values].map(([key, value]) => [key, value.toPrecision(12)]).sort();

const numbers = (formula: Formula) =>
  [...formula].map(([key, { coefficient }]) => [key, rational.toNumber(coefficient)] as const);

const dtypes = ['float64', 'float32'] as const;

describe('a wrong kernel', () => {
  test.each(WRONG)('$name', async ({ problem, tamper }) => {
    const inDoubles: Problem = { ...problem, dtype: 'float64' };
    const truth = byBruteForce(inDoubles, tamper(rightKernel(inDoubles), inDoubles));
    const definition = definitionAt(settle(inDoubles));
    for (const dtype of dtypes) {
      const found = await recoverFormula(askWrong({ ...problem, dtype }, tamper), { ...problem, dtype });
      expect(found).toMatchObject({ kind: 'recovered', bits: dtype === 'float64' ? 53 : 24 });
      if (found.kind !== 'recovered' || !('at' in definition)) continue;
      expect(digits(numbers(found.formula))).toEqual(digits(truth));
      expect(sameFormula(found.formula, definition.at(settle(inDoubles).cell))).toBe(false);
    }
  });
});

describe('a right kernel has the formula of the definition', () => {
  const cases = [...new Map(WRONG.map(({ problem }) => [JSON.stringify(problem), problem])).values()];
  test.each(cases.map(one => [`${one.op} ${one.result}[${one.index}]`, one] as const))(
    '%s',
    async (_, problem) => {
      for (const dtype of dtypes) {
        const { ask, calls } = asked({ ...problem, dtype }, rightKernel({ ...problem, dtype }));
        const found = await recoverFormula(ask, { ...problem, dtype });
        const settled = settle({ ...problem, dtype });
        const definition = definitionAt(settled);
        expect(found.kind).toBe('recovered');
        if (found.kind !== 'recovered' || !('at' in definition)) continue;
        expect(sameFormula(found.formula, definition.at(settled.cell))).toBe(true);
        expect(calls()).toBe(found.calls);
        expect(found.calls).toBeLessThanOrEqual(limit(problem, dtype));
      }
    },
  );

  /** In float64 half a call for each cell of the tensors that the result reads, in float32 one; and some thirty probes. */
  function limit(problem: Case, dtype: (typeof dtypes)[number]): number {
    const settled = settle({ ...problem, dtype });
    const definition = definitionAt(settled);
    const reads = 'reads' in definition ? definition.reads : [];
    const cells = reads.reduce((sum, tensor) => sum + countIn(settled, tensor), 0);
    return 30 + (dtype === 'float64' ? cells / 2 : cells);
  }
});

test('a larger call takes calls by what matters, not by its size', async () => {
  const problem: Problem = {
    ...{
      op: 'conv2d',
      params: { padding: 1 },
      shapes: { x: [2, 4, 16, 16], w: [8, 4, 3, 3] },
      mayRead: null,
    },
    ...{ dtype: 'float64', result: 'dx', index: [1, 2, 7, 7] },
  };
  const settled = settle(problem);
  const definition = definitionAt(settled);
  const found = await recoverFormula(asked(problem, rightKernel(problem)).ask, problem);
  if (found.kind !== 'recovered' || 'why' in definition) throw new Error('not recovered');
  expect(sameFormula(found.formula, definition.at(settled.cell))).toBe(true);
  // 72 terms among 4,096 cells of yBar and 288 of w.
  expect(found.formula.size).toBe(72);
  expect(found.calls).toBeLessThanOrEqual(240);
});
