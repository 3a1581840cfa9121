/** Equations that say what something is: a new name, the loss, the values of open cells. */
import { variableKey } from '../../expr/index.js';
import type { ReadEquation } from '../formula/equation.js';
import type { Formula, Name } from '../formula/tree.js';
import { constantOf } from './compare.js';
import { type Context, lookingScope, quantityOrNull } from './context.js';
import { unknownName } from './meaning.js';
import { givenOf } from './model.js';
import { read } from './read.js';
import { everyReading } from './readings.js';
import { Refusal } from './refusal.js';
import { nothingSeen, type Scope } from './scope.js';
import { plainText } from './text.js';
import { aligned, entries, scalar, type Value } from './value.js';
import { type Judgement, unchecked } from './verdict.js';

/** The judgement of an equation that defines its left side; null for one that claims something. */
export function defines(equation: ReadEquation, context: Context): Judgement | null {
  const scope = lookingScope(context);
  const { left, right } = equation;
  if (equation.origin !== 'chain') {
    const names = newNames(left, scope);
    if (names !== null) return introduced(names, left, right, context);
    if (quantityOrNull(left, scope) === 'loss') {
      return unchecked(
        'definition',
        'it says what the loss is; the setup takes the loss as any function of the outputs',
      );
    }
  }
  return valuesGiven(left, right, context, scope);
}

/** The undeclared names on the left: one, or a whole matrix of them. */
function newNames(left: Formula, scope: Scope): readonly Name[] | null {
  const cells = left.kind === 'matrix' ? left.rows.flat() : [left];
  const names = cells.filter(cell => cell.kind === 'name');
  if (names.length < cells.length) return null;
  const unknown = names.every(
    name =>
      scope.names.meaning(name).kind === 'unknown' &&
      !scope.definitions.has(scope.names.key(name)) &&
      !isPowerOfKnown(name, scope),
  );
  return unknown ? names : null;
}

function isPowerOfKnown(name: Name, { names, definitions }: Scope): boolean {
  if (name.sup === null || !names.isPower(name)) return false;
  if (name.sup.of.kind !== 'number') return false;
  const base: Name = { ...name, sup: null };
  return names.meaning(base).kind !== 'unknown' || definitions.has(names.key(base));
}

function introduced(names: readonly Name[], left: Formula, right: Formula, context: Context): Judgement {
  const value = onlyValue(right, context);
  const written = plainText(left.kind === 'matrix' ? names[0]! : left);
  const meaning = context.names.meaning(names[0]!);
  const similar = meaning.kind === 'unknown' && !names[0]!.star ? meaning.suggestions : [];
  const hint = similar.length > 0 ? unknownName(written, similar) : '';
  const known =
    value instanceof Refusal ? `its right side cannot be used: ${value.message}` : 'it may be used below';
  const stored = !(value instanceof Refusal) && store(names, left, value, context);
  for (const name of names) {
    if (stored) context.unusable.delete(context.names.key(name));
    else context.unusable.add(context.names.key(name));
  }
  const use =
    value instanceof Refusal || stored ? known : 'its shape does not fit, so it cannot be used below';
  return unchecked('definition', `${written} is introduced here; ${use}${hint === '' ? '' : ` (${hint})`}`);
}

function store(
  names: readonly Name[],
  left: Formula,
  value: Value,
  { definitions, names: naming }: Context,
): boolean {
  if (left.kind !== 'matrix') {
    definitions.set(naming.key(names[0]!), value);
    return true;
  }
  const columns = left.rows[0]?.length ?? 1;
  const cells = entries(value);
  const fits =
    value.kind === 'matrix' &&
    value.rows.length === left.rows.length &&
    cells.length === left.rows.length * columns;
  if (fits) for (const [k, name] of names.entries()) definitions.set(naming.key(name), scalar(cells[k]!));
  return fits;
}

/** The value where the notation has one reading only. */
function onlyValue(formula: Formula, { model, names, definitions, unusable }: Context): Value | Refusal {
  const readings = everyReading(choose =>
    read(formula, { model, names, definitions, unusable, gaps: new Map(), choose, seen: nothingSeen() }),
  );
  const [only] = readings;
  if (readings.length === 1 && only) return only.result;
  return new Refusal('ambiguous', 'its products have several readings');
}

/** X = (numbers), X_{11} = 3, dL/dO = (ones): open cells that get a value. Null where nothing of the kind is said. */
function valuesGiven(left: Formula, right: Formula, context: Context, scope: Scope): Judgement | null {
  const targets = openCells(left, scope);
  if (targets === null) return null;
  const value = onlyValue(right, context);
  if (value instanceof Refusal) return null;
  const values = entries(value);
  if (!values.some(expr => isNumber(expr)) || !values.every(expr => isNumber(expr))) return null;
  const pair = targets.kind === 'matrix' && value.kind === 'matrix' ? aligned(targets, value) : null;
  if (targets.kind !== value.kind || (targets.kind === 'matrix' && pair === null)) return null;
  const cells = entries(pair?.[0] ?? targets);
  for (const [k, cell] of cells.entries()) {
    if (cell.kind === 'variable')
      context.given.set(variableKey(cell.tensor, cell.index), entries(pair?.[1] ?? value)[k]!);
  }
  return unchecked('definition', `${plainText(left)} gets its values here; the setup leaves them open`);
}

function isNumber(expr: Parameters<typeof constantOf>[0]): boolean {
  return constantOf(expr) !== null;
}

/** The side as open cells; null unless it is made of them alone. */
function openCells(left: Formula, scope: Scope): Value | null {
  const whole = left.kind === 'matrix' || quantityOrNull(left, scope) !== null;
  if (!whole) return null;
  try {
    const value = read(left, scope);
    const open = entries(value).every(expr => expr.kind === 'variable' && givenOf(expr) !== null);
    return open ? value : null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
