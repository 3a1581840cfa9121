/** Random calls of dense layers, activations and losses. */
import type * as FastCheck from 'fast-check';
import type { Configuration } from './gate-case.js';

/** Null for operators of which nothing is known here. */
export function functionCalls(
  fc: typeof FastCheck,
  op: string,
  maxRank: number | null,
): FastCheck.Arbitrary<Configuration> | null {
  const upTo = (most: number) => fc.integer({ min: 1, max: most });
  const reduction = fc.constantFrom('mean', 'sum', 'none');
  const shape = fc.array(upTo(5), { minLength: 1, maxLength: Math.min(3, maxRank ?? 3) });
  switch (op) {
    case 'linear':
      return fc
        .record({ N: upTo(5), I: upTo(6), O: upTo(6), hasBias: fc.boolean() })
        .map(({ N, I, O, hasBias }) => ({
          shapes: { x: [N, I], w: [O, I], ...(hasBias ? { b: [O] } : {}) },
          params: {},
        }));
    case 'relu':
    case 'sigmoid':
    case 'tanh':
      return shape.map(x => ({ shapes: { x }, params: {} }));
    case 'bce':
    case 'bce_with_logits':
    case 'mse':
      return fc
        .record({ x: shape, reduction })
        .map(({ x, ...params }) => ({ shapes: { x, target: x }, params }));
    case 'softmax_cross_entropy':
      return fc
        .record({
          N: upTo(5),
          K: upTo(5),
          reduction,
          target_kind: fc.constantFrom('indices', 'probabilities'),
        })
        .map(({ N, K, ...params }) => ({ shapes: { x: [N, K], target: [N, K] }, params }));
    default:
      return null;
  }
}
