/** A formula as a value: everything the setup defines is put in its place. */
import { vjp } from '../../autodiff/index.js';
import { constant, type Expr, postOrder, power } from '../../expr/index.js';
import { functionId } from '../formula/functions.js';
import type {
  Call,
  Derivative,
  Differential,
  Entry,
  Formula,
  Matrix as MatrixFormula,
  Name,
  Power,
  Term,
} from '../formula/tree.js';
import { type Atom, exprOfAtom, valueOfArray } from './atom.js';
import { readBetween } from './between.js';
import { readCall } from './call.js';
import { readEntry } from './entry.js';
import { powerOf, type Quantity, quantityOf, quantityOfName } from './meaning.js';
import { givenOf } from './model.js';
import { numberOf } from './number.js';
import { readProduct } from './product.js';
import { refuse } from './refusal.js';
import type { Scope } from './scope.js';
import { plainText } from './text.js';
import { dividedBy, map, matrix, negated, ONE, scalar, total, transposed, type Value } from './value.js';

/** @throws Refusal for whatever has no reading in this setup. */
export function read(formula: Formula, scope: Scope): Value {
  switch (formula.kind) {
    case 'number':
      scope.seen.number = true;
      return scalar(constant(numberOf(formula)));
    case 'name':
      return readName(formula, scope);
    case 'derivative':
      return readDerivative(formula, scope);
    case 'differential':
    case 'entry':
    case 'call':
      return readReference(formula, scope);
    case 'sum':
      return total(formula.terms.map(term => readTerm(term, scope)));
    case 'product':
      return readProduct(formula, scope, read);
    case 'quotient':
      return dividedBy(read(formula.numerator, scope), read(formula.denominator, scope));
    case 'power':
      return readPower(formula, scope);
    case 'negation':
      return negated(read(formula.of, scope));
    case 'transpose': {
      const value = read(formula.of, scope);
      return value.kind === 'scalar' ? value : transposed(value);
    }
    case 'matrix':
      return readMatrix(formula, scope);
    case 'label':
      if (formula.of !== null) return read(formula.of, scope);
      return refuse('not-covered', `the words "${formula.text.trim()}" stand for no quantity`);
    default:
      return notCovered(formula);
  }
}

type NotCovered = Extract<Formula, { kind: 'ellipsis' | 'big' | 'list' | 'cases' | 'comparison' | 'slice' }>;

function notCovered(formula: NotCovered): never {
  switch (formula.kind) {
    case 'ellipsis':
      return refuse('ambiguous', 'what the dots leave out is not determined by the terms around them');
    case 'big':
      return refuse('not-covered', `a ${formula.op} sign with limits is not covered; write the terms out`);
    case 'list':
      return refuse('not-covered', 'a list is not covered; write a matrix');
    case 'cases':
      return refuse('not-covered', 'a definition by cases is not covered');
    case 'comparison':
      return refuse('not-covered', 'a comparison inside the equation is not covered');
    case 'slice':
      return refuse('not-covered', 'a slice is not covered');
  }
}

function readTerm({ sign, formula }: Term, scope: Scope): Value {
  const hidden = scope.gaps.get(formula);
  if (hidden) return scalar(hidden);
  const value = read(formula, scope);
  return sign === '-' ? negated(value) : value;
}

/** dW, F[1][1] and Y(1,2) may be quantities of the setup; a call may be a function of arrays. */
function readReference(formula: Differential | Entry | Call, scope: Scope): Value {
  const known = formula.kind !== 'call' || functionId(formula) === null;
  const quantity = known ? quantityOf(formula, scope) : null;
  if (quantity !== null && quantity !== 'loss') return quantityValue(quantity, formula, scope);
  switch (formula.kind) {
    case 'differential':
      return refuse('not-covered', `${plainText(formula)} is not the gradient of a known quantity`);
    case 'entry':
      return readEntry(formula, read(formula.of, scope), scope);
    case 'call':
      return readCall(formula, scope, read);
  }
}

