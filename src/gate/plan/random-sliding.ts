/** Random calls of convolutions and poolings. */
import type * as FastCheck from 'fast-check';
import type { Supports } from '../subject/declares.js';
import { type DrawnAxis, type FitRule, fittedAxis } from './fit-axis.js';
import type { Configuration } from './gate-case.js';
import { type Axis, type SlidingKind, slidingConfiguration } from './sliding-call.js';

/** Cells of y, about. */
const MOST_CELLS = 400;

/** Calls that the kernel supports; 'none' where there are none. */
export function slidingCalls(
  fc: typeof FastCheck,
  { kind, rank }: { readonly kind: SlidingKind; readonly rank: number },
  supports: Supports,
): FastCheck.Arbitrary<Configuration> | 'none' {
  const { padding, maxRank } = supports;
  const lists = [supports.stride, supports.dilation, supports.groups, padding];
  const isPool = kind.endsWith('pool');
  if ((maxRank !== null && rank > maxRank) || lists.some(list => list?.length === 0)) return 'none';
  // Average pooling has no dilation, and no pooling has groups.
  if (isPool) return pooling(fc, kind, rank, supports);
  const upTo = (most: number) => fc.integer({ min: 1, max: most });
  const most = rank === 3 ? 2 : 3;
  return fc
    .record({
      ...shared(fc, kind, rank, supports),
      groups: oneOf(fc, supports.groups, 1, most),
      inputs: upTo(most),
      outputs: upTo(most),
      hasBias: fc.boolean(),
    })
    .map(drawn => {
      const axes = fitted(
        ruleOf(kind, drawn.mode, supports),
        drawn.axes,
        drawn.batch * drawn.groups * drawn.outputs,
      );
      return slidingConfiguration(kind, axes, drawn, {
        mode: drawn.mode,
        ceilMode: false,
        countsPadding: true,
      });
    });
}

function pooling(
  fc: typeof FastCheck,
  kind: SlidingKind,
  rank: number,
  supports: Supports,
): FastCheck.Arbitrary<Configuration> {
  const known = kind === 'avg_pool' ? { ...supports, dilation: [1] } : supports;
  return fc
    .record({
      ...shared(fc, kind, rank, known),
      inputs: fc.integer({ min: 1, max: 2 }),
      ceilMode: fc.boolean(),
      countsPadding: fc.boolean(),
    })
    .map(drawn => {
      const axes = fitted(ruleOf(kind, drawn.mode, supports), drawn.axes, drawn.batch * drawn.inputs);
      const channels = { ...drawn, groups: 1, outputs: 1, hasBias: false };
      return slidingConfiguration(kind, axes, channels, drawn);
    });
}

/** Batch, padding mode and axes. */
function shared(fc: typeof FastCheck, kind: SlidingKind, rank: number, supports: Supports) {
  const { cells: pads, names } = paddingsIn(supports);
  const isTransposed = kind === 'conv_transpose';
  const axis: FastCheck.Arbitrary<DrawnAxis> = fc.record({
    kernel: fc.integer({ min: 1, max: rank === 3 ? 3 : 4 }),
    stride: oneOf(fc, supports.stride, 1, 3),
    dilation: oneOf(fc, supports.dilation, 1, 3),
    before: oneOf(fc, pads, 0, 3),
    after: oneOf(fc, pads, 0, 3),
    count: fc.integer({ min: 1, max: isTransposed ? 4 : rank === 3 ? 3 : 5 }),
    leftOver: fc.nat(11),
    extra: fc.nat(11),
  });
  const axes = fc.array(axis, { minLength: rank, maxLength: rank });
  // What many kernels are made for, and some for nothing else.
  const threes = axes.map(drawn => drawn.map(one => ({ ...one, kernel: 3 })));
  const cells = fc.constant<null>(null);
  const named = names.length === 0 ? cells : fc.constantFrom(...names);
  return {
    batch: fc.integer({ min: 1, max: rank === 3 ? 2 : 3 }),
    mode:
      pads?.length === 0 ? named : fc.oneof({ arbitrary: cells, weight: 3 }, { arbitrary: named, weight: 1 }),
    axes: fc.oneof({ arbitrary: axes, weight: 3 }, { arbitrary: threes, weight: 1 }),
  };
}

/** What is declared of paddings: how many cells (null: any number), and which names. */
function paddingsIn({ padding }: Supports) {
  const list = padding === 'symmetric' ? null : padding;
  return {
    cells: list?.filter(one => typeof one === 'number') ?? null,
    names: list?.filter(one => typeof one === 'string') ?? [],
  };
}

const oneOf = (fc: typeof FastCheck, allowed: readonly number[] | null, min: number, max: number) =>
  allowed === null || allowed.length === 0 ? fc.integer({ min, max }) : fc.constantFrom(...allowed);

const ruleOf = (kind: SlidingKind, mode: string | null, { padding }: Supports): FitRule => ({
  kind,
  mode,
  isPaddingFixed: padding !== null && padding !== 'symmetric',
  isSymmetric: padding === 'symmetric',
});

/** The axes, made to fit so that y has about so many cells at most; `planes` of them lie side by side. */
function fitted(rule: FitRule, axes: readonly DrawnAxis[], planes: number): Axis[] {
  let room = Math.floor(MOST_CELLS / planes);
  return axes.map(drawn => {
    const { output, ...axis } = fittedAxis(rule, drawn, Math.max(1, room));
    room = Math.floor(room / output);
    return axis;
  });
}
