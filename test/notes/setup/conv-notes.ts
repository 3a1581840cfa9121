/** Forward equations of a convolution as notes write them, from the definition of the operator. */
import { cellTerms, symbolic } from '../../../src/proof/index.js';
import type { Shape } from '../../../src/tensor/index.js';
import { unravel } from '../../../src/tensor/index.js';

export interface ConvNotes {
  readonly input: Shape;
  readonly kernel: Shape;
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly (readonly [number, number])[];
  readonly convention: 'correlation' | 'convolution';
  readonly index: 'pair' | 'pair0' | 'running' | 'running0';
  /** F_{11} rather than F_{1,1} where every index has one digit. */
  readonly glued: boolean;
  readonly names: { readonly x: string; readonly w: string; readonly y: string; readonly b: string | null };
  readonly kernelFirst: boolean;
}

const callOf = (notes: ConvNotes) =>
  symbolic(
    `conv${notes.input.length}d`,
    {
      x: [1, 1, ...notes.input],
      w: [1, 1, ...notes.kernel],
      ...(notes.names.b === null ? {} : { b: [1] }),
    },
    {
      stride: notes.stride,
      dilation: notes.dilation,
      padding: notes.padding,
      convention: notes.convention,
    },
  );

export interface WrittenCell {
  readonly name: string;
  readonly products: readonly string[];
}

/** One record per output cell that has a product, in C order. */
export function writtenCells(notes: ConvNotes): WrittenCell[] {
  const { call, output } = callOf(notes);
  const extents = { x: notes.input, w: notes.kernel, y: call.output.slice(2) };
  const glued =
    notes.glued &&
    Object.values(extents)
      .flat()
      .every(extent => extent < 10);
  const name = (tensor: 'x' | 'w' | 'y', cell: number) => {
    const base = notes.index.endsWith('0') ? 0 : 1;
    const running = notes.index.startsWith('running');
    const index = running ? [cell + base] : unravel(extents[tensor], cell).map(at => at + base);
    return `${notes.names[tensor]}_{${index.join(glued ? '' : ',')}}`;
  };
  const cells = extents.y.reduce((product, extent) => product * extent, 1);
  return Array.from({ length: cells }, (_, cell) => ({
    name: name('y', cell),
    products: cellTerms(output.cells, cell).map(({ factors }) => {
      if (factors.length === 1) return notes.names.b ?? '';
      const ordered = [...factors].sort((a, b) => (a.tensor < b.tensor === notes.kernelFirst ? -1 : 1));
      return ordered.map(factor => name(factor.tensor === 'x' ? 'x' : 'w', factor.cell)).join(' ');
    }),
  })).filter(({ products }) => products.length > (notes.names.b === null ? 0 : 1));
}

export const lineOf = ({ name, products }: WrittenCell): string => `${name} = ${products.join(' + ')}`;
export const forwardLines = (notes: ConvNotes): string[] => writtenCells(notes).map(lineOf);

/** Products without regard to order, for comparing meanings. */
export const meaningLines = (notes: ConvNotes): string[] =>
  writtenCells(notes)
    .map(
      ({ name, products }) =>
        `${name}=${products
          .map(product => product.split(' ').sort().join('*'))
          .sort()
          .join('+')}`,
    )
    .sort();
