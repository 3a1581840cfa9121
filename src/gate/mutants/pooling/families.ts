/** Max and average pooling. */
import type { Family } from '../family.js';
import { styleNamed } from '../styles.js';
import { averagePoolKernel } from './average.js';
import { averagePoolFaults, maxPoolFaults } from './faults.js';
import { byCell, byWindow, type Walk } from './form.js';
import { maxPoolKernel } from './max.js';

const WALKS: Readonly<Record<string, Walk>> = { windows: byWindow, cells: byCell };

export const poolFamilies: readonly Family[] = [1, 2, 3].flatMap(axes => [
  {
    op: `max_pool${axes}d`,
    right: rightOf(walk => maxPoolKernel(walk, null)),
    mutants: maxPoolFaults.map(({ id, says, where, change }) => ({
      ...{ id, op: `max_pool${axes}d`, styles: Object.keys(WALKS), result: change.result, says, where },
      kernel: (style: string) => maxPoolKernel(styleNamed(WALKS, style), change),
    })),
  },
  {
    op: `avg_pool${axes}d`,
    right: rightOf(walk => averagePoolKernel(walk, null)),
    mutants: averagePoolFaults
      .filter(({ leastAxes = 0 }) => axes >= leastAxes)
      .map(({ id, says, where, change }) => ({
        ...{ id, op: `avg_pool${axes}d`, styles: Object.keys(WALKS), result: change.result, says, where },
        kernel: (style: string) => averagePoolKernel(styleNamed(WALKS, style), change),
      })),
  },
]);

function rightOf(kernel: (walk: Walk) => ReturnType<typeof maxPoolKernel>): Family['right'] {
  return Object.fromEntries(Object.entries(WALKS).map(([style, walk]) => [style, () => kernel(walk)]));
}
