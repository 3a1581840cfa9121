import type { GradientTable } from '../gradient-table.js';

export function renderJson(table: GradientTable): string {
  return `${JSON.stringify(table, null, 2)}\n`;
}
