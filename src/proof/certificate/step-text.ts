/** Steps as short texts: "eliminate q@", "drop 2: (s@-1)*p@+p@;(L@-1-i@)". */
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Evidence, Step } from '../trusted/rules.js';
import { foldItems, onAxis, templateOf } from './fold.js';
import { guardText, rangesText } from './term-text.js';
import { tidyEvidence } from './tidy.js';

const { text } = polynomial;

/** The place in a list that a step names: of a guard, or of an index of an atom. */
function placeOf(step: Step): number | null {
  if (step.rule === 'drop' || step.rule === 'introduce') return step.guard;
  return step.rule === 'index' ? step.axis : null;
}

/** What assumptions are called, by their text: those without a name are written out. */
export type FactNames = ReadonlyMap<string, string>;

const NO_NAMES: FactNames = new Map();

/** @param place written in the place of placeOf(step) */
export function stepText(
  step: Step,
  axes: number,
  place = String(placeOf(step)),
  facts: FactNames = NO_NAMES,
): string {
  const evidenceText = (evidence: Evidence, claims: number) => evidenceOf(evidence, claims, facts);
  switch (step.rule) {
    case 'eliminate':
      return `eliminate ${step.name}`;
    case 'introduce':
      return `introduce ${place} ${step.name}`;
    case 'drop':
      return `drop ${place}: ${evidenceText(step.evidence, 2)}`;
    case 'add':
      return `add ${guardText(step.guard)}: ${evidenceText(step.evidence, 2)}`;
    case 'split':
      return `split ${step.name} ${rangesText(step.into, 0)}: ${evidenceText(step.evidence, 2)}`;
    case 'index':
      return `index ${step.atom}.${place} ${text(step.value)}: ${evidenceText(step.evidence, 2)}`;
    case 'rename': {
      const pairs = [...step.names].map(([from, to]) => `${from}=${to}`);
      return `rename ${foldItems(pairs, axes).join(',')}`;
    }
    case 'unit': {
      const sums = step.names.length > 0 ? `: ${evidenceText(step.evidence, step.names.length)}` : '';
      return `unit ${[step.atom, step.times, ...step.names].join(' ')}${sums}`;
    }
    case 'vanish':
      return `vanish: ${evidenceText(step.evidence, 1)}`;
  }
}

/**
 * A sum of products of facts for each claim, "(s-1)*p+p;(L-1-i)": "0" for the empty sum. What is known to lie in a
 * range is written so: "i<L" for "i;(L-1-i)".
 */
function evidenceOf(evidence: Evidence, claims: number, facts: FactNames): string {
  const sums = tidyEvidence(evidence);
  const [lower, upper] = sums.map(sum => (sum.length === 1 && sum[0]!.length === 1 ? sum[0]![0]! : null));
  if (claims === 2 && lower && upper) {
    const extent = polynomial.add(polynomial.add(lower, upper), polynomial.constant(1));
    const range = `${text(lower)}<${text(extent)}`;
    if (range.length < text(lower).length + text(upper).length) return range;
  }
  const product = (factors: readonly Polynomial[]) =>
    factors.map(one => factText(one, facts)).join('*') || '1';
  const sum = (products: Evidence[number]) => products.map(product).join('+') || '0';
  return Array.from({ length: claims }, (_, k) => sum(sums[k] ?? [])).join(';');
}

/** A name or a number as it is, an assumption by its name, every other fact in parentheses. */
function factText(fact: Polynomial, facts: FactNames): string {
  const shown = text(fact);
  return /^[\w']+$/.test(shown) ? shown : (facts.get(shown) ?? `(${shown})`);
}

/** Texts of the steps of one term, with one text for steps that do the same on every axis in turn. */
export function stepTexts(steps: readonly Step[], axes: number, facts: FactNames): string[] {
  const texts: string[] = [];
  for (let at = 0; at < steps.length; ) {
    const template = axes > 1 ? foldedStep(steps.slice(at, at + axes), axes, facts) : null;
    texts.push(template ?? stepText(steps[at]!, axes, undefined, facts));
    at += template ? axes : 1;
  }
  return texts;
}

/** A place may move with the axis: "@+1". */
function foldedStep(steps: readonly Step[], axes: number, facts: FactNames): string | null {
  if (steps.length < axes || steps[0]!.rule === 'rename') return null;
  const places = steps.map(placeOf);
  const shift = (places[0] ?? 0) - 1;
  const moving = `@${shift > 0 ? `+${shift}` : shift || ''}`;
  for (const place of [String(places[0]), moving]) {
    const isPlace = (one: number | null, k: number) =>
      place === moving ? one === k + 1 + shift : one === places[0];
    const template = templateOf(stepText(steps[0]!, axes, place, facts), 1);
    const isCopy = (step: Step, k: number) =>
      onAxis(template, k + 1) === stepText(step, axes, onAxis(place, k + 1), facts);
    if (template.includes('@') && places.every(isPlace) && steps.every(isCopy)) return template;
  }
  return null;
}
