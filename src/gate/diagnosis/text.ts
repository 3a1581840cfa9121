/** A failure in at most twelve lines, good enough for a bug report. */
import type { Params } from '../../ops/index.js';
import { shapeText } from '../../tensor/index.js';
import type { Failure, Suspect } from './failure.js';
import { cut } from './formula-text.js';

/** What the record of a failure does not say itself. */
export interface Heading {
  readonly op: string;
  readonly result: string;
  /** mismatch, suspect, ... */
  readonly verdict: string;
  /** exact, adjoint, bounded, ... */
  readonly rung: string;
}

/** Letters of a suspect's line. */
const WIDE = 240;

/** Verdict, minimal case, element, both formulas, missing and extra terms, suspects, replay. */
export function diagnosisText(failure: Failure, heading: Heading): string {
  const { expectedFormula, kernelFormula, missing, extra, diagnosis, replay } = failure;
  return [
    `${heading.verdict}: ${heading.op} ${heading.result}, seen at rung ${heading.rung}`,
    line('case', caseText(failure, heading.op)),
    line('element', elementText(failure, heading.result)),
    ...(expectedFormula === null ? [] : [line('expected', expectedFormula)]),
    line('kernel', kernelFormula),
    ...termsLine('missing', missing),
    ...termsLine('extra', extra),
    ...diagnosis.slice(0, 3).map(one => line('suspect', suspectText(one))),
    ...(diagnosis.length === 0 ? [line('suspect', 'no known mistake does this')] : []),
    line('replay', replay),
  ].join('\n');
}

const line = (name: string, text: string): string => `  ${name.padEnd(9)}${text.replaceAll('\n', ' ')}`;

const termsLine = (name: string, terms: readonly string[]): string[] =>
  terms.length === 0
    ? []
    : [line(name, `${terms.length} term${terms.length === 1 ? '' : 's'}: ${cut(terms, ', ')}`)];

/** An id of the gate's own cases says shapes and parameters itself. */
function caseText({ case: id, shapes, params }: Failure, op: string): string {
  if (id.startsWith(`${op} `)) return id;
  const sizes = Object.entries(shapes).map(([name, shape]) => `${name}${shapeText(shape)}`);
  return `${id}: ${[...sizes, ...paramTexts(params)].join(', ')}`;
}

const paramTexts = (params: Params): string[] =>
  Object.entries(params).map(([name, value]) => `${name} ${JSON.stringify(value)}`);

function elementText({ index, expected, got, bound }: Failure, result: string): string {
  const place = index.length === 0 ? result : `${result}[${index.join(',')}]`;
  const allowed =
    bound === null ? '' : bound === 0 ? ' (exact: no difference is allowed)' : ` (bound ${bound})`;
  return `${place}: expected ${expected}, got ${got}${allowed}`;
}

function suspectText({ mistake, where, evidence }: Suspect): string {
  const text = `${mistake} (${where}): ${evidence}`;
  return text.length <= WIDE ? text : `${text.slice(0, WIDE - 4)} ...`;
}
