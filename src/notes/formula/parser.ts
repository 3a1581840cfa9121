/**
 * The state of one parse. The first failure is kept and moves the place to the end, so that every loop stops by itself
 * and nothing is thrown; what is returned after a failure is never looked at.
 */

import type { Span } from '../document/position.js';
import type { Failure, FailureCode } from './equation.js';
import type { Token, TokenKind } from './token.js';
import type { Formula } from './tree.js';

export interface Parser {
  /** The last one is the end. */
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
  context: Context;
  failure: Failure | null;
  readonly grammar: Grammar;
  /** Names that the setup declares as functions. */
  readonly functions: ReadonlySet<string>;
}

/** In a `list` a comma separates, in a `side` 1,820 is a number; among `cells` a wide space separates: [a \quad b]. */
export type Context = 'side' | 'list' | 'cells';

/** The rules that the parts of the grammar call across files; given by parse.ts, so that no file imports its caller. */
export interface Grammar {
  readonly comparison: (p: Parser) => Formula;
  readonly sum: (p: Parser) => Formula;
  readonly product: (p: Parser) => Formula;
  readonly factor: (p: Parser) => Formula;
  readonly primary: (p: Parser) => Formula;
  readonly atom: (p: Parser) => Formula;
}

const MAX_DEPTH = 120;

const NOTHING: Formula = { kind: 'ellipsis', form: 'dots', span: { start: 0, end: 0 } };

export function peek(p: Parser): Token {
  if (p.context !== 'cells') while (p.tokens[p.at]?.kind === 'gap') p.at += 1;
  return p.tokens[p.at] ?? last(p);
}

/** The token after the next one. */
export function peekSecond(p: Parser): Token {
  peek(p);
  return p.tokens[p.at + 1] ?? last(p);
}

function last(p: Parser): Token {
  return p.tokens[p.tokens.length - 1] as Token; // a parse has at least its end
}

export function next(p: Parser): Token {
  const token = peek(p);
  if (p.at < p.tokens.length - 1) p.at += 1;
  return token;
}

export function isNext(p: Parser, kind: TokenKind, value?: string): boolean {
  const token = peek(p);
  return token.kind === kind && (value === undefined || token.value === value);
}

export function accept(p: Parser, kind: TokenKind, value?: string): Token | null {
  return isNext(p, kind, value) ? next(p) : null;
}

export function fail(p: Parser, code: FailureCode, reason: string, span: Span): Formula {
  p.failure ??= { code, reason, span: { start: span.start, end: span.end } };
  p.at = p.tokens.length - 1;
  return NOTHING;
}

/** The next token cannot stand here. */
export function failHere(p: Parser, expected: string): Formula {
  const token = peek(p);
  const { code, reason } = unexpected(token, expected);
  return fail(p, code, reason, token);
}

function unexpected(token: Token, expected: string): Pick<Failure, 'code' | 'reason'> {
  switch (token.kind) {
    case 'unknown':
      return { code: 'unknown-command', reason: `${visible(token.value)} is not known` };
    case 'unsupported':
      return { code: 'unsupported', reason: `${token.value} is not read` };
    case 'bar':
      return { code: 'unsupported', reason: 'a single bar is not read' };
    case 'unclosed':
      return { code: 'unclosed', reason: token.value };
    case 'eof':
      return { code: 'syntax', reason: `the formula ends where ${expected} should stand` };
    default:
      return { code: 'syntax', reason: `${described(token)} stands where ${expected} should stand` };
  }
}

function described(token: Token): string {
  const name = NAMES[token.kind] ?? `a ${token.kind}`;
  return name.startsWith('the ') ? `${name} ${visible(token.value.trim())}` : name;
}

const NAMES: Partial<Record<TokenKind, string>> = {
  sub: 'a subscript',
  sup: 'a superscript',
  row: 'a row break',
  amp: 'an alignment mark &',
  gap: 'a wide space',
  open: 'the bracket',
  close: 'the bracket',
  text: 'the text',
  sign: 'the sign',
  product: 'the sign',
  slash: 'the sign',
  relation: 'the sign',
  compare: 'the sign',
  arrow: 'an arrow',
  comma: 'a comma',
  colon: 'a colon',
  semicolon: 'a semicolon',
  dot: 'a full stop',
  name: 'the name',
  number: 'the number',
};

/** Control characters and lone surrogates by their code. */
function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cs}]/gu,
    c => `U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}

/** Runs a rule one level deeper; the cap keeps every later walk over the tree within the stack. */
export function deeper(p: Parser, rule: (p: Parser) => Formula): Formula {
  if (p.depth >= MAX_DEPTH) {
    return fail(p, 'too-deep', `nested more than ${MAX_DEPTH} levels deep`, peek(p));
  }
  p.depth += 1;
  const formula = rule(p);
  p.depth -= 1;
  return formula;
}

/** Runs a rule in another context, and goes back to the one before. */
export function inContext<T>(p: Parser, context: Context, rule: () => T): T {
  const outer = p.context;
  p.context = context;
  const result = rule();
  p.context = outer;
  return result;
}

/** From where `start` begins to the end of the last token taken. */
export function spanFrom(p: Parser, start: number): Span {
  return { start, end: Math.max(start, p.tokens[p.at - 1]?.end ?? start) };
}
