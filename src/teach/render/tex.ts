/** A LaTeX fragment for \input: aligned equations that may break over pages; it needs amsmath alone. */
import type { GradientTable, Section } from '../gradient-table.js';
import { closedFormList, type Equation, tableParts, tableSummary, tableTitle } from './reading.js';

/** Products that fit a line of print; the chain rule's are twice as wide. */
const termsALine = (of: Section): number => (of === 'chain' ? 3 : 4);

/** amsmath sets an alignment in one piece before any page is broken. */
const ROWS_A_BLOCK = 100;

export function renderTex(table: GradientTable): string {
  const parts = tableParts(table).flatMap(({ title, equations }) => [
    `\\subsection*{${escapeText(title)}}`,
    ...blocks(equations.map(aligned)),
  ]);
  const forms = closedFormList(table).map(form => form.latex.replace(/ ?([=:]) /u, ' &$1 '));
  const lines = [
    `% ${tableTitle(table)}. Needs \\usepackage{amsmath}.`,
    '% \\allowdisplaybreaks lets the alignments below break over pages, up to \\endgroup.',
    '\\begingroup',
    '\\allowdisplaybreaks',
    `\\section*{${escapeText(tableTitle(table))}}`,
    escapeText(tableSummary(table)),
    ...parts,
    '\\subsection*{Closed forms}',
    ...blocks(forms),
    '\\endgroup',
  ];
  return `${lines.join('\n')}\n`;
}

export function blocks(rows: readonly string[]): string[] {
  const starts = rows.flatMap((_, k) => (k % ROWS_A_BLOCK === 0 ? [k] : []));
  return starts.map(start => {
    const body = rows.slice(start, start + ROWS_A_BLOCK).join(' \\\\\n');
    return `\\begin{align*}\n${body}\n\\end{align*}`;
  });
}

const aligned = ({ left, cell }: Equation): string =>
  alignedSum(left.latex, cell.latex.split(/ (?=[+-] )/u), termsALine(cell.of));

/** Long sums continue on further lines, each of which starts with its sign. */
export function alignedSum(left: string, terms: readonly string[], step: number): string {
  const starts = terms.flatMap((_, k) => (k % step === 0 ? [k] : []));
  const lines = starts.map(start => terms.slice(start, start + step).join(' '));
  return `${left} &= ${lines.join(' \\\\\n  &\\quad {} ')}`;
}

export const escapeText = (text: string): string => text.replace(/[_#$%&{}]/gu, '\\$&');
