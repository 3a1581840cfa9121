/** What a document's names mean: an operator at one shape, and the writer's names for its tensors. */
import type { Operator, Resolved } from '../../ops/index.js';
import type { Shape } from '../../tensor/index.js';
import type { Naming } from './naming.js';

/** The part a tensor plays; each is one tensor of the operator (x, w, b, y). */
export type Role = 'input' | 'kernel' | 'bias' | 'output';

/** How cells are written: F_{11} (pair, 1-based), F_{00} (pair0), a_{13} counted row by row from 1 or 0, whole maps. */
export type IndexStyle = 'pair' | 'pair0' | 'running' | 'running0' | 'channel';

export interface RoleNames {
  /** Spellings of the tensor, as `nameKey` gives them; the first is used in corrections. */
  readonly names: readonly string[];
  /**
   * Extents as the notes index them: batch and channel axes only where written. The axes left out have extent 1,
   * so that a cell has the same flat number here and in the operator's full layout.
   */
  readonly shape: Shape;
}

export interface Setup {
  readonly operator: Operator;
  readonly call: Resolved;
  readonly roles: Readonly<Partial<Record<Role, RoleNames>>> & { readonly output: RoleNames };
  /** The loss letter, e.g. L. */
  readonly loss: readonly string[];
  /** Short-hands for the gradient of the loss with respect to the output: dO, delta. */
  readonly upstream: readonly string[];
  readonly index: IndexStyle;
  /** How the document writes layers and fonts, for `nameKey`; absent: nothing special. */
  readonly naming?: Naming;
  /** What `*` and \text{Convolution} mean between arrays; null: they slide without a flip. */
  readonly product: 'correlation' | 'convolution' | 'elementwise' | 'matrix' | null;
  /** Lines of the equations that fixed it; empty when a directive did. */
  readonly inferredFrom: readonly number[];
  /** Parameters as the report shows them. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** Names of the operator's tensors by role. */
export const TENSOR_OF_ROLE = { input: 'x', kernel: 'w', bias: 'b', output: 'y' } as const;

/** What one written name refers to. */
export type Meaning =
  | { readonly kind: 'cell'; readonly role: Role; readonly cell: number }
  /** A known tensor with an index that it does not have, e.g. F_{13} of a 2 x 2 filter. */
  | { readonly kind: 'outside'; readonly role: Role; readonly written: string }
  /** A whole tensor: X, F. */
  | { readonly kind: 'array'; readonly role: Role }
  | { readonly kind: 'loss' }
  /** A short-hand for dL/dO: one cell, or the whole (cell null). */
  | { readonly kind: 'upstream'; readonly cell: number | null }
  /** A known tensor with a symbolic index, e.g. O_{i,j} or O_k: no single cell. */
  | { readonly kind: 'symbolic'; readonly role: Role | 'upstream' }
  | { readonly kind: 'unknown'; readonly key: string; readonly suggestions: readonly string[] }
  | { readonly kind: 'ambiguous'; readonly reason: string };
