/** Each mistake in the records of the operators, run as a kernel, is recovered and called by its name. */
import { describe, expect, test } from 'vitest';
import { definitionAt } from '../../../src/gate/diagnosis/definition.js';
import { type Ask, type Problem, type Settled, settle } from '../../../src/gate/diagnosis/problem.js';
import { recordedMistakes } from '../../../src/gate/diagnosis/recorded.js';
import { recoverAt } from '../../../src/gate/diagnosis/recover.js';
import type { ResultName } from '../../../src/gate/subject/subject.js';
import type { Cells } from '../../../src/index-sum/index.js';
import { type Operator, operators, resolve } from '../../../src/ops/index.js';
import { atShape, cellTerms, mistakeCells } from '../../../src/proof/index.js';
import { fromArray, size, unravel } from '../../../src/tensor/index.js';

/** A kernel that is right in no element but this one, where it computes the mistaken claim. */
function askMistaken({ problem, cell, shape }: Settled, cells: Cells): Ask {
  const terms = cellTerms(cells, cell);
  return async (inputs, upstream) => {
    const read = (tensor: string, at: number) => (tensor === 'yBar' ? upstream! : inputs[tensor]!).data[at]!;
    const result = fromArray(shape, new Array<number>(size(shape)).fill(0), 'float64');
    result.data[cell] = terms.reduce(
      (sum, term) =>
        sum +
        term.factors.reduce((product, one) => product * read(one.tensor, one.cell), Number(term.coefficient)),
      0,
    );
    return { [problem.result]: { ...result, dtype: 'float64' as const, data: result.data as Float64Array } };
  };
}

type Mistake = Operator['mistakes'][number];

/** The last example on which the mistake shows, with the cells of the mistaken claim and the first that is wrong. */
function shown(operator: Operator, mistake: Mistake) {
  for (const example of operator.examples.toReversed()) {
    const call = resolve(operator, example.shapes, example.params);
    const at = atShape(operator, call)(mistake.wrt);
    const cells = mistakeCells(at, mistake.claim(call.params, call.rank));
    const difference = cells && at.difference(at.gradient, cells);
    if (cells && difference) return { example, cells, cell: difference.cell };
  }
  return null;
}

const checked = operators.filter(({ name }) => /^(conv|conv_transpose)[12]d$|^linear$/.test(name));

describe.each(checked.map(one => [one.name, one] as const))('%s', (op, operator) => {
  test.each(operator.mistakes.map(one => [one.name, one] as const))('%s', async (name, mistake) => {
    const found = shown(operator, mistake);
    if (!found) throw new Error('it shows on no example');
    const { shapes, params } = found.example;
    const index = unravel(shapes[mistake.wrt]!, found.cell);
    const result = `d${mistake.wrt}` as ResultName;
    const problem: Problem = { op, params, shapes, dtype: 'float64', result, index, mayRead: null };
    const settled = settle(problem);
    const definition = definitionAt(settled);
    const recovery = await recoverAt(askMistaken(settled, found.cells), settled, definition);
    if (recovery.kind !== 'recovered' || 'why' in definition) throw new Error('not recovered');
    const element = {
      cell: settled.cell,
      expected: definition.at(settled.cell),
      got: recovery.formula,
    };
    const named = recordedMistakes(settled, [element]).map(one => one.mistake);
    expect(named).toContain(`${mistake.says} [${name}]`);
    expect(recordedMistakes(settled, [{ ...element, got: element.expected }])).toEqual([]);
  });
});
