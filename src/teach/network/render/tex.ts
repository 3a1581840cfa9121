/** A LaTeX fragment for \input; it needs amsmath alone. */
import { alignedSum, blocks, escapeText } from '../../render/tex.js';
import type { NetworkTable } from '../network-table.js';
import {
  checkLines,
  layerHead,
  layerRows,
  networkNotes,
  networkParts,
  networkSummary,
  networkTitle,
} from './reading.js';

/** Terms that fit a line of print. */
const TERMS_A_LINE = 3;

export function networkTex(table: NetworkTable): string {
  const has = new Set(table.sections);
  const forms = table.closedForms.map(({ latex }) => latex.replace(' = ', ' &= '));
  const parts = networkParts(table).flatMap(({ title, groups }) => [
    `\\subsection*{${escapeText(title)}}`,
    ...groups.flatMap(group => [
      `\\paragraph{${escapeText(group.title)}}`,
      ...blocks(
        group.cells.map(({ leftLatex, latex }) => alignedSum(leftLatex, topTerms(latex), TERMS_A_LINE)),
      ),
    ]),
  ]);
  const lines = [
    `% ${networkTitle(table)}. Needs \\usepackage{amsmath}.`,
    '\\begingroup',
    '\\allowdisplaybreaks',
    `\\section*{${escapeText(networkTitle(table))}}`,
    escapeText(networkSummary(table)),
    ...(has.has('layers') ? ['\\subsection*{Layers}', layerTable(table)] : []),
    ...(has.has('closed-forms') ? ['\\subsection*{Closed forms, last layer first}', ...blocks(forms)] : []),
    ...(has.has('check') ? ['\\subsection*{Check}', ...checkLines(table).map(escapeText)] : []),
    ...parts,
    ...networkNotes(table).map(note => `\\par ${escapeText(note)}`),
    '\\endgroup',
  ];
  return `${lines.join('\n')}\n`;
}

function layerTable(table: NetworkTable): string {
  const [total, ...layers] = layerRows(table).toReversed();
  const line = (cells: readonly string[]) => `${cells.map(escapeText).join(' & ')} \\\\`;
  return [
    '\\noindent\\begin{tabular}{llllrr}',
    `${line(layerHead)} \\hline`,
    ...layers.reverse().map(line),
    `\\hline ${line(total!)}`,
    '\\end{tabular}',
  ].join('\n');
}

/** The terms of a sum outside all brackets: a line may not break within a pair of them. */
function topTerms(latex: string): string[] {
  const terms: string[] = [];
  let [depth, start] = [0, 0];
  for (let at = 0; at < latex.length; at++) {
    const sign = latex[at]!;
    if ('{(['.includes(sign)) depth++;
    else if ('})]'.includes(sign)) depth--;
    else if (depth === 0 && sign === ' ' && /[+-] /y.test(latex.slice(at + 1, at + 3))) {
      terms.push(latex.slice(start, at));
      start = at + 1;
    }
  }
  return [...terms, latex.slice(start)];
}
