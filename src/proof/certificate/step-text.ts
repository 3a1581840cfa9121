/** Steps as short texts: "eliminate q@", "drop 2: (s@-1)*p@+p@;(L@-1-i@)". */
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Evidence, Step } from '../trusted/rules.js';
import { foldItems, onAxis, templateOf } from './fold.js';
import { guardText, rangesText } from './term-text.js';
import { tidyEvidence } from './tidy.js';

const { text } = polynomial;

/** The place in a list that a step names: of a guard, or of an index of an atom. */
export function placeOf(step: Step): number | null {
  if (step.rule === 'drop' || step.rule === 'introduce') return step.guard;
  return step.rule === 'index' ? step.axis : null;
}

/** @param place written in the place of placeOf(step) */
export function stepText(step: Step, axes: number, place = String(placeOf(step))): string {
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
    case 'vanish':
      return `vanish: ${evidenceText(step.evidence, 1)}`;
  }
}

/** A sum of products of facts for each claim, "(s-1)*p+p;(L-1-i)": "0" for the empty sum. */
function evidenceText(evidence: Evidence, claims: number): string {
  const product = (factors: readonly Polynomial[]) => factors.map(factorText).join('*') || '1';
  const sum = (products: Evidence[number]) => products.map(product).join('+') || '0';
  const tidy = tidyEvidence(evidence);
  return Array.from({ length: claims }, (_, k) => sum(tidy[k] ?? [])).join(';');
}

/** A name or a number as it is, every other fact in parentheses. */
function factorText(factor: Polynomial): string {
  const shown = text(factor);
  return /^[\w']+$/.test(shown) ? shown : `(${shown})`;
}

/** Texts of the steps of one term, with one text for steps that do the same on every axis in turn. */
export function stepTexts(steps: readonly Step[], axes: number): string[] {
  const texts: string[] = [];
  for (let at = 0; at < steps.length; ) {
    const template = axes > 1 ? foldedStep(steps.slice(at, at + axes), axes) : null;
    texts.push(template ?? stepText(steps[at]!, axes));
    at += template ? axes : 1;
  }
  return texts;
}

/** A place may move with the axis: "@+1". */
function foldedStep(steps: readonly Step[], axes: number): string | null {
  if (steps.length < axes || steps[0]!.rule === 'rename') return null;
  const places = steps.map(placeOf);
  const shift = (places[0] ?? 0) - 1;
  const moving = `@${shift > 0 ? `+${shift}` : shift || ''}`;
  for (const place of [String(places[0]), moving]) {
    const isPlace = (one: number | null, k: number) =>
      place === moving ? one === k + 1 + shift : one === places[0];
    const template = templateOf(stepText(steps[0]!, axes, place), 1);
    const isCopy = (step: Step, k: number) =>
      onAxis(template, k + 1) === stepText(step, axes, onAxis(place, k + 1));
    if (template.includes('@') && places.every(isPlace) && steps.every(isCopy)) return template;
  }
  return null;
}
