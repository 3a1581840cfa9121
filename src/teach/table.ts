/** The gradient table of one call: every cell of the output and of each gradient, written out. */
import { type Operator, operatorFrom } from '../ops/index.js';
import { symbolic } from '../proof/index.js';
import { type TableCall, tableCall } from './call.js';
import { tableCells } from './cells.js';
import { closedForms } from './closed-forms.js';
import type { GradientTable, Section } from './gradient-table.js';
import { checkOptions, chosenSections, indexStyle, type TableOptions } from './options.js';
import { refuseHopeless, refuseTooLarge } from './table-size.js';
import { writtenParams } from './written-params.js';

/**
 * Exact formulas, taken from the definition alone; the closed forms are the record's claims.
 * @throws BackproofError `bad-name`, `duplicate-name`, `unknown-section`, `unknown-index-style`, `bad-call`,
 *   `missing-input`,
 *   `unknown-input`, `rank-mismatch`, `table-too-large`, `unknown-operator`, and what `resolve` refuses.
 * @example gradientTable('conv2d', { input: { name: 'X', shape: [3, 3] }, kernel: { name: 'F', shape: [2, 2] } })
 *   // cells: O_{11} is X_{11}*F_{11} + ..., closedForms.kernel.text is dL/dF = correlate(X, dL/dO)
 */
export function gradientTable(operator: Operator | string, options: TableOptions): GradientTable {
  const record = operatorFrom(operator);
  checkOptions(record, options);
  const style = indexStyle(options);
  const table = tableCall(record, options);
  const partsOf = (parts: TableCall['parts']): ReadonlySet<Section> =>
    new Set(['forward', 'local', 'chain', ...parts.map(part => part.role)]);
  const named = table.parts.filter(part => part.named);
  const of = chosenSections(options, partsOf(table.parts), partsOf(named));
  refuseHopeless(table);
  const formulas = symbolic(record, table.call.inputs, table.call.params);
  refuseTooLarge(table, formulas, of);
  const shapeOf = (role: string) => table.parts.find(part => part.role === role)?.shown;
  const kernel = shapeOf('kernel');
  return {
    formatVersion: 1,
    op: record.name,
    params: writtenParams(record, table.call),
    shapes: { input: shapeOf('input')!, ...(kernel && { kernel }), output: table.output.shown },
    cells: tableCells(table, formulas, style, of),
    closedForms: closedForms(table),
  };
}
