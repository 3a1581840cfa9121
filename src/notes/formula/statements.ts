/** Which segments stand together: each statement is one equation or chain, with what is said about it behind it. */

import type { Failure, Note } from './equation.js';
import { tokenLevels } from './levels.js';
import type { Segment } from './segments.js';
import type { Token, TokenKind } from './token.js';
import { isConditionWord } from './words.js';

export interface Statement {
  readonly tokens: Token[];
  /** Conditions and ranges behind it: "for j = 1, ..., d". */
  readonly tails: Token[][];
  readonly notes: Note[];
  failure: Failure | null;
  /** Whether it has a relation sign outside of brackets. */
  related: boolean;
}

const OPERATORS: ReadonlySet<TokenKind> = new Set<TokenKind>(['sign', 'product', 'slash', 'compare']);

export function hasRelation(tokens: readonly Token[]): boolean {
  const levels = tokenLevels(tokens);
  return tokens.some((token, at) => token.kind === 'relation' && levels[at] === 0);
}

export function startsWithOperator(tokens: readonly Token[]): boolean {
  return OPERATORS.has(tokens[0]?.kind ?? 'eof');
}

/** Ends where more must come: behind an operator or a relation sign. */
export function endsOpen(tokens: readonly Token[]): boolean {
  const kind = tokens.at(-1)?.kind ?? 'eof';
  return OPERATORS.has(kind) || kind === 'relation';
}

export function statementsOf(segments: readonly Segment[]): Statement[] {
  const statements: Statement[] = [];
  for (const [at, segment] of segments.entries()) addSegment(statements, segment, segments[at + 1]);
  return statements;
}

function addSegment(statements: Statement[], segment: Segment, following: Segment | undefined): void {
  const current = statements.at(-1);
  if (current === undefined) begin(statements, segment);
  else if (!current.related || endsOpen(current.tokens)) extend(statements, current, segment);
  else if (beginsAnother(segment, following)) begin(statements, segment);
  else if (isTail(segment)) current.tails.push([...segment.tokens]);
  else if (segment.comma !== null && current.tails.length > 0) joinTail(current, segment);
  else if (segment.separator === 'gap' || segment.separator === 'amp') besides(current, segment);
  else join(current, segment);
}

function begin(statements: Statement[], { tokens, relation }: Segment): void {
  statements.push({ tokens: [...tokens], tails: [], notes: [], failure: null, related: relation });
}

/** The present statement is no equation yet: a left side, words or a number, or mathematics without a relation. */
function extend(statements: Statement[], current: Statement, segment: Segment): void {
  const [first] = segment.tokens;
  const sign = first?.kind === 'relation' || startsWithOperator(segment.tokens);
  const apart = !current.related && !sign && !endsOpen(current.tokens);
  const beside = current.tokens.every(token => token.kind === 'text') || tagOf(current.tokens) !== null;
  const cut = /^(?:gap|line|semicolon)$/.test(segment.separator);
  if (apart && segment.separator !== 'text' && (beside || cut)) {
    statements.pop();
    begin(statements, segment);
    return;
  }
  if (apart && segment.separator === 'amp') unclear(current, segment);
  join(current, segment);
}

function unclear(current: Statement, { tokens }: Segment): void {
  const span = { start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
  const reason = 'it is unclear how the part behind the wide space or alignment mark belongs to the equation';
  current.failure ??= { code: 'ambiguous', reason, span };
}

function join(current: Statement, segment: Segment): void {
  const [first] = segment.tokens;
  if (segment.separator === 'arrow' && first !== undefined) {
    const span = { start: first.start, end: first.end };
    current.failure ??= { code: 'syntax', reason: 'an arrow stands inside the equation', span };
  }
  if (segment.comma !== null) current.tokens.push(segment.comma);
  for (const token of segment.tokens) current.tokens.push(token);
  current.related ||= segment.relation;
}

function joinTail(current: Statement, segment: Segment): void {
  const tail = current.tails.at(-1);
  if (segment.comma !== null) tail?.push(segment.comma);
  for (const token of segment.tokens) tail?.push(token);
}

function beginsAnother(segment: Segment, following: Segment | undefined): boolean {
  const [first] = segment.tokens;
  if (segment.separator === 'semicolon') return first?.kind !== 'relation';
  if (first?.kind === 'text' && isConditionWord(first.value)) return false;
  if (segment.comma !== null && namesOfRange(segment, following)) return true;
  if (first?.kind === 'relation') return false;
  if (!segment.relation) return isLeftSide(segment, following);
  const wrapped = segment.separator === 'line' || segment.separator === 'amp';
  return !(wrapped && startsWithOperator(segment.tokens));
}

/** A left side apart from its sign: `a &= b & c &= d`, or the sign on a line of its own. */
function isLeftSide(segment: Segment, following: Segment | undefined): boolean {
  const cut = segment.separator === 'amp' || segment.separator === 'line';
  const sign = following?.separator === segment.separator && following.tokens[0]?.kind === 'relation';
  return cut && sign && !startsWithOperator(segment.tokens);
}

/** The `i` of `, i, j = 1, \dots, n`. */
function namesOfRange(segment: Segment, following: Segment | undefined): boolean {
  const single = segment.tokens.length === 1 && segment.tokens[0]?.kind === 'name';
  return (
    single &&
    following?.comma !== null &&
    following?.relation === true &&
    following.tokens[0]?.kind === 'name'
  );
}

/** Conditions: words such as "if", a quantifier, `1 \le j \le d`, `x \in S`. */
function isTail(segment: Segment): boolean {
  const [first] = segment.tokens;
  if (first?.kind === 'forall' || (first?.kind === 'text' && segment.separator === 'text')) return true;
  return (
    !segment.relation && first?.kind !== 'compare' && segment.tokens.some(token => token.kind === 'compare')
  );
}

/** Behind a wide space or alignment mark stands a number, a label, the rest of the formula, or nobody knows what. */
function besides(current: Statement, segment: Segment): void {
  const [first] = segment.tokens;
  if (first === undefined) return;
  const span = { start: first.start, end: segment.tokens.at(-1)?.end ?? first.end };
  const tag = tagOf(segment.tokens);
  if (tag !== null) current.notes.push({ kind: 'tag', text: tag, span });
  else if (segment.tokens.every(token => token.kind === 'text')) {
    const text = segment.tokens.map(token => token.value.trim()).join(' ');
    current.notes.push({ kind: 'label', text, span });
  } else {
    const whole = startsWithOperator(segment.tokens) || first.kind === 'relation' || segment.comma !== null;
    if (!whole && !isPunctuation(segment.tokens)) unclear(current, segment);
    join(current, segment);
  }
}

function isPunctuation(tokens: readonly Token[]): boolean {
  return tokens.every(token => token.kind === 'dot' || token.kind === 'colon' || token.kind === 'dots');
}

/** What stands in a round bracket of its own if it can be an equation number: `(3)`, `(2a)`, `(1.2)`, `(ii)`, `(*)`. */
function tagOf(tokens: readonly Token[]): string | null {
  const [open, close] = [tokens[0], tokens.at(-1)];
  if (open?.kind !== 'open' || open.value !== '(' || close?.kind !== 'close' || tokens.length > 8)
    return null;
  const inner = tokens.slice(1, -1).map(token => (token.kind === 'dot' ? '.' : token.value));
  const text = inner.join('').replace(/ast|star/g, '*');
  return /^(?:[A-Z]?\d+(?:\.\d+)*[a-z]?|[ivx]+|\*+)$/.test(text) ? text : null;
}
