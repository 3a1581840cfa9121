/** Every small call of dense layers, activations and losses. */
import type { Shape } from '../../tensor/index.js';
import type { Configuration } from './gate-case.js';

export interface FunctionScope {
  readonly domain: string;
  readonly configurations: readonly Configuration[];
}

const EXTENTS = [1, 2, 3] as const;
const REDUCTIONS = ['mean', 'sum', 'none'] as const;

/** None for operators of which nothing is known here. */
export function functionScope(op: string): FunctionScope {
  switch (op) {
    case 'linear':
      return { domain: 'N, I and O from 1 to 3, with and without b', configurations: dense() };
    case 'relu':
    case 'sigmoid':
    case 'tanh':
      return {
        domain: 'one to three axes with extents from 1 to 3',
        configurations: shapes().map(x => ({ shapes: { x }, params: {} })),
      };
    case 'bce':
    case 'bce_with_logits':
    case 'mse':
      return {
        domain: 'one to three axes with extents from 1 to 3, reduction mean, sum and none',
        configurations: shapes().flatMap(x => losses(x, {})),
      };
    case 'softmax_cross_entropy':
      return {
        domain: 'N and K from 1 to 3, reduction mean, sum and none, targets as indices and as probabilities',
        configurations: ['indices', 'probabilities'].flatMap(target_kind =>
          pairs().flatMap(x => losses(x, { target_kind })),
        ),
      };
    default:
      return { domain: '', configurations: [] };
  }
}

const pairs = (): Shape[] => EXTENTS.flatMap(first => EXTENTS.map(second => [first, second]));

const shapes = (): Shape[] => [
  ...EXTENTS.map(extent => [extent]),
  ...pairs(),
  ...pairs().flatMap(pair => EXTENTS.map(extent => [...pair, extent])),
];

const losses = (x: Shape, params: Configuration['params']): Configuration[] =>
  REDUCTIONS.map(reduction => ({ shapes: { x, target: x }, params: { ...params, reduction } }));

const dense = (): Configuration[] =>
  pairs().flatMap(([N, I]) =>
    EXTENTS.flatMap(O =>
      [true, false].map(hasBias => ({
        shapes: { x: [N!, I!], w: [O, I!], ...(hasBias ? { b: [O] } : {}) },
        params: {},
      })),
    ),
  );
