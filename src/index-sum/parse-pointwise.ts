/** Pointwise formulas of the text form: cells of tensors, numbers, + - * / ^ and the named functions. */
import { integer } from '../exact/index.js';
import {
  call,
  constant,
  type Expr,
  type FunctionName,
  isFunctionName,
  power,
  product,
  quotient,
  sum,
  variable,
} from '../expr/index.js';
import type { Cursor } from './cursor.js';
import { parseAtom } from './parse-atom.js';
import { ARGUMENT } from './program.js';
import type { Atom } from './term.js';

export function parsePointwise(cursor: Cursor): { formula: Expr; arguments: Atom[] } {
  const atoms: Atom[] = [];
  const formula = parseSum(cursor, atoms);
  return { formula, arguments: atoms };
}

function parseSum(cursor: Cursor, atoms: Atom[]): Expr {
  const terms: Expr[] = [];
  for (let sign = cursor.firstSign(); sign !== null; sign = cursor.nextSign()) {
    const term = parseProduct(cursor, atoms);
    terms.push(sign < 0 ? product([constant(-1), term]) : term);
  }
  return terms.length === 1 ? terms[0]! : sum(terms);
}

function parseProduct(cursor: Cursor, atoms: Atom[]): Expr {
  let left = parsePower(cursor, atoms);
  for (;;) {
    if (cursor.accept('*')) left = product([left, parsePower(cursor, atoms)]);
    else if (cursor.accept('/')) left = quotient(left, parsePower(cursor, atoms));
    else return left;
  }
}

function parsePower(cursor: Cursor, atoms: Atom[]): Expr {
  const base = parseOperand(cursor, atoms);
  if (!cursor.accept('^')) return base;
  const { kind, text } = cursor.peek();
  if (kind !== 'number') throw cursor.fault('a natural exponent');
  cursor.position++;
  return power(base, Number(integer.from(text)));
}

function parseOperand(cursor: Cursor, atoms: Atom[]): Expr {
  const { kind, text } = cursor.peek();
  if (kind === 'number') {
    cursor.position++;
    return constant(integer.from(text));
  }
  if (cursor.accept('(')) {
    const inner = parseSum(cursor, atoms);
    cursor.expect(')');
    return inner;
  }
  if (kind === 'name' && cursor.is('(', 1)) return parseCall(cursor, atoms, text);
  if (kind === 'name' && cursor.is('[', 1)) {
    atoms.push(parseAtom(cursor));
    return variable(ARGUMENT, [atoms.length - 1]);
  }
  throw cursor.fault('a number, a cell such as x[n, k], or a function');
}

function parseCall(cursor: Cursor, atoms: Atom[], fn: string): Expr {
  if (!isFunctionName(fn)) throw cursor.fault('a known function');
  const name: FunctionName = fn;
  cursor.position += 2;
  const args: Expr[] = [];
  do args.push(parseSum(cursor, atoms));
  while (cursor.accept(','));
  cursor.expect(')');
  return call(name, args);
}
