/** True equations of random setups in random notations, printed here and not by the judge's own writer. */
import fc from 'fast-check';
import { type CellTerm, cellTerms, type Symbolic, symbolic } from '../../../src/proof/index.js';
import { unravel } from '../../../src/tensor/index.js';

export interface Factor {
  readonly tensor: string;
  readonly cell: number;
}

export interface SignedTerm {
  readonly sign: 1 | -1;
  readonly factors: readonly Factor[];
}

export interface Layer {
  readonly operator: string;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** Shapes as the notes index them. */
  readonly written: Readonly<Record<string, readonly number[]>>;
  readonly params: Readonly<Record<string, number | string>>;
}

export interface Notation {
  readonly names: { readonly x: string; readonly w: string; readonly y: string; readonly loss: string };
  readonly index: 'pair' | 'pair0' | 'running' | 'running0';
  readonly comma: boolean;
  readonly sign: string;
  readonly derivative: 'partial' | 'd' | 'slash';
  readonly upstreamLast: boolean;
}

const conv = (
  operator: string,
  x: readonly number[],
  w: readonly number[],
  params: Record<string, number | string>,
): Layer => {
  const rank = x.length;
  const spatial = { x: [1, 1, ...x], w: [1, 1, ...w] };
  const y = symbolic(operator, spatial, params).output.shape.slice(-rank);
  return { operator, shapes: spatial, written: { x, w, y }, params };
};

const layers: readonly Layer[] = [
  conv('conv2d', [3, 3], [2, 2], {}),
  conv('conv2d', [4, 3], [2, 3], {}),
  conv('conv2d', [5, 5], [3, 3], { stride: 2 }),
  conv('conv2d', [3, 4], [3, 2], { padding: 1 }),
  conv('conv2d', [5, 4], [2, 2], { dilation: 2 }),
  conv('conv2d', [3, 3], [2, 2], { convention: 'convolution' }),
  conv('conv1d', [6], [3], { stride: 2, padding: 1 }),
  conv('conv1d', [5], [2], {}),
];

export const layerArbitrary = fc.constantFrom(...layers);

export const notationArbitrary: fc.Arbitrary<Notation> = fc.record({
  names: fc.constantFrom(
    { x: 'X', w: 'F', y: 'O', loss: 'L' },
    { x: 'a', w: 'w', y: 'z', loss: 'E' },
    { x: 'I', w: 'K', y: 'Y', loss: 'J' },
  ),
  index: fc.constantFrom('pair' as const, 'pair0' as const, 'running' as const, 'running0' as const),
  comma: fc.boolean(),
  sign: fc.constantFrom(' ', ' \\cdot ', ' \\times ', ' * '),
  derivative: fc.constantFrom('partial' as const, 'd' as const, 'slash' as const),
  upstreamLast: fc.boolean(),
});

export function directive({ operator, written, params }: Layer, { names, index }: Notation): string {
  const shape = (tensor: string) => `[${written[tensor]!.join(',')}]`;
  const settings = Object.entries(params).map(([key, value]) => `${key}=${value}`);
  const roles = `input=${names.x}${shape('x')} kernel=${names.w}${shape('w')} output=${names.y} loss=${names.loss}`;
  return `<!-- backproof: ${[operator, roles, ...settings, `index=${index}`].join(' ')} -->`;
}

export interface Target {
  readonly left: { readonly kind: 'output' | 'x' | 'w'; readonly cell: number };
  readonly terms: readonly SignedTerm[];
}

/** The definition of one quantity: a cell of the output, or of the gradient by x or w. */
export function targetOf(layer: Layer, kind: Target['left']['kind'], place: number): Target {
  const all: Symbolic = symbolic(layer.operator, layer.shapes, layer.params);
  const tensor = kind === 'output' ? all.output : all.gradients[kind]!;
  const cell = place % tensor.shape.reduce((a, b) => a * b, 1);
  const terms = cellTerms(tensor.cells, cell).map(({ factors }: CellTerm) => ({ sign: 1 as const, factors }));
  return { left: { kind, cell }, terms };
}

export function equationText({ left, terms }: Target, layer: Layer, notation: Notation): string {
  const name = (tensor: string, cell: number) => cellName(tensor, cell, layer, notation);
  const byLoss = (tensor: string, cell: number) => derivative(name(tensor, cell), notation);
  const head = left.kind === 'output' ? name('y', left.cell) : byLoss(left.kind, left.cell);
  const factor = ({ tensor, cell }: Factor) => (tensor === 'yBar' ? byLoss('y', cell) : name(tensor, cell));
  const sum = terms.map(({ sign, factors }, k) => {
    const ordered = notation.upstreamLast ? [...factors].reverse() : factors;
    const product = ordered.map(factor).join(notation.sign);
    const plus = k === 0 ? '' : ' + ';
    return `${sign < 0 ? (k === 0 ? '-' : ' - ') : plus}${product}`;
  });
  return `${head} = ${sum.join('') || '0'}`;
}

function derivative(by: string, { names, derivative: form }: Notation): string {
  switch (form) {
    case 'partial':
      return `\\frac{\\partial ${names.loss}}{\\partial ${by}}`;
    case 'd':
      return `\\frac{d${names.loss}}{d${by}}`;
    case 'slash':
      return `\\partial ${names.loss}/\\partial ${by}`;
  }
}

function cellName(
  tensor: string,
  cell: number,
  { written }: Layer,
  { names, index, comma }: Notation,
): string {
  const shape = written[tensor]!;
  const base = index === 'pair' || index === 'running' ? 1 : 0;
  const numbers = index.startsWith('pair') ? unravel(shape, cell).map(k => k + base) : [cell + base];
  const letter = tensor === 'x' ? names.x : tensor === 'w' ? names.w : names.y;
  return `${letter}_{${numbers.join(comma ? ',' : '')}}`;
}

/** The polynomial as a text: equal texts, equal polynomials. */
export function form(terms: readonly SignedTerm[]): string {
  const counts = new Map<string, number>();
  for (const { sign, factors } of terms) {
    const key = factors
      .map(({ tensor, cell }) => `${tensor}${cell}`)
      .sort()
      .join('*');
    counts.set(key, (counts.get(key) ?? 0) + sign);
  }
  return [...counts]
    .filter(([, count]) => count !== 0)
    .map(([key, count]) => `${count} ${key}`)
    .sort()
    .join(' + ');
}
