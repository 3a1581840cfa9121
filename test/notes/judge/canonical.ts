/** Equations as text that does not depend on spacing, boxes and needless braces. */
import { readDocument } from '../../../src/notes/document/read.js';
import { readEquations } from '../../../src/notes/formula/equations.js';
import { latexOf } from '../../../src/notes/formula/print.js';

export function canonical(equation: string): string {
  const [only] = readEquations(readDocument(`$$${equation}$$`, 'markdown'));
  if (only?.kind !== 'read') throw new Error(`not read: ${equation}`);
  return `${latexOf(only.left)} = ${latexOf(only.right)}`;
}
