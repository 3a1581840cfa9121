/** Wrong closed forms: an operand that lacks its rotation, a matrix with a wrong cell, a transposed side. */
import type { ReadEquation } from '../formula/equation.js';
import { functionId } from '../formula/functions.js';
import { nodesOf } from '../formula/nodes.js';
import { latexOf } from '../formula/print.js';
import type { Call, Formula, Matrix, Name } from '../formula/tree.js';
import { type Atom, arrayOf, lossByCell, roleCell } from './atom.js';
import { equalSides } from './equal-sides.js';
import { atomOrNull, type Outcome } from './outcome.js';
import { rewrite } from './rewrite.js';
import type { Scope } from './scope.js';
import { plainText } from './text.js';
import type { Mistake } from './verdict.js';
import { atomFormula, type Writer } from './write.js';

export function byOperands(
  { left, right }: ReadEquation,
  { scope, seen }: Outcome,
  writer: Writer,
): Mistake | null {
  const holds = (changed: Sides) => equalSides(changed.left, changed.right, scope);
  const rotations = seen.sliding ? [...rotatedOperands(left, right), ...otherExtent(left, right)] : [];
  const sides = { left, right };
  for (const { change, message, slip, from, to } of [...rotations, ...recast(sides, writer, scope)]) {
    const changed = { left: rewrite(left, change), right: rewrite(right, change) };
    if (!holds(changed)) continue;
    const expected = `${latexOf(changed.left)} = ${latexOf(changed.right)}`;
    return { message, expected, slip, missing: [latexOf(to)], extra: [latexOf(from)] };
  }
  return null;
}

interface Sides {
  readonly left: Formula;
  readonly right: Formula;
}

interface Change {
  readonly change: (node: Formula) => Formula | null;
  readonly message: string;
  readonly slip: 'unrotated-kernel' | 'transposed' | 'index' | null;
  readonly from: Formula;
  readonly to: Formula;
}

const replacing = (from: Formula, to: Formula) => (node: Formula) => (node === from ? to : null);

/** Each operand of a sliding product, rotated by 180 degrees, or no longer; a transposed one, rotated instead. */
function rotatedOperands(left: Formula, right: Formula): readonly Change[] {
  const operands = [left, right]
    .flatMap(side => [...nodesOf(side)])
    .flatMap(node => (node.kind === 'call' ? node.args : node.kind === 'product' ? node.factors : []));
  return operands.flatMap(from => {
    const inner = from.kind === 'label' && from.of !== null ? from.of : from;
    const [rotated] = inner.kind === 'call' && functionId(inner) === 'rot180' ? inner.args : [];
    const change = (to: Formula, message: string, slip: Change['slip']) => ({
      change: replacing(from, to),
      message,
      slip,
      from,
      to,
    });
    if (rotated)
      return [change(rotated, `${plainText(rotated)} must not be rotated here`, 'unrotated-kernel')];
    const turned = inner.kind === 'transpose' ? inner.of : null;
    if (turned === null) {
      const message = `${plainText(from)} must be rotated by 180 degrees`;
      return [change(rotation(from), message, 'unrotated-kernel')];
    }
    const message = `${plainText(turned)} must be rotated by 180 degrees, not transposed`;
    return [
      change(rotation(turned), message, 'transposed'),
      change(turned, `${plainText(turned)} must not be transposed`, 'transposed'),
    ];
  });
}

/** A full product where the valid one is right, and the other way round. */
function otherExtent(left: Formula, right: Formula): readonly Change[] {
  const nodes = [left, right].flatMap(side => [...nodesOf(side)]);
  return nodes.flatMap((from): Change[] => {
    const to = withOtherExtent(from);
    const message = 'the size of the sliding product is not the one that belongs here: full or not';
    return to === null ? [] : [{ change: replacing(from, to), message, slip: null, from, to }];
  });
}

function withOtherExtent(formula: Formula): Formula | null {
  if (formula.kind === 'call') {
    const { base } = formula.head;
    if (/^full[ -]/i.test(base))
      return { ...formula, head: { ...formula.head, base: base.replace(/^full[ -]/i, '') } };
    const slides = functionId(formula)?.endsWith('ion') === true;
    return slides ? { ...formula, head: { ...formula.head, base: `Full ${base}`, font: 'text' } } : null;
  }
  if (formula.kind !== 'product' || formula.signs.length !== 1) return null;
  const signs = formula.signs.map(sign => ({ ...sign, mode: sign.mode === 'full' ? null : 'full' }));
  return { ...formula, signs };
}

function rotation(of: Formula): Call {
  const head: Name = {
    kind: 'name',
    base: 'rot180',
    font: 'text',
    accents: [],
    primes: 0,
    star: false,
    sub: null,
    sup: null,
    span: of.span,
  };
  return { kind: 'call', head, args: [of], span: of.span };
}

/** Each explicit matrix, transposed, or with the cells of the whole tensor that its first cell belongs to. */
function recast({ left, right }: Sides, writer: Writer, scope: Scope): readonly Change[] {
  const matrices = [left, right].flatMap(side => [...nodesOf(side)]).filter(node => node.kind === 'matrix');
  return matrices.flatMap(from => {
    const whole = wholeTensor(from, writer, scope);
    const mirrored = mirror(from);
    const transposed: Change = {
      change: replacing(from, mirrored),
      message: 'a matrix is transposed',
      slip: 'transposed',
      from,
      to: mirrored,
    };
    if (whole === null) return [transposed];
    const message = 'a cell of the matrix is not the one that belongs there';
    return [transposed, { change: replacing(from, whole), message, slip: 'index', from, to: whole }];
  });
}

function mirror(matrix: Matrix): Matrix {
  const columns = matrix.rows[0]?.length ?? 0;
  return { ...matrix, rows: Array.from({ length: columns }, (_, j) => matrix.rows.map(row => row[j]!)) };
}

function wholeTensor(matrix: Matrix, writer: Writer, scope: Scope): Matrix | null {
  const first = matrix.rows[0]?.[0];
  const atom = first ? atomOrNull(first, scope) : null;
  const atoms = atom === null ? null : tensorOf(atom, scope);
  const columns = matrix.rows[0]?.length ?? 0;
  if (atoms === null || atoms.length !== matrix.rows.length * columns) return null;
  const rows = matrix.rows.map((row, i) => row.map((_, j) => atomFormula(writer, atoms[i * columns + j]!)));
  return { ...matrix, rows };
}

function tensorOf(atom: Atom, { model }: Scope): readonly Atom[] | null {
  switch (atom.kind) {
    case 'given':
      if (atom.of === 'upstream') return arrayOf(model, 'output', cell => lossByCell('output', cell)).atoms;
      return arrayOf(model, atom.of, cell => roleCell(atom.of === 'upstream' ? 'output' : atom.of, cell))
        .atoms;
    case 'gradient':
      return arrayOf(model, atom.of, cell => lossByCell(atom.of, cell)).atoms;
    case 'output':
      return arrayOf(model, 'output', cell => roleCell('output', cell)).atoms;
    case 'local':
    case 'outside':
      return null;
  }
}
