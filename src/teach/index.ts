export type { ClosedForm, GradientTable, Section, TableCell, TableTerm } from './gradient-table.js';
export { sections } from './gradient-table.js';
export { type IndexStyle, indexStyles } from './names.js';
export type { TableOptions, TensorOption } from './options.js';
export { renderTable, type TableFormat, tableFormats } from './render/render.js';
export { gradientTable } from './table.js';
