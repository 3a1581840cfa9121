/** The scenarios of every operator. */
import type { Operator } from '../../ops/index.js';
import { convScenarios } from './conv-scenarios.js';
import { exampleScenarios } from './function-scenarios.js';
import { type PoolKind, poolScenarios } from './pool-scenarios.js';
import type { Scenario } from './scenario.js';
import { transposedScenarios } from './transposed-scenarios.js';

export function scenariosOf(operator: Operator): readonly Scenario[] {
  const [, family, digit] = /^(conv|conv_transpose|max_pool|avg_pool)([123])d$/.exec(operator.name) ?? [];
  const rank = Number(digit);
  switch (family) {
    case 'conv':
      return convScenarios(rank);
    case 'conv_transpose':
      return transposedScenarios(rank);
    case 'max_pool':
    case 'avg_pool':
      return poolScenarios(family.slice(0, 3) as PoolKind, rank);
    default:
      return exampleScenarios(operator);
  }
}
