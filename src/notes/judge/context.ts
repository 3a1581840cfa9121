/** What earlier equations and the whole document contribute to judging one equation. */
import type { Expr } from '../../expr/index.js';
import type { ReadEquation } from '../formula/equation.js';
import type { Formula } from '../formula/tree.js';
import { atomKey } from './atom.js';
import { quantityOf } from './meaning.js';
import type { Model } from './model.js';
import type { Choose } from './readings.js';
import { Refusal } from './refusal.js';
import { type Names, nothingSeen, type Scope } from './scope.js';
import type { Value } from './value.js';

/** One setup as the document uses it, equation after equation. */
export interface Context {
  readonly model: Model;
  readonly names: Names;
  /** Names that equations introduced. */
  readonly definitions: Map<string, Value>;
  /** Names introduced with a right side that could not be read. */
  readonly unusable: Set<string>;
  /** Numbers that equations gave to open cells, by variable key. */
  readonly given: Map<string, Expr>;
  readonly facts: Facts;
}

/** Facts of all equations under one setup. */
export interface Facts {
  /** Some equation says what the loss, or its gradient by the outputs, is. */
  readonly lossGiven: boolean;
  /** Equations whose one side is a bare number other than 0, or a matrix with numbers. */
  readonly numbers: number;
  /** How often each quantity stands alone on a left side. */
  readonly heads: ReadonlyMap<string, number>;
}

const firstOption: Choose = (_policy, options) => options[0]!.value;

/** A scope for looking at single quantities; what it sees is nobody's business. */
export function lookingScope({
  model,
  names,
  definitions,
  unusable,
}: Omit<Context, 'facts' | 'given'>): Scope {
  return { model, names, definitions, unusable, gaps: new Map(), choose: firstOption, seen: nothingSeen() };
}

export function newContext(model: Model, names: Names, equations: readonly ReadEquation[]): Context {
  const definitions = new Map<string, Value>();
  const unusable = new Set<string>();
  const scope = lookingScope({ model, names, definitions, unusable });
  return { model, names, definitions, unusable, given: new Map(), facts: factsOf(equations, scope) };
}

function factsOf(equations: readonly ReadEquation[], scope: Scope): Facts {
  const heads = new Map<string, number>();
  let lossGiven = false;
  let numbers = 0;
  for (const { left, right, origin } of equations) {
    if (isNumeric(left) || isNumeric(right)) numbers += 1;
    const quantity = quantityOrNull(left, scope);
    if (quantity === null || origin === 'chain') continue;
    if (quantity === 'loss') lossGiven = true;
    else if (quantity.kind === 'array') lossGiven ||= isUpstream(quantity.atoms[0]);
    else {
      lossGiven ||= isUpstream(quantity);
      heads.set(atomKey(quantity), (heads.get(atomKey(quantity)) ?? 0) + 1);
    }
  }
  return { lossGiven, numbers, heads };
}

function isUpstream(atom: { readonly kind: string; readonly of?: string } | undefined): boolean {
  return atom?.kind === 'given' && atom.of === 'upstream';
}

export function quantityOrNull(formula: Formula, scope: Scope): ReturnType<typeof quantityOf> {
  try {
    return quantityOf(formula, scope);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** A number other than 0, or a matrix that contains one. */
function isNumeric(formula: Formula): boolean {
  switch (formula.kind) {
    case 'number':
      return !/^0*\.?0*$/.test(formula.text);
    case 'negation':
      return isNumeric(formula.of);
    case 'matrix':
      return formula.rows.some(row => row.some(isNumeric));
    default:
      return false;
  }
}
