/**
 * A named pass to a shorter expression of the same value: nested sums and products become flat, constants are
 * folded, terms 0, factors 0 and 1 and double negations vanish. It is no normal form: see normal-form.ts.
 */
import { type Rational, rational } from '../exact/index.js';
import type { Draft } from './draft.js';
import { finish, isCompact, join, leafOf } from './draft.js';
import type { Expr } from './node.js';
import { call, children, constant, power, quotient } from './node.js';
import { countUses, postOrder } from './order.js';

/**
 * The simplified expression. Its value is the same wherever the original has one; it may have a value at more
 * points, since 0 times anything is 0. Parts that occur more than once stay shared.
 */
export function simplify(root: Expr): Expr {
  return simplifyAll([root])[0]!;
}

/** Like `simplify` for several expressions, which go on sharing parts. */
export function simplifyAll(roots: readonly Expr[]): Expr[] {
  const order = postOrder(roots);
  const uses = countUses(roots, order);
  const drafts = new Map<Expr, Draft>();
  for (const node of order) {
    const draft = draftOf(
      node,
      children(node).map(child => drafts.get(child)!),
    );
    if (uses.get(node)! > 1) draft.shared = true;
    drafts.set(node, draft);
  }
  return roots.map(root => finish(drafts.get(root)!));
}

function draftOf(node: Expr, parts: readonly Draft[]): Draft {
  switch (node.kind) {
    case 'constant':
    case 'variable':
      return leafOf(node);
    case 'sum':
    case 'product':
      return join(node.kind, parts);
    case 'power':
      return powerDraft(parts[0]!, node.exponent);
    case 'quotient':
      return quotientDraft(parts[0]!, parts[1]!);
    case 'call':
      return callDraft(node, parts);
  }
}

function powerDraft(base: Draft, exponent: number): Draft {
  if (exponent === 0) return leafOf(constant(1));
  if (exponent === 1) return base;
  const value = constantOf(base);
  // 0 to a negative power stays as it is: it has no value.
  const defined = value && (exponent > 0 || value.numerator !== 0);
  if (defined && Math.abs(exponent) <= 64) return leafOf(constant(rational.power(value, exponent)));
  return leafOf(power(finish(base), exponent));
}

function quotientDraft(top: Draft, bottom: Draft): Draft {
  const [numerator, denominator] = [constantOf(top), constantOf(bottom)];
  if (denominator?.numerator === 0) return leafOf(quotient(finish(top), finish(bottom)));
  if (numerator && denominator) return leafOf(constant(rational.divide(numerator, denominator)));
  if (numerator?.numerator === 0) return leafOf(constant(0));
  if (denominator && rational.equal(denominator, rational.ONE)) return top;
  return leafOf(quotient(finish(top), finish(bottom)));
}

function callDraft({ fn }: Expr & { kind: 'call' }, parts: readonly Draft[]): Draft {
  const [first, second] = parts.map(constantOf);
  if (fn === 'select' && first) return first.numerator >= 0 ? parts[1]! : parts[2]!;
  if (fn === 'max' && first && second) return rational.compare(first, second) >= 0 ? parts[0]! : parts[1]!;
  return leafOf(call(fn, parts.map(finish)));
}

/** The value of a constant that is small enough to compute with. */
function constantOf(draft: Draft): Rational | undefined {
  const { expr } = draft;
  return expr?.kind === 'constant' && isCompact(expr.value) ? expr.value : undefined;
}
