/** Which numbers a gate takes for an operator, and what is kept of a case. */
import { describe, expect, test } from 'vitest';
import { fillingsFor, fillOf } from '../../../src/gate/judge/fillings.js';
import { keeping } from '../../../src/gate/judge/keeping.js';
import type { Check, GateCase } from '../../../src/gate/plan/gate-case.js';
import { operators } from '../../../src/ops/index.js';
import { CHECKS } from './cases.js';

const at = (op: string, dtype: 'float64' | 'float32' = 'float64') => {
  const { shapes, params } = operators.find(({ name }) => name === op)!.examples[0]!;
  return { op, shapes, params, dtype };
};

describe('fillings', () => {
  test.each<[Check, string, readonly (string | null)[]]>([
    ['exact', 'conv2d', [null]],
    ['bounded', 'conv2d', [null]],
    ['adjoint', 'conv2d', [null]],
    ['adjoint', 'relu', []],
    ['exact', 'relu', ['integers']],
    ['bounded', 'relu', ['small']],
    ['exact', 'max_pool2d', ['distinct', 'below']],
    ['exact', 'sigmoid', []],
    ['bounded', 'sigmoid', ['small', 'saturated', 'huge']],
    ['bounded', 'bce', ['probabilities', 'nearly']],
    ['bounded', 'softmax_cross_entropy', ['small', 'huge']],
    ['difference', 'sigmoid', []],
    ['difference', 'max_pool2d', [null]],
    ['special', 'relu', [null]],
  ])('%s, %s: %o', (check, op, fillings) => {
    expect(fillingsFor(check, at(op))).toEqual(fillings);
  });

  test('what is 1 in float32, and differences, are for float64', () => {
    expect(fillingsFor('bounded', at('bce', 'float32'))).toEqual(['probabilities']);
    expect(fillingsFor('sampled', at('bce', 'float32'))).toEqual([]);
  });

  test('every operator has some check of its values, and none has data at a kink or a tie', () => {
    for (const { name } of operators) {
      const all = CHECKS.flatMap(check => fillingsFor(check, at(name)));
      expect([name, all.length > 0]).toEqual([name, true]);
      for (const filling of all) expect(['zeros', 'ties', 'negative']).not.toContain(filling);
    }
  });

  test('the seed chooses among tensors of the same filling', () => {
    const targets = [0, 1, 2].map(
      seed => fillOf({ op: 'bce', filling: 'probabilities', seed }, 'probabilities').fillings?.target,
    );
    expect(targets).toEqual(['labels', 'probabilities', 'labels']);
  });
});

test('the last cases are kept, the others made again', () => {
  const keep = keeping<number>(2);
  const cases = [1, 2, 3].map((seed): GateCase => ({ ...at('relu'), check: 'exact', filling: null, seed }));
  let made = 0;
  const value = (k: number) => keep(cases[k]!, () => ++made);
  expect([value(0), value(1), value(0), value(2), value(1), value(0)]).toEqual([1, 2, 1, 3, 2, 4]);
});
