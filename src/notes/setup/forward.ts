/** Forward equations of a document: an indexed name on the left, products of two indexed names on the right. */
import type { Equation, ReadEquation } from '../formula/equation.js';
import type { Formula, Name } from '../formula/tree.js';
import { isPower, nameKey } from './name-key.js';
import { type Subscript, subscriptOf } from './subscript.js';

/** A name with an index of numbers. */
export interface IndexedName {
  readonly key: string;
  readonly subscript: Subscript;
}

export interface ForwardEquation {
  /** Place in the list of equations. */
  readonly source: number;
  readonly line: number;
  readonly output: IndexedName;
  /** Products of two indexed names, in the order written. */
  readonly products: readonly (readonly [IndexedName, IndexedName])[];
  /** Terms that are neither such a product nor the bias. */
  readonly odd: number;
  readonly bias: IndexedName | null;
  /** Number of products before an ellipsis; null without one. */
  readonly gap: number | null;
}

/** Equations that may be forward equations: at least half of their terms are products of two indexed names. */
export function forwardEquations(
  equations: readonly Equation[],
  lineOf: (offset: number) => number,
): ForwardEquation[] {
  return equations.flatMap((equation, source) => {
    const forward = equation.kind === 'read' ? forwardEquation(equation) : null;
    return forward === null ? [] : [{ ...forward, source, line: lineOf(equation.span.start) }];
  });
}

function forwardEquation(equation: ReadEquation): Omit<ForwardEquation, 'source' | 'line'> | null {
  const output = indexedName(equation.head);
  if (output === null || output.subscript.kind === 'none') return null;
  const products: (readonly [IndexedName, IndexedName])[] = [];
  const singles: IndexedName[] = [];
  let odd = 0;
  let gap: number | null = null;
  for (const { sign, formula } of termsOf(equation.right)) {
    const product = productOf(formula);
    const single = indexedName(formula);
    if (formula.kind === 'ellipsis' && gap === null) gap = products.length;
    else if (product && sign === '+') products.push(product);
    else if (single && sign === '+') singles.push(single);
    else odd += 1;
  }
  const [bias, ...others] = singles;
  odd += others.length;
  if (products.length === 0 || odd > products.length) return null;
  return { output, products, odd, bias: bias ?? null, gap };
}

interface SignedTerm {
  readonly sign: '+' | '-';
  readonly formula: Formula;
}

function termsOf(formula: Formula): readonly SignedTerm[] {
  if (formula.kind !== 'sum') return [{ sign: '+', formula }];
  // Brackets leave no trace: (a + b) + c is a sum whose first term is a sum.
  return formula.terms.flatMap((term): readonly SignedTerm[] =>
    term.formula.kind === 'sum' && term.sign === '+' ? term.formula.terms : [term],
  );
}

function productOf(formula: Formula): readonly [IndexedName, IndexedName] | null {
  if (formula.kind !== 'product' || formula.factors.length !== 2) return null;
  const [a, b] = formula.factors.map(indexedName);
  if (!a || !b || a.key === b.key) return null;
  return a.subscript.kind === 'none' || b.subscript.kind === 'none' ? null : [a, b];
}

/** A name whose index, if it has one, is made of numbers. */
function indexedName(formula: Formula): IndexedName | null {
  const inner = formula.kind === 'label' ? formula.of : formula;
  if (inner?.kind !== 'name' || isPower(inner)) return null;
  const subscript = subscriptOf(indexOf(inner));
  return subscript.kind === 'symbolic' ? null : { key: nameKey(inner), subscript };
}

const indexOf = ({ sub }: Name) => (sub === null || sub.style === 'word' ? [] : [sub]);
