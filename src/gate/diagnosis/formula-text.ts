/** Formulas as people write them: yBar[0,1,2,3]*w[1,0,0,1] + 1/2*x[0], cut where they grow long. */
import { type Rational, rational } from '../../exact/index.js';
import type { Shape } from '../../tensor/index.js';
import { unravel } from '../../tensor/index.js';
import { compareFactors, type Factor, type Formula, type FormulaTerm } from './formula.js';

export type ShapeOf = (tensor: string) => Shape;

/** Letters of a line before "... and 7 more". */
const LENGTH = 120;

export function termText({ coefficient, factors }: FormulaTerm, shapeOf: ShapeOf): string {
  const product = factors.map(factor => factorText(factor, shapeOf)).join('*');
  if (product === '') return rational.toText(coefficient);
  return `${scaleText(coefficient)}${product}`;
}

function scaleText(coefficient: Rational): string {
  const text = rational.toText(coefficient);
  return text === '1' ? '' : text === '-1' ? '-' : `${text}*`;
}

function factorText({ tensor, cell }: Factor, shapeOf: ShapeOf): string {
  const shape = shapeOf(tensor);
  return shape.length === 0 ? tensor : `${tensor}[${unravel(shape, cell).join(',')}]`;
}

/** In the order of the cells of yBar, then x, then the others. */
export function orderedTerms(formula: Formula): FormulaTerm[] {
  return [...formula.values()].sort((a, b) => {
    for (let k = 0; k < Math.min(a.factors.length, b.factors.length); k++) {
      const order = compareFactors(a.factors[k]!, b.factors[k]!);
      if (order !== 0) return order;
    }
    return a.factors.length - b.factors.length;
  });
}

/** "0" for no terms. */
export function formulaText(formula: Formula, shapeOf: ShapeOf, length = LENGTH): string {
  const texts = orderedTerms(formula).map(term => termText(term, shapeOf));
  return cut(texts, ' + ', length).replaceAll('+ -', '- ') || '0';
}

/** As many as fit into a line, and how many there are beyond; at least one. */
export function cut(texts: readonly string[], separator: string, length = LENGTH): string {
  let shown = texts.length;
  const line = () => {
    const head = texts.slice(0, shown).join(separator);
    return shown === texts.length
      ? head
      : `${head}${separator.trimEnd()} ... and ${texts.length - shown} more`;
  };
  while (shown > 1 && line().length > length) shown--;
  return line();
}