function readName(name: Name, scope: Scope): Value {
  const key = scope.names.key(name);
  const isNew = scope.names.meaning(name).kind === 'unknown';
  const defined = isNew ? scope.definitions.get(key) : undefined;
  if (defined) return defined;
  if (isNew && scope.unusable.has(key)) {
    return refuse('unknown-name', `${plainText(name)} was introduced with a right side that cannot be used`);
  }
  const powered = powerOf(name, scope);
  if (powered.exponent !== null) {
    return raised(readName(powered.name, scope), powered.exponent);
  }
  const quantity = quantityOfName(name, scope);
  if (quantity === null) {
    const reason = `${plainText(name)} is any function of the outputs; the setup does not define it further`;
    return refuse('definition', reason);
  }
  return quantityValue(quantity, name, scope);
}

function quantityValue(quantity: Quantity, written: Formula, scope: Scope): Value {
  const atoms = quantity.kind === 'array' ? quantity.atoms : [quantity];
  for (const atom of atoms) note(atom, written, scope);
  if (quantity.kind !== 'array') return scalar(exprOfAtom(scope.model, quantity));
  scope.seen.arrays = true;
  return valueOfArray(scope.model, quantity, plainText(written));
}

function note(atom: Atom, written: Formula, { seen }: Scope): void {
  if (atom.kind === 'outside') seen.outside.set(plainText(written), atom.role);
  if (atom.kind === 'local') seen.local = true;
  if (atom.kind !== 'given') seen.derived = true;
}

function readDerivative(formula: Derivative, scope: Scope): Value {
  const { of, by } = formula;
  if (of === null || by.length === 0) {
    return refuse('not-covered', 'a derivative sign without the quantity it applies to is not covered');
  }
  const quantity = quantityOf(formula, scope);
  if (quantity !== null && quantity !== 'loss') return quantityValue(quantity, formula, scope);
  const between = readBetween(formula, scope);
  if (between !== null) return scalar(between);
  const value = read(of, scope);
  return by.reduce<Value>(
    (result, one) => map(result, expr => derivativeBy(expr, one, formula, scope)),
    value,
  );
}

/** The derivative of an expression in given cells by one of them. */
function derivativeBy(expr: Expr, by: Formula, whole: Derivative, scope: Scope): Expr {
  const below = quantityOf(by, scope);
  if (below === null) read(by, scope);
  if (below === null || below === 'loss' || below.kind !== 'given' || below.of === 'upstream') {
    return refuse('not-covered', `${plainText(whole)} is not a derivative that the setup defines`);
  }
  const cell = exprOfAtom(scope.model, below);
  // The upstream gradient depends on the cells in a way that the setup leaves open.
  if (cell.kind !== 'variable' || dependsOnUpstream(expr)) {
    return refuse('not-covered', `${plainText(whole)} depends on second derivatives of the loss`);
  }
  scope.seen.derived = true;
  return vjp([expr], [ONE]).at(cell.tensor, cell.index);
}

function dependsOnUpstream(expr: Expr): boolean {
  const isOpen = (node: Expr) => node.kind === 'variable' && [null, 'upstream'].includes(givenOf(node));
  return postOrder([expr]).some(isOpen);
}

const LARGEST_POWER = 64;

function readPower({ base, exponent }: Power, scope: Scope): Value {
  const negative = exponent.kind === 'negation';
  const size = negative ? exponent.of : exponent;
  if (size.kind !== 'number' || !/^\d+$/.test(size.text)) {
    return refuse('not-covered', 'only powers with a whole number as exponent are covered');
  }
  return raised(read(base, scope), negative ? -Number(size.text) : Number(size.text));
}

function raised(value: Value, exponent: number): Value {
  if (value.kind === 'matrix') return refuse('not-covered', 'powers of matrices are not covered');
  if (Math.abs(exponent) > LARGEST_POWER) {
    return refuse('not-covered', `powers above ${LARGEST_POWER} are not expanded`);
  }
  return scalar(power(value.expr, exponent));
}

function readMatrix({ rows, bracket }: MatrixFormula, scope: Scope): Value {
  if (bracket === 'double-bar') return refuse('ambiguous', 'double bars may be a norm');
  const cells = rows.map(row =>
    row.map(cell => {
      const value = read(cell, scope);
      if (value.kind === 'matrix') return refuse('not-covered', 'matrices inside a matrix are not covered');
      return value.expr;
    }),
  );
  return matrix(cells);
}
