/** Names and derivatives as quantities of the setup. */
import type { Derivative, Differential, Formula, Name } from '../formula/tree.js';
import type { Reference } from '../setup/names.js';
import type { Role } from '../setup/setup.js';
import { type Atom, type AtomArray, arrayOf, lossByCell, roleCell } from './atom.js';
import { refuse } from './refusal.js';
import type { Scope } from './scope.js';
import { plainText } from './text.js';

export type Quantity = Atom | AtomArray;

/** A name without its superscript and the power that this was; else the name as it is, and null. */
interface Powered {
  readonly name: Name;
  readonly exponent: number | null;
}

/** x^2 is a power unless the setup says that superscripts are layers. */
export function powerOf(name: Name, { names }: Scope): Powered {
  if (name.sup === null || !names.isPower(name)) return { name, exponent: null };
  const { of } = name.sup;
  if (of.kind !== 'number' || !/^\d+$/.test(of.text)) {
    return refuse(
      'not-covered',
      `the superscript of ${plainText(name)} is neither a number nor a known layer`,
    );
  }
  return { name: { ...name, sup: null }, exponent: Number(of.text) };
}

/** What a name stands for in the setup; null for the loss. */
export function quantityOfName(name: Reference, scope: Scope): Quantity | null {
  const meaning = scope.names.meaning(name);
  switch (meaning.kind) {
    case 'cell':
      return roleCell(meaning.role, meaning.cell);
    case 'outside':
      return outsideAtom(meaning.role, plainText(name));
    case 'array':
      return arrayOf(scope.model, meaning.role, cell => roleCell(meaning.role, cell));
    case 'upstream':
      if (meaning.cell !== null) return lossByCell('output', meaning.cell);
      return arrayOf(scope.model, 'output', cell => lossByCell('output', cell));
    case 'loss':
      return null;
    case 'symbolic':
      return refuse(
        'not-covered',
        `${plainText(name)} has a symbolic index; equations are judged cell by cell, with numbers as indices`,
      );
    case 'unknown':
      return refuse('unknown-name', unknownName(plainText(name), meaning.suggestions));
    case 'ambiguous':
      return refuse('ambiguous', meaning.reason);
  }
}

export function unknownName(written: string, suggestions: readonly string[]): string {
  const hint = suggestions.length > 0 ? `; did you mean ${suggestions.join(' or ')}?` : '';
  return `${written} is not declared in the setup${hint}`;
}

/** The loss, a quantity, or null where it is neither: then it is an expression, or a name in between. */
export function quantityOf(formula: Formula, scope: Scope): Quantity | 'loss' | null {
  switch (formula.kind) {
    case 'name': {
      if (powerOf(formula, scope).exponent !== null) return null;
      if (scope.definitions.has(scope.names.key(formula))) return null;
      if (scope.names.meaning(formula).kind === 'unknown') return null;
      return quantityOfName(formula, scope) ?? 'loss';
    }
    case 'label':
      return formula.of === null ? null : quantityOf(formula.of, scope);
    case 'derivative':
      return quantityOfDerivative(formula, scope);
    case 'differential':
      return quantityOfDifferential(formula, scope);
    case 'entry':
    case 'call':
      return scope.names.meaning(formula).kind === 'unknown'
        ? null
        : (quantityOfName(formula, scope) ?? 'loss');
    default:
      return null;
  }
}

/** dL/dX_{12} and dO_{11}/dX_{12} as quantities; null for a derivative of anything else. */
function quantityOfDerivative({ of, by, order }: Derivative, scope: Scope): Quantity | null {
  const [only] = by;
  if (of === null || only === undefined || order !== 1) return null;
  const above = quantityOf(of, scope);
  const below = above === null ? null : quantityOf(only, scope);
  if (above === null || below === null || below === 'loss') return null;
  if (above === 'loss') return throughArray(scope, below, atom => lossBy(atom));
  if (above.kind === 'array') {
    if (below.kind === 'array')
      return refuse('not-covered', 'a derivative of an array by an array has more than two axes');
    return spread(above, atom => localBy(atom, below));
  }
  return throughArray(scope, below, atom => localBy(above, atom));
}

/** dW short for dL/dW, where W is known; dout where the setup declares it. */
function quantityOfDifferential(formula: Differential, scope: Scope): Quantity | null {
  const { of, order } = formula;
  if (of === null || order !== 1) return null;
  if (scope.names.meaning(formula).kind === 'upstream') return quantityOfName(formula, scope);
  const quantity = quantityOf(of, scope);
  if (quantity === null || quantity === 'loss') return null;
  return throughArray(scope, quantity, atom => lossBy(atom));
}

function throughArray(
  scope: Scope,
  quantity: Quantity,
  change: (atom: Atom) => Atom | null,
): Quantity | null {
  if (quantity.kind !== 'array') return change(quantity);
  scope.seen.arrays = true;
  return spread(quantity, change);
}

function spread(array: AtomArray, change: (atom: Atom) => Atom | null): AtomArray | null {
  const atoms = array.atoms.map(change);
  return atoms.every(atom => atom !== null) ? { ...array, atoms } : null;
}

function lossBy(atom: Atom): Atom | null {
  switch (atom.kind) {
    case 'given':
      return atom.of === 'upstream' ? null : lossByCell(atom.of, atom.cell);
    case 'output':
      return lossByCell('output', atom.cell);
    case 'outside':
      return outsideAtom(atom.role, `dL/d${atom.written}`);
    default:
      return null;
  }
}

function localBy(above: Atom, below: Atom): Atom | null {
  const outside = [above, below].find(atom => atom.kind === 'outside');
  if (outside?.kind === 'outside') return outsideAtom(outside.role, `d${name(above)}/d${name(below)}`);
  if (above.kind !== 'output' || below.kind !== 'given' || below.of === 'upstream') return null;
  return { kind: 'local', output: above.cell, of: below.of, cell: below.cell };
}

function name(atom: Atom): string {
  return atom.kind === 'outside' ? atom.written : 'cell' in atom ? `${atom.kind} ${atom.cell}` : '';
}

function outsideAtom(role: Role, written: string): Atom {
  return { kind: 'outside', role, written };
}
