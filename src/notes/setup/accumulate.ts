/** The walk through a document: which setups are in force at each equation. */
import type { Mark, NotesDocument } from '../document/document.js';
import { lineIndex } from '../document/position.js';
import type { Equation } from '../formula/equation.js';
import { buildSetup } from './build.js';
import { readDirective } from './directive.js';
import type { Source } from './directive-source.js';
import { distinctFonts } from './fonts.js';
import { type Inference, inferSetup } from './infer.js';
import type { Setup } from './setup.js';
import { checkMark, checkSuspects, unusedMark } from './suspects.js';
import { END } from './vocabulary.js';

export type Standing =
  | { readonly kind: 'ignored' }
  /** `setups` are places in `Walk.setups`; `notCovered` the operators that are declared but not judged yet. */
  | { readonly kind: 'in-force'; readonly setups: readonly number[]; readonly notCovered: readonly string[] }
  /** No setup: `reason` says why. */
  | { readonly kind: 'none'; readonly reason: string };

export interface Walk {
  /** Every setup of the document, in the order of declaration. */
  readonly setups: readonly Setup[];
  /** One for each equation. */
  readonly standings: readonly Standing[];
  /** What was inferred, or why nothing was; null where a directive stands in the document. */
  readonly inference: Inference | null;
}

/**
 * Directives accumulate, one per output name; without any, the forward equations that are not ignored fix the setup.
 * @throws BackproofError what `readDirective` and `buildSetup` refuse, `unclosed-directive`, `unused-directive`,
 *   `unknown-mark`.
 */
export function walkSetups(document: NotesDocument, equations: readonly Equation[], path: string): Walk {
  const source: Source = { path, lines: lineIndex(document.text) };
  const marks = [...document.marks].sort((a, b) => a.span.start - b.span.start);
  checkSuspects(document.text, marks, source);
  for (const mark of marks) checkMark(mark, source);
  const ignored = ignoredEquations(document, marks, equations, source);
  const declaring = marks.filter(mark => mark.name === 'backproof');
  return declaring.length > 0
    ? declaredSetups(declaring, equations, ignored, source)
    : inferredSetup(equations, ignored, source);
}

interface InForce {
  readonly outputs: readonly string[];
  /** Place in the list of setups, or the name of an operator that is not covered. */
  readonly is: number | string;
}

function declaredSetups(
  marks: readonly Mark[],
  equations: readonly Equation[],
  ignored: ReadonlySet<Equation>,
  source: Source,
): Walk {
  const setups: Setup[] = [];
  const fonts = distinctFonts(equations);
  let inForce: readonly InForce[] = [];
  let next = 0;
  const standings = equations.map((equation): Standing => {
    for (; next < marks.length && marks[next]!.span.start < equation.span.start; next++) {
      inForce = declare(marks[next]!, inForce, setups, fonts, source);
    }
    return ignored.has(equation) ? { kind: 'ignored' } : standing(inForce);
  });
  for (; next < marks.length; next++) inForce = declare(marks[next]!, inForce, setups, fonts, source);
  return { setups, standings, inference: null };
}

function declare(
  mark: Mark,
  inForce: readonly InForce[],
  setups: Setup[],
  fonts: ReadonlySet<string>,
  source: Source,
): readonly InForce[] {
  if (mark.body === END) {
    if (inForce.length > 0) return [];
    throw unusedMark(mark, source, 'a directive before it that it ends', 'Remove it.');
  }
  const directive = readDirective(mark, source);
  if (directive.kind === 'not-covered') {
    return replaced(inForce, { outputs: directive.output, is: directive.operator });
  }
  const setup = buildSetup(directive, source);
  setups.push({ ...setup, naming: { layer: setup.naming?.layer ?? null, fonts } });
  return replaced(inForce, { outputs: setup.roles.output.names, is: setups.length - 1 });
}

/** A new one with the same output takes the place of the old one; without outputs, that of the same operator. */
function replaced(inForce: readonly InForce[], one: InForce): readonly InForce[] {
  const kept = inForce.filter(({ outputs, is }) =>
    outputs.length === 0 ? is !== one.is : !outputs.some(name => one.outputs.includes(name)),
  );
  return [...kept, one];
}

function standing(inForce: readonly InForce[]): Standing {
  if (inForce.length === 0) return { kind: 'none', reason: 'no directive is in force here' };
  const setups = inForce.flatMap(({ is }) => (typeof is === 'number' ? [is] : []));
  const notCovered = inForce.flatMap(({ is }) => (typeof is === 'string' ? [is] : []));
  return { kind: 'in-force', setups, notCovered };
}

function inferredSetup(equations: readonly Equation[], ignored: ReadonlySet<Equation>, source: Source): Walk {
  const inference = inferSetup(
    equations.filter(equation => !ignored.has(equation)),
    source.lines,
  );
  const found: Standing =
    inference.kind === 'inferred'
      ? { kind: 'in-force', setups: [0], notCovered: [] }
      : { kind: 'none', reason: inference.reason };
  const standings = equations.map(
    (equation): Standing => (ignored.has(equation) ? { kind: 'ignored' } : found),
  );
  return { setups: inference.kind === 'inferred' ? [inference.setup] : [], standings, inference };
}

/** Off to on, and the next piece of mathematics after each ignore-next. */
function ignoredEquations(
  document: NotesDocument,
  marks: readonly Mark[],
  equations: readonly Equation[],
  source: Source,
): ReadonlySet<Equation> {
  const ignored = new Set<Equation>();
  let off: Mark | null = null;
  for (const mark of marks) {
    if (mark.name === 'backproof-off') {
      if (off !== null)
        throw unusedMark(mark, source, 'equations that are judged', 'It is off already: remove it.');
      off = mark;
    } else if (mark.name === 'backproof-on') {
      if (off === null)
        throw unusedMark(mark, source, 'backproof-off before it', 'Remove it or add backproof-off.');
      for (const equation of between(equations, off.span.end, mark.span.start)) ignored.add(equation);
      off = null;
    } else if (mark.name === 'backproof-ignore-next') {
      for (const equation of nextEquations(document, equations, mark, source)) ignored.add(equation);
    }
  }
  if (off !== null) for (const equation of between(equations, off.span.end, Infinity)) ignored.add(equation);
  return ignored;
}

const between = (equations: readonly Equation[], from: number, to: number): readonly Equation[] =>
  equations.filter(({ span }) => span.start >= from && span.start < to);

/** A mark before a block ignores all of the block; one inside of it, the next equation alone. */
function nextEquations(
  document: NotesDocument,
  equations: readonly Equation[],
  mark: Mark,
  source: Source,
): readonly Equation[] {
  const next = equations.find(({ span }) => span.start >= mark.span.end);
  if (next === undefined) {
    throw unusedMark(
      mark,
      source,
      'an equation behind it',
      'Remove it, or put it before the equation it is for.',
    );
  }
  const region = document.regions[next.region];
  if (region !== undefined && region.span.start < mark.span.start) return [next];
  return equations.filter(equation => equation.region === next.region);
}
