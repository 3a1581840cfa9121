/** Short ways into the reader, for tests. */

import type { Format } from '../../../src/notes/document/document.js';
import { readDocument } from '../../../src/notes/document/read.js';
import type { Equation } from '../../../src/notes/formula/equation.js';
import { readEquations } from '../../../src/notes/formula/equations.js';
import { boundShape, shape } from './shape.js';

export function equationsOf(text: string, format: Format = 'markdown'): readonly Equation[] {
  return readEquations(readDocument(text, format));
}

/** The equations of one display block. */
export function displayed(latex: string): readonly Equation[] {
  return equationsOf(`$$${latex}$$`);
}

/** One line per equation: both sides, and what belongs to it; or the code of its failure. */
export function lineOf(equation: Equation): string {
  if (equation.kind === 'unread') return `unread: ${equation.failure.code}`;
  const { left, relation, right, origin, ranges, notes } = equation;
  const sign = relation === 'equal' ? '=' : relation;
  const how = origin === 'written' ? '' : ` {${origin}}`;
  const beside = [...ranges.map(boundShape), ...notes.map(note => `${note.kind}: ${note.text}`)];
  return `${shape(left)} ${sign} ${shape(right)}${how}${beside.map(text => ` | ${text}`).join('')}`;
}

export function linesOf(text: string, format?: Format): readonly string[] {
  return equationsOf(text, format).map(lineOf);
}
