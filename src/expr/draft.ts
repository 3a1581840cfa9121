/**
 * The working form of `simplify`: sums and products whose parts are joined in constant time, so that a chain
 * of 10^5 nested sums becomes flat in linear time.
 */
import { type Rational, rational } from '../exact/index.js';
import type { Expr } from './node.js';
import { constant, product, sum } from './node.js';

/** Parts in order: one (which is finished), or two ropes one after the other. */
type Rope = Draft | { readonly left: Rope; readonly right: Rope };

/** Changed only while it is being built, and when it is finished or marked as shared. */
export interface Draft {
  readonly kind: 'leaf' | 'sum' | 'product';
  /** What the constants among the parts add or multiply up to, and whether one stood first. */
  constant: Rational;
  leads: boolean;
  rope: Rope | undefined;
  count: number;
  /** Used more than once: absorbing it in a parent would copy it. */
  shared: boolean;
  /** The finished expression, once it was needed. */
  expr: Expr | undefined;
}

const neutral = { sum: rational.ZERO, product: rational.ONE } as const;
const combine = { sum: rational.add, product: rational.multiply } as const;
const LARGEST = 2n ** 512n;
const SMALLEST = -LARGEST;

export function leafOf(expr: Expr): Draft {
  const [constant, rope] = [rational.ZERO, undefined];
  return { kind: 'leaf', constant, leads: false, rope, count: 1, shared: false, expr };
}

/** Folding stops beyond 512 bits: constants squared again and again would never end. */
export function isCompact({ numerator, denominator }: Rational): boolean {
  const isSmall = typeof numerator === 'number' && typeof denominator === 'number';
  return isSmall || (numerator < LARGEST && numerator > SMALLEST && denominator < LARGEST);
}

/** The sum or product of the parts, flat, with one constant. */
export function join(kind: 'sum' | 'product', parts: readonly Draft[]): Draft {
  const whole: Draft = { ...leafOf(constant(0)), kind, constant: neutral[kind], count: 0, expr: undefined };
  for (const part of parts) {
    if (part.expr?.kind === 'constant') fold(whole, part.expr.value, true);
    else if (part.kind === kind && (!part.shared || part.count === 1)) {
      fold(whole, part.constant, part.leads);
      append(whole, part.rope!, part.count);
    } else {
      finish(part);
      append(whole, part, 1);
    }
  }
  return settled(kind, whole);
}

function append(whole: Draft, part: Rope, count: number): void {
  whole.rope = whole.rope ? { left: whole.rope, right: part } : part;
  whole.count += count;
}

function fold(whole: Draft, value: Rational, leads: boolean): void {
  if (whole.kind === 'leaf' || rational.equal(value, neutral[whole.kind])) return;
  if (isCompact(value) && isCompact(whole.constant)) {
    whole.constant = combine[whole.kind](whole.constant, value);
    whole.leads ||= leads && whole.count === 0;
  } else append(whole, leafOf(constant(value)), 1);
}

/** The draft without a trivial wrapping: nothing but a constant, or nothing but one part. */
function settled(kind: 'sum' | 'product', whole: Draft): Draft {
  const { constant: value, rope, count } = whole;
  if (rope === undefined || (kind === 'product' && value.numerator === 0)) return leafOf(constant(value));
  return count === 1 && rational.equal(value, neutral[kind]) && 'kind' in rope ? rope : whole;
}

/** The expression of a draft; made once, in time linear in its parts. */
export function finish(draft: Draft): Expr {
  draft.expr ??= draft.kind === 'sum' ? finishedSum(draft) : finishedProduct(draft);
  return draft.expr;
}

function finishedSum({ constant: value, leads, rope }: Draft): Expr {
  const parts = partsOf(rope);
  if (value.numerator === 0) return sum(parts);
  return sum(leads ? [constant(value), ...parts] : [...parts, constant(value)]);
}

function finishedProduct({ constant: value, rope }: Draft): Expr {
  const parts = partsOf(rope);
  return product(rational.equal(value, rational.ONE) ? parts : [constant(value), ...parts]);
}

function partsOf(rope: Rope | undefined): Expr[] {
  const parts: Expr[] = [];
  const pending = rope ? [rope] : [];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('left' in next) pending.push(next.right, next.left);
    else parts.push(next.expr!);
  }
  return parts;
}
