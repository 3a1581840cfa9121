/** One table: the cells where cells were asked for, else the layers. */
import { csv } from '../../render/csv.js';
import type { NetworkTable } from '../network-table.js';

export function networkCsv({ cells, layers }: NetworkTable): string {
  if (cells.length > 0) {
    const rows = cells.map(({ of, tensor, index, left, plain, leftLatex, latex }) => [
      of,
      tensor,
      left,
      index.join(' '),
      plain,
      leftLatex,
      latex,
    ]);
    return csv([['of', 'tensor', 'cell', 'index', 'plain', 'cell_latex', 'latex'], ...rows]);
  }
  const rows = layers.map(({ name, op, text, output, parameters, multiplyAdds }) => [
    name,
    op,
    text,
    output.join('x'),
    String(parameters),
    String(multiplyAdds),
  ]);
  return csv([['layer', 'op', 'computes', 'output', 'parameters', 'multiply_adds'], ...rows]);
}
