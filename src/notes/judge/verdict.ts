/** What the judge says of one equation, before it is placed in the document. */
import type { Slip } from './claim.js';
import type { Rule } from './refusal.js';

export interface Judgement {
  readonly verdict: 'correct' | 'wrong' | 'unchecked';
  readonly rule: Rule;
  /** `one-shape`: for all values of the cells at the setup's shape; null for an unchecked equation. */
  readonly rung: 'one-shape' | null;
  readonly domain: string | null;
  /** One sentence for people. */
  readonly message: string;
  /** Why there is no verdict, or what is wrong where no term is; else null. */
  readonly reason: string | null;
  /** The right equation, LaTeX. */
  readonly expected: string | null;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly slip: Slip | null;
}

export function unchecked(rule: Rule, reason: string): Judgement {
  const nothing = { rung: null, domain: null, expected: null, missing: [], extra: [], slip: null };
  return { verdict: 'unchecked', rule, message: reason, reason, ...nothing };
}

export function correct(rule: Rule, domain: string, message: string): Judgement {
  const nothing = { reason: null, expected: null, missing: [], extra: [], slip: null };
  return { verdict: 'correct', rule, rung: 'one-shape', domain, message, ...nothing };
}

export interface Mistake {
  readonly message: string;
  readonly reason?: string | null;
  readonly expected?: string | null;
  readonly missing?: readonly string[];
  readonly extra?: readonly string[];
  readonly slip?: Slip | null;
}

export function wrong(rule: Rule, domain: string, mistake: Mistake): Judgement {
  const { message, reason = null, expected = null, missing = [], extra = [], slip = null } = mistake;
  return {
    verdict: 'wrong',
    rule,
    rung: 'one-shape',
    domain,
    message,
    reason,
    expected,
    missing,
    extra,
    slip,
  };
}
