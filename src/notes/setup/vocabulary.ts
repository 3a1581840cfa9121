/** The words of a directive, each in one place. */
import { LAYER_STYLES } from './naming.js';
import type { IndexStyle } from './setup.js';

/** Roles whose value is a name with or without dims. */
export const ROLE_KEYS = ['input', 'kernel', 'bias', 'output', 'target'] as const;
export type DirectiveRole = (typeof ROLE_KEYS)[number];

/** Keys that name things without dims. */
export const NAME_KEYS = ['loss', 'upstream'] as const;

/** Keys whose value is an integer for all axes, or one per axis. */
export const INTEGER_KEYS = ['stride', 'dilation', 'groups', 'kernel_size'] as const;

const INDEX_STYLES: readonly IndexStyle[] = ['pair', 'pair0', 'running', 'running0', 'channel'];
const PRODUCTS = ['correlation', 'convolution', 'elementwise', 'matrix'] as const;

/** Keys whose value is one of a few words. */
export const CHOICES = {
  convention: ['correlation', 'convolution'],
  product: PRODUCTS,
  index: INDEX_STYLES,
  layer: LAYER_STYLES,
  reduction: ['mean', 'sum', 'none'],
} as const;

export const KEYS: readonly string[] = [
  ...ROLE_KEYS,
  ...NAME_KEYS,
  ...INTEGER_KEYS,
  'padding',
  'range',
  ...Object.keys(CHOICES),
];

/** What a directive may name beside operators, although no equation under it is judged yet. */
export const NOT_COVERED: readonly string[] = ['output-size', 'parameter-count', 'update', 'network'];

/** The body that clears every directive. */
export const END = 'end';

export const MARK_NAMES = ['backproof', 'backproof-ignore-next', 'backproof-off', 'backproof-on'] as const;
