/** The quantities that a setup knows by name, and what they are made of. */
import { type Expr, variable } from '../../expr/index.js';
import type { Shape } from '../../tensor/index.js';
import type { Role } from '../setup/setup.js';
import {
  cellCount,
  forwardCell,
  type Given,
  givenCell,
  gradientCell,
  localCell,
  type Model,
  type Source,
} from './model.js';
import { refuse } from './refusal.js';
import { type Matrix, matrix, type Scalar, scalar } from './value.js';

/** One quantity, before anything is put in its place. Cells are flat numbers. */
export type Atom =
  /** X_{12}, F_{12}, b; dL/dO_{12} is a cell of `upstream`. */
  | { readonly kind: 'given'; readonly of: Given; readonly cell: number }
  /** O_{12}. */
  | { readonly kind: 'output'; readonly cell: number }
  /** dL/dX_{12}. */
  | { readonly kind: 'gradient'; readonly of: Source; readonly cell: number }
  /** dO_{11}/dX_{12}. */
  | { readonly kind: 'local'; readonly output: number; readonly of: Source; readonly cell: number }
  /** An index that the tensor does not have, or a derivative by one; `written` tells two of them apart. */
  | { readonly kind: 'outside'; readonly role: Role; readonly written: string };

/** A whole tensor of quantities. */
export interface AtomArray {
  readonly kind: 'array';
  readonly atoms: readonly Atom[];
  readonly shape: Shape;
}

export function exprOfAtom(model: Model, atom: Atom): Expr {
  switch (atom.kind) {
    case 'given':
      return givenCell(atom.of, atom.cell);
    case 'output':
      return forwardCell(model, atom.cell);
    case 'gradient':
      return gradientCell(model, atom.of, atom.cell);
    case 'local':
      return localCell(model, atom.output, atom.of, atom.cell);
    case 'outside':
      return variable(`outside ${atom.written}`);
  }
}

export function sameAtom(a: Atom, b: Atom): boolean {
  return atomKey(a) === atomKey(b);
}

export function atomKey(atom: Atom): string {
  switch (atom.kind) {
    case 'given':
    case 'gradient':
      return `${atom.kind} ${atom.of} ${atom.cell}`;
    case 'output':
      return `output ${atom.cell}`;
    case 'local':
      return `local ${atom.output} ${atom.of} ${atom.cell}`;
    case 'outside':
      return `outside ${atom.written}`;
  }
}

/** The derivative of the loss by a cell of a role. */
export function lossByCell(role: Role, cell: number): Atom {
  if (role === 'output') return { kind: 'given', of: 'upstream', cell };
  return { kind: 'gradient', of: role, cell };
}

export function roleCell(role: Role, cell: number): Atom {
  return role === 'output' ? { kind: 'output', cell } : { kind: 'given', of: role, cell };
}

/** The shape of a tensor as the notes index it. */
export function writtenShape({ setup }: Model, role: Role): Shape {
  const names = setup.roles[role];
  return names ? names.shape : refuse('unknown-name', `the setup has no ${role}`);
}

export function arrayOf(model: Model, role: Role, atomOf: (cell: number) => Atom): AtomArray {
  const count = cellCount(model, role);
  const atoms = Array.from({ length: count }, (_, cell) => atomOf(cell));
  return { kind: 'array', atoms, shape: writtenShape(model, role) };
}

/** An array with at most two axes longer than 1, as a matrix; with none, as a scalar. */
export function valueOfArray(model: Model, { atoms, shape }: AtomArray, what: string): Matrix | Scalar {
  const extents = shape.length > 2 ? shape.filter(extent => extent > 1) : shape;
  const exprs = atoms.map(atom => exprOfAtom(model, atom));
  if (extents.length === 0 || (extents.length === 1 && exprs.length === 1)) return scalar(exprs[0]!);
  if (extents.length === 1) return matrix([exprs], 1);
  if (extents.length > 2)
    return refuse('not-covered', `${what} has ${extents.length} axes; arrays are compared up to two`);
  const [rows, columns] = [extents[0]!, extents[1]!];
  return matrix(Array.from({ length: rows }, (_, i) => exprs.slice(i * columns, (i + 1) * columns)));
}
