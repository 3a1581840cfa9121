/** Every indexed name of the equations, and what stands for the loss. */
import type { Equation } from '../formula/equation.js';
import { nodesOf } from '../formula/nodes.js';
import type { Formula } from '../formula/tree.js';
import { nameKey } from './name-key.js';
import { type Subscript, subscriptOf } from './subscript.js';

export interface Mention {
  /** Place of the equation in the list. */
  readonly equation: number;
  readonly subscript: Subscript;
}

export type Mentions = ReadonlyMap<string, readonly Mention[]>;

/** The indexed names by key, each index once per equation; equations at the places in `except` are left out. */
export function mentionsOf(equations: readonly Equation[], except: ReadonlySet<number>): Mentions {
  const found = new Map<string, Mention[]>();
  const seen = new Set<string>();
  for (const [equation, formula] of sidesOf(equations)) {
    if (except.has(equation)) continue;
    for (const node of nodesOf(formula)) {
      if (node.kind !== 'name' || node.sub === null) continue;
      const key = nameKey(node);
      const id = `${equation} ${key} ${node.sub.text}`;
      if (seen.has(id)) continue;
      seen.add(id);
      const list = found.get(key) ?? [];
      if (list.length === 0) found.set(key, list);
      list.push({ equation, subscript: subscriptOf([node.sub]) });
    }
  }
  return found;
}

/** What is derived by the tensors and is no tensor itself, the most frequent alone; L where nothing is. */
export function lossOf(equations: readonly Equation[], tensors: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const [, formula] of sidesOf(equations)) {
    for (const node of nodesOf(formula)) {
      if (node.kind !== 'derivative' || node.of?.kind !== 'name' || node.of.sub !== null) continue;
      const byTensor = node.by.some(by => by.kind === 'name' && tensors.includes(nameKey(by)));
      const key = nameKey(node.of);
      if (byTensor && !tensors.includes(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1]);
  if (first) return [first[0]];
  return tensors.includes('L') ? [] : ['L'];
}

function* sidesOf(equations: readonly Equation[]): Generator<readonly [number, Formula]> {
  for (const [k, equation] of equations.entries()) {
    if (equation.kind !== 'read') continue;
    yield [k, equation.left];
    yield [k, equation.right];
  }
}
