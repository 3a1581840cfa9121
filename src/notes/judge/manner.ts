/** How a writer writes: templates for names and derivatives, the product sign, the order of factors. */

import { nodesOf } from '../formula/nodes.js';
import type { Derivative, Differential, Formula, Name, ProductSign } from '../formula/tree.js';
import type { Role } from '../setup/setup.js';
import { quantityOrNull } from './context.js';
import { sortOf } from './match.js';
import type { Scope } from './scope.js';

export interface Manner {
  /** A name of a cell of each role. */
  readonly names: ReadonlyMap<Role, Name>;
  readonly loss: Name | null;
  readonly derivative: Derivative | null;
  /** dW for dL/dW, by role. */
  readonly shorts: ReadonlyMap<Role, Differential>;
  /** A declared short-hand for a cell of dL/dO. */
  readonly upstream: Name | null;
  readonly sign: ProductSign | null;
  /** Sorts of the factors of a typical term, in the order written. */
  readonly order: readonly string[];
}

export function mannerOf(sides: readonly Formula[], scope: Scope): Manner {
  const nodes = sides.flatMap(side => [...nodesOf(side)]);
  const names = new Map<Role, Name>();
  const shorts = new Map<Role, Differential>();
  let upstream: Name | null = null;
  let loss: Name | null = null;
  for (const node of nodes) {
    if (node.kind === 'name') {
      const meaning = scope.names.meaning(node);
      if (meaning.kind === 'cell' || meaning.kind === 'outside') {
        if (!names.has(meaning.role)) names.set(meaning.role, bare(node, scope));
      } else if (meaning.kind === 'upstream' && meaning.cell !== null) upstream ??= node;
      else if (meaning.kind === 'loss') loss ??= node;
    } else if (node.kind === 'differential' && node.of?.kind === 'name') {
      const meaning = scope.names.meaning(node.of);
      if (meaning.kind === 'cell') shorts.set(meaning.role, node);
    }
  }
  const derivative = nodes.find(node => node.kind === 'derivative') ?? null;
  return { names, shorts, upstream, loss, derivative, sign: signIn(nodes), order: orderIn(sides, scope) };
}

/** Without a power: the template is the name of a cell. */
function bare(name: Name, scope: Scope): Name {
  return name.sup !== null && scope.names.isPower(name) ? { ...name, sup: null } : name;
}

function signIn(nodes: readonly Formula[]): ProductSign | null {
  const product = nodes.find(node => node.kind === 'product');
  return product?.signs[0] ?? null;
}

/** The sorts of the longest product, as far as its factors are known quantities. */
function orderIn(sides: readonly Formula[], scope: Scope): readonly string[] {
  let longest: readonly string[] = [];
  for (const product of sides.flatMap(side => [...nodesOf(side)])) {
    const factors = product.kind === 'product' ? product.factors : [];
    const sorts = factors.map(factor => sortIn(factor, scope)).filter(sort => sort !== null);
    if (sorts.length > longest.length) longest = sorts;
  }
  return longest;
}

/** A derivative of the loss by an undeclared name stands where the upstream gradient would. */
function sortIn(factor: Formula, scope: Scope): string | null {
  const quantity = quantityOrNull(factor, scope);
  if (quantity !== null && quantity !== 'loss') return quantity.kind === 'array' ? null : sortOf(quantity);
  const { of } = factor.kind === 'derivative' ? factor : { of: null };
  return of?.kind === 'name' && scope.names.meaning(of).kind === 'loss' ? 'given upstream' : null;
}
