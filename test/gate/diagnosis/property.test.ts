/** Random small calls, right and wrong: what comes back is exact, or there is a reason. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rational } from '../../../src/exact/index.js';
import { definitionAt } from '../../../src/gate/diagnosis/definition.js';
import { addFormulas, type Formula, formulaOf, sameFormula } from '../../../src/gate/diagnosis/formula.js';
import { type Problem, settle } from '../../../src/gate/diagnosis/problem.js';
import { recoverFormula } from '../../../src/gate/diagnosis/recover.js';
import { ravel } from '../../../src/tensor/index.js';
import { problems } from './configurations.js';
import { askRight, askWrong, withOutput } from './kernels.js';

const RUNS = 150;

async function recovered(ask: ReturnType<typeof askRight>, problem: Problem): Promise<Formula> {
  const found = await recoverFormula(ask, problem);
  if (found.kind !== 'recovered') throw new Error(`${found.why} after ${found.calls} calls`);
  return found.formula;
}

function definitionOf(problem: Problem): (index: readonly number[]) => Formula {
  const settled = settle(problem);
  const definition = definitionAt(settled);
  if ('why' in definition) throw new Error(definition.why);
  return index => definition.at(ravel(settled.shape, index));
}

test('a right kernel has the formula of the definition', async () => {
  await fc.assert(
    fc.asyncProperty(problems, async problem => {
      const formula = await recovered(askRight(problem), problem);
      expect(sameFormula(formula, definitionOf(problem)(problem.index))).toBe(true);
    }),
    { seed: 20_261_121, numRuns: RUNS },
  );
});

test('a kernel that mixes the elements of the right one has the mixed formula', async () => {
  const factor = fc.integer({ min: -3, max: 3 });
  await fc.assert(
    fc.asyncProperty(problems, factor, factor, fc.nat(3), async (problem, here, there, along) => {
      const { shape } = settle(problem);
      const axis = along % shape.length;
      const next = (index: readonly number[]) => index.with(axis, (index[axis]! + 1) % shape[axis]!);
      const mixed = withOutput((index, read) => here * read(index) + there * read(next(index)));
      const at = definitionOf(problem);
      const times = (formula: Formula, by: number) =>
        formulaOf(
          [...formula.values()].map(term => ({
            ...term,
            coefficient: rational.multiply(term.coefficient, rational.of(by)),
          })),
        );
      const truth = addFormulas([times(at(problem.index), here), times(at(next(problem.index)), there)]);
      expect(sameFormula(await recovered(askWrong(problem, mixed), problem), truth)).toBe(true);
    }),
    { seed: 20_261_122, numRuns: RUNS },
  );
});
