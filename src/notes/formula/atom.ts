/** Atoms: the choice by the first token. */

import { bigAtom, isBig } from './big.js';
import { bars, bracketAtom } from './brackets.js';
import { plainName, readIndex } from './index-list.js';
import { environmentAtom } from './matrix.js';
import { called, nameAtom, scripted } from './name.js';
import { numberAtom } from './number.js';
import { applied, quotient } from './operator.js';
import { accept, deeper, fail, failHere, isNext, next, type Parser, peek, spanFrom } from './parser.js';
import { startsFactor } from './starts.js';
import { readSuperscript } from './superscript.js';
import { textAtom } from './text.js';
import type { Derivative, Formula } from './tree.js';

export function atom(p: Parser): Formula {
  return deeper(p, oneAtom);
}

function oneAtom(p: Parser): Formula {
  if (isBig(p)) return bigAtom(p);
  switch (peek(p).kind) {
    case 'number':
      return numberAtom(p);
    case 'name':
      return nameAtom(p);
    case 'text':
      return textAtom(p);
    case 'partial':
      return differentialAtom(p);
    case 'nabla':
      return nablaAtom(p);
    case 'open':
      return bracketAtom(p);
    case 'bar':
      return bars(p);
    case 'begin':
      return environmentAtom(p);
    case 'dots':
      return ellipsisAtom(p);
    default:
      return commandAtom(p);
  }
}

function commandAtom(p: Parser): Formula {
  switch (peek(p).kind) {
    case 'frac':
      return fracAtom(p);
    case 'sqrt':
      return rootAtom(p);
    case 'accent':
      return accentAtom(p);
    case 'note':
      return notedAtom(p);
    case 'prime':
      return quotedAtom(p);
    default:
      return failHere(p, 'a formula');
  }
}

function ellipsisAtom(p: Parser): Formula {
  const token = next(p);
  const form = token.value === 'vdots' ? 'vdots' : token.value === 'ddots' ? 'ddots' : 'dots';
  return { kind: 'ellipsis', form, span: { start: token.start, end: token.end } };
}

/** `\partial L`, `dW`, `\partial^2 L`; \partial_w L is a derivative; \partial alone an operator. */
function differentialAtom(p: Parser): Formula {
  const token = next(p);
  const symbol = token.value === 'd' ? 'd' : 'partial';
  if (symbol === 'partial' && isNext(p, 'sub')) return byIndex(p, symbol, token.start);
  let order = 1;
  if (isNext(p, 'sup')) {
    const above = readSuperscript(p).sup;
    order = above?.of.kind === 'number' ? Number(above.of.text) : Number.NaN;
    if (!(order >= 1 && order <= 9))
      return fail(p, 'unsupported', 'this order of a derivative is not read', token);
  }
  const of = startsFactor(p) && !isNext(p, 'number') ? p.grammar.primary(p) : null;
  const named = of === null || /^(?:name|call|transpose|entry|label)$/.test(of.kind);
  if (symbol === 'd' && !named) return fail(p, 'syntax', 'a differential d stands before a formula', token);
  return { kind: 'differential', symbol, order, of, span: spanFrom(p, token.start) };
}

function nablaAtom(p: Parser): Formula {
  return byIndex(p, 'nabla', next(p).start);
}

/** \nabla_W L, \partial_x L: the names below, then what it is the gradient of. */
function byIndex(p: Parser, symbol: Derivative['symbol'], start: number): Formula {
  const by = accept(p, 'sub') === null ? [] : readIndex(p, 'below').items;
  if (isNext(p, 'sup')) return fail(p, 'unsupported', 'a power of an operator is not read', peek(p));
  const of = startsFactor(p) ? applied(p) : null;
  return { kind: 'derivative', symbol, form: 'nabla', of, by, order: 1, span: spanFrom(p, start) };
}

function fracAtom(p: Parser): Formula {
  const { start } = next(p);
  const numerator = argument(p);
  const denominator = argument(p);
  return quotient(p, { form: 'fraction', numerator, denominator, span: spanFrom(p, start) });
}

/** An argument of \frac: braces, or one token, whose scripts are not its own. */
function argument(p: Parser): Formula {
  const token = peek(p);
  if (token.kind !== 'name')
    return isNext(p, 'open', '{') || startsFactor(p) ? atom(p) : failHere(p, 'an argument');
  next(p);
  return plainName(token);
}

function rootAtom(p: Parser): Formula {
  const token = next(p);
  const order = isNext(p, 'open', '[') ? [atom(p)] : [];
  const args = [argument(p), ...order];
  return { kind: 'call', head: plainName(token, 'sqrt'), args, span: spanFrom(p, token.start) };
}

/** An accent belongs to a name; over a formula it is not read. */
function accentAtom(p: Parser): Formula {
  const accent = next(p);
  const token = peek(p);
  const of =
    token.kind === 'name' ? plainName(next(p)) : token.kind === 'sub' ? failHere(p, 'a name') : atom(p);
  if (p.failure !== null) return of;
  if (of.kind !== 'name')
    return fail(p, 'unsupported', `a ${accent.value} over a formula is not read`, accent);
  const accents = [accent.value, ...of.accents];
  return called(p, scripted(p, { ...of, accents, span: spanFrom(p, accent.start) }));
}

/** `'full'` as an argument. */
function quotedAtom(p: Parser): Formula {
  const open = next(p);
  const word = accept(p, 'name');
  if (word === null || accept(p, 'prime') === null) return fail(p, 'syntax', 'a prime without a name', open);
  return { kind: 'label', text: word.value, of: null, span: spanFrom(p, open.start) };
}

/** \underbrace{...}_{...}: the formula stays, the remark goes. */
function notedAtom(p: Parser): Formula {
  next(p);
  const of = isNext(p, 'open', '{') ? atom(p) : failHere(p, 'the argument of a brace');
  while (p.failure === null && (accept(p, 'sub') ?? accept(p, 'sup')) !== null) skipScript(p);
  return of;
}

function skipScript(p: Parser): void {
  let depth = 0;
  do {
    const token = next(p);
    if (token.kind === 'eof') return;
    depth += token.kind === 'open' || token.kind === 'begin' ? 1 : 0;
    depth -= token.kind === 'close' || token.kind === 'end' ? 1 : 0;
  } while (depth > 0);
}
