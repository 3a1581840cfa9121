/** What the kernel's formula alone tells about the mistake. */
import { describe, expect, test } from 'vitest';
import { definitionAt } from '../../../src/gate/diagnosis/definition.js';
import type { Element } from '../../../src/gate/diagnosis/hint.js';
import { sharedHints, structuralHints } from '../../../src/gate/diagnosis/hints.js';
import { type Problem, settle } from '../../../src/gate/diagnosis/problem.js';
import { recoverFormula } from '../../../src/gate/diagnosis/recover.js';
import { askRight, askWrong, type Tamper } from './kernels.js';
import { WRONG } from './wrong.js';

async function elementAt(problem: Problem, tamper: Tamper | null) {
  const settled = settle(problem);
  const definition = definitionAt(settled);
  const found = await recoverFormula(tamper ? askWrong(problem, tamper) : askRight(problem), problem);
  if (found.kind !== 'recovered' || 'why' in definition) throw new Error('not recovered');
  const element: Element = {
    cell: settled.cell,
    expected: definition.at(settled.cell),
    got: found.formula,
  };
  return { context: { settled, definition }, element };
}

describe('the first hint', () => {
  test.each(WRONG)('$name', async ({ problem, tamper, says }) => {
    const { context, element } = await elementAt({ ...problem, dtype: 'float64' }, tamper);
    const [first] = structuralHints(context, element);
    expect(first?.says.slice(0, says?.length) ?? null).toBe(says);
  });
});

test('a right kernel gives no hint', async () => {
  for (const { problem } of WRONG) {
    const { context, element } = await elementAt({ ...problem, dtype: 'float64' }, null);
    expect(structuralHints(context, element)).toEqual([]);
  }
});

test('what holds at one element only is dropped when there are more', async () => {
  const { problem, tamper } = WRONG.find(one => one.name.startsWith('dx has rows and columns'))!;
  const at = (index: readonly number[]) => elementAt({ ...problem, dtype: 'float64', index }, tamper);
  const corner = await at([0, 0, 0, 0]);
  const inner = await at([0, 1, 1, 2]);
  const alone = structuralHints(corner.context, corner.element).map(one => one.says);
  const shared = sharedHints(inner.context, [inner.element, corner.element]).map(one => one.says);
  expect(shared).toEqual(['w is with row and column exchanged']);
  expect(alone).toContain(shared[0]);
});
