/** The layers: convolution, transposed convolution, dense. */

import type { Family } from '../family.js';
import type { ModuleKernel } from '../kernel.js';
import { ALL_PADDINGS } from '../paddings.js';
import { blocked } from '../right/blocked.js';
import { scatter } from '../right/scatter.js';
import { winograd } from '../right/winograd.js';
import { styleNamed } from '../styles.js';
import { kahan, pairwise, sequential, single } from '../sums.js';
import { columns } from './columns.js';
import { convBorderFaults } from './conv-forward-faults.js';
import { convInputFaults } from './conv-input-faults.js';
import { convBiasFaults, convKernelFaults } from './conv-kernel-faults.js';
import { convTapFaults } from './conv-tap-faults.js';
import { direct } from './direct.js';
import type { LayerFault } from './fault-entry.js';
import type { LayerKind } from './form.js';
import { layerKernel, type Manner } from './layer.js';
import { denseFaults, transposedFaults } from './transposed-faults.js';

/** The styles in which every fault can be had. */
const FAULTY: Readonly<Record<string, Manner>> = {
  direct: { style: direct, sum: sequential },
  columns: { style: columns, sum: sequential },
};

const ANY_RANK: Readonly<Record<string, Manner>> = {
  ...FAULTY,
  pairwise: { style: direct, sum: pairwise },
  kahan: { style: columns, sum: kahan },
};

const TWO_AXES: Readonly<Record<string, Manner>> = {
  scatter: { style: scatter, sum: sequential },
  blocked: { style: blocked, sum: pairwise },
};

const convFaults = [
  ...convBorderFaults,
  ...convTapFaults,
  ...convInputFaults,
  ...convKernelFaults,
  ...convBiasFaults,
];

function family(kind: LayerKind, axes: number, faults: readonly LayerFault[]): Family {
  const op = kind === 'linear' ? kind : `${kind}${axes}d`;
  const isPlane = op === 'conv2d';
  const manners = { ...ANY_RANK, ...(isPlane ? TWO_AXES : {}) };
  const right = Object.entries(manners).map(
    ([style, manner]) => [style, () => layerKernel(kind, manner, null)] as const,
  );
  return {
    op,
    right: Object.fromEntries([...right, ['float32', float32(kind)], ...(isPlane ? winogradKernels : [])]),
    mutants: faults
      .filter(({ leastAxes = 0 }) => axes >= leastAxes)
      .map(({ id, result, says, where, change }) => ({
        ...{ id, op, styles: Object.keys(FAULTY), result, says, where },
        kernel: style => layerKernel(kind, styleNamed(FAULTY, style), { result, change }),
      })),
  };
}

/** Every product and every partial sum is a float32. */
const float32 = (kind: LayerKind) => (): ModuleKernel => ({
  ...layerKernel(kind, { style: direct, sum: single }, null),
  declares: {
    ...{ dtypes: ['float32'], accumulate: 'float32', deterministic: true },
    ...{ strides: true, supports: ALL_PADDINGS },
  },
});

const winogradKernels = (
  [
    ['winograd', 'float64', (value: number) => value, sequential],
    ['winograd-float32', 'float32', Math.fround, single],
  ] as const
).map(([style, dtype, round, sum]): readonly [string, () => ModuleKernel] => [
  style,
  () => ({
    ...layerKernel('conv', { style: winograd(round), sum }, null),
    declares: {
      ...{ dtypes: [dtype], accumulate: dtype, arithmetic: 'inexact', deterministic: true },
      supports: ALL_PADDINGS,
    },
  }),
]);

export const convFamilies: readonly Family[] = [1, 2, 3].map(axes => family('conv', axes, convFaults));
export const transposedFamilies: readonly Family[] = [1, 2, 3].map(axes =>
  family('conv_transpose', axes, transposedFaults),
);
export const denseFamily: Family = family('linear', 0, denseFaults);
