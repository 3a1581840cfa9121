/** Right sides that belong to another left side. */
import { type Atom, atomKey, exprOfAtom } from './atom.js';
import type { Claim } from './claim.js';
import { equalExprs, firstEqual } from './compare.js';
import { cellCount, cellsWith, type Factor } from './model.js';
import { read } from './read.js';
import type { Scope } from './scope.js';
import type { WrittenTerm } from './terms.js';
import { ZERO } from './value.js';

type Head = Extract<Atom, { kind: 'gradient' | 'output' }>;

/** Without a term to go by, only small tensors are searched. */
const SEARCH_CAP = 64;

/** The quantity of the same tensor that the side is exactly; null where it is none, or where the document speaks against it. */
export function otherHead(claim: Claim, written: readonly WrittenTerm[], scope: Scope): Atom | null {
  const { head, side, heads, alone, hidden } = claim;
  if (!alone || (head?.kind !== 'gradient' && head?.kind !== 'output') || hidden.length > 0) return null;
  const value = read(side, scope);
  if (value.kind === 'matrix') return null;
  const others = candidates(head, written, scope).filter(cell => cell !== head.cell);
  const atoms = others.map((cell): Head => ({ ...head, cell }));
  if (atoms.length === 0 || equalExprs(value.expr, ZERO)) return null;
  const found = firstEqual(
    value.expr,
    atoms.map(atom => exprOfAtom(scope.model, atom)),
  );
  const other = found === null ? undefined : atoms[found];
  if (other === undefined) return null;
  // One term with one wrong index may also be another cell's gradient: the document shows which it is.
  const elsewhere = heads.get(atomKey(other)) ?? 0;
  return written.length === 1 && elsewhere > 0 && (heads.get(atomKey(head)) ?? 0) < 2 ? null : other;
}

/** Cells that have one of the written terms: nothing else can be equal. */
function candidates(head: Head, written: readonly WrittenTerm[], { model }: Scope): readonly number[] {
  const tensor = head.kind === 'output' ? 'output' : head.of;
  for (const { factors } of written) {
    const atoms = (factors ?? []).map(({ atom }) => atom);
    const local = atoms.find(atom => atom.kind === 'local');
    if (local?.kind === 'local') return local.of === tensor ? [local.cell] : [];
    const given = atoms.flatMap((atom): Factor[] =>
      atom.kind === 'given' ? [{ given: atom.of, cell: atom.cell }] : [],
    );
    if (factors !== null && given.length === atoms.length) return cellsWith(model, tensor, given);
  }
  const count = cellCount(model, tensor);
  return count > SEARCH_CAP ? [] : Array.from({ length: count }, (_, cell) => cell);
}
