/** Where a font makes another name: a document that writes both L and \mathcal{L} may mean two things. */
import type { Equation } from '../formula/equation.js';
import { nodesOf } from '../formula/nodes.js';
import { isDecorative } from './name-key.js';

/**
 * Bases written in two fonts, or plain and in a font, with the same kind of index. A bold array beside its plain
 * cells, \mathbf{X} and X_{11}, is one name.
 */
export function distinctFonts(equations: readonly Equation[]): ReadonlySet<string> {
  const fonts = new Map<string, Set<string>>();
  for (const equation of equations) {
    if (equation.kind !== 'read') continue;
    for (const side of [equation.left, equation.right]) {
      for (const node of nodesOf(side)) {
        if (node.kind !== 'name') continue;
        const id = `${node.sub === null || node.sub.style === 'word' ? 'bare' : 'cell'} ${node.base}`;
        const seen = fonts.get(id) ?? new Set<string>();
        if (seen.size === 0) fonts.set(id, seen);
        seen.add(isDecorative(node.font) ? '' : (node.font ?? ''));
      }
    }
  }
  return new Set([...fonts].filter(([, seen]) => seen.size > 1).map(([id]) => id.slice(5)));
}
