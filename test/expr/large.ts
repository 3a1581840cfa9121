/** Expressions at the sizes that every pass must take in its stride. */
import type { Expr } from '../../src/expr/index.js';
import { constant, product, quotient, sum, variable } from '../../src/expr/index.js';

export const SIZE = 1e5;

/** Linear passes take a second or two at this size; a quadratic one would take minutes. */
export const PATIENCE = { timeout: 30_000 };

/** x_0 y_0 + x_1 y_1 + ...: one sum of SIZE terms. */
export function wideSum(): Expr {
  return sum(Array.from({ length: SIZE }, (_, i) => product([variable('x', [i]), variable('y', [i])])));
}

/** One product of `size` factors. */
export function wideProduct(size = SIZE): Expr {
  return product(Array.from({ length: size }, (_, i) => variable('x', [i])));
}

/** x - (x - (x - ...)), to the depth of SIZE. Its value is x, because SIZE is even. */
export function deepChain(): Expr {
  const x = variable('x');
  let chain: Expr = x;
  for (let i = 0; i < SIZE; i++) chain = sum([x, product([constant(-1), chain])]);
  return chain;
}

/** x_0 + (x_1 + (x_2 + ...)), to the depth of SIZE. */
export function deepSum(): Expr {
  let chain: Expr = constant(0);
  for (let i = 0; i < SIZE; i++) chain = sum([variable('x', [i]), chain]);
  return chain;
}

/** x/2/1/2/1..., to the depth of SIZE. */
export function deepQuotient(): Expr {
  let chain: Expr = variable('x');
  for (let i = 0; i < SIZE; i++) chain = quotient(chain, constant(1));
  return chain;
}

/** x + x + ...: 2^60 x, a graph of 61 nodes with 2^60 paths. */
export function doubledSum(): Expr {
  let node: Expr = variable('x');
  for (let i = 0; i < 60; i++) node = sum([node, node]);
  return node;
}

/** x x x...: x to the power 2^60, again with 2^60 paths. */
export function doubledProduct(): Expr {
  let node: Expr = variable('x');
  for (let i = 0; i < 60; i++) node = product([node, node]);
  return node;
}
