/** Checks a hand derivation: reads the document, settles what its names mean, judges every equation. */
import { BackproofError } from '../error.js';
import type { Format } from './document/document.js';
import { type LineIndex, lineIndex, positionAt } from './document/position.js';
import { readDocument } from './document/read.js';
import type { Equation } from './formula/equation.js';
import { readEquations } from './formula/equations.js';
import { type Judged, judgeEquations } from './judge/document.js';
import type { EquationReport, FileReport, SetupReport, Summary } from './judge/report.js';
import { type Inference, type Setup, walkSetups } from './setup/index.js';

export interface CheckOptions {
  readonly format: Format;
  /** Shown in the report and in messages; no file is read. */
  readonly path?: string;
}

/** A line that declares a setup, for people to paste and change. */
const DIRECTIVES: Readonly<Record<Format, string>> = {
  markdown: '<!-- backproof: conv2d input=X[3,3] kernel=F[2,2] output=O loss=L stride=1 -->',
  text: '# backproof: conv2d input=X[3,3] kernel=F[2,2] output=O loss=L stride=1',
};

/**
 * Every equation of a hand derivation with exactly one verdict: correct or wrong where shown for all values at the
 * setup's shape, else unchecked with a reason. Equations that the document marks to be ignored are left out.
 * @throws BackproofError `bad-document`, `unknown-document-format`; for a malformed directive, with line and column in its data.
 * @example checkDerivation(text, { format: 'markdown', path: 'notes.md' }).summary.wrong
 */
export function checkDerivation(text: string, options: CheckOptions): FileReport {
  const steps = checkSteps(text, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** How many equations are judged, of how many. */
export interface CheckProgress {
  readonly done: number;
  readonly of: number;
}

/** The same equation by equation, so that the caller can show progress and stop. */
export function* checkSteps(text: string, options: CheckOptions): Generator<CheckProgress, FileReport> {
  checkCall(text, options);
  const { format, path = '-' } = options;
  const document = readDocument(text, format);
  const equations = readEquations(document);
  const { setups, standings, inference } = walkSetups(document, equations, path);
  const lines = lineIndex(text);
  const reports: EquationReport[] = [];
  let done = 0;
  for (const judged of judgeEquations(equations, setups, standings, DIRECTIVES[format])) {
    const equation = equations[done++]!;
    if (judged) reports.push(equationReport(equation, withOrigin(judged, inference), text, lines));
    yield { done, of: equations.length };
  }
  return { path, setups: setups.map(setupReport), summary: summaryOf(reports), equations: reports };
}

/** Callers without types may pass anything. */
function checkCall(text: unknown, options: unknown): void {
  const format =
    typeof options === 'object' && options !== null && 'format' in options ? options.format : undefined;
  if (typeof text === 'string' && (format === 'markdown' || format === 'text')) return;
  throw new BackproofError({
    code: typeof text === 'string' ? 'unknown-document-format' : 'bad-document',
    where: 'checkDerivation',
    what: typeof text === 'string' ? 'the format is not known' : 'the document is not a string',
    expected: typeof text === 'string' ? 'markdown or text' : 'the text of the document',
    got: typeof text === 'string' ? String(format) : typeof text,
    fix: "Call checkDerivation(text, { format: 'markdown' }).",
  });
}

function equationReport(
  { n, span }: Equation,
  { judgement, setup }: Judged,
  text: string,
  lines: LineIndex,
): EquationReport {
  const [start, end] = [positionAt(lines, span.start), positionAt(lines, span.end)];
  const { verdict, rule, rung, domain, message, reason, expected, missing, extra, slip } = judgement;
  return {
    n,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    cell: null,
    source: text.slice(span.start, span.end),
    ...{ verdict, rule, rung, domain, message, reason, expected, missing, extra, slip },
    setup,
  };
}

/** A forward line that contradicts the others says so: the setup itself was taken from them. */
function withOrigin(judged: Judged, inference: Inference | null): Judged {
  const { judgement } = judged;
  if (inference?.kind !== 'inferred' || judgement.verdict !== 'wrong' || judgement.rule !== 'forward')
    return judged;
  const others = inference.setup.inferredFrom.join(', ');
  const message = `${judgement.message} (it contradicts the forward lines ${others}, which the setup is taken from)`;
  return { ...judged, judgement: { ...judgement, message } };
}

function setupReport({ operator, roles, params, inferredFrom }: Setup): SetupReport {
  const named = Object.entries(roles).map(([role, names]) => {
    const shape = names.shape.length > 0 ? `[${names.shape.join(',')}]` : '';
    return [role, `${names.names.join('|')}${shape}`] as const;
  });
  return { operator: operator.name, roles: Object.fromEntries(named), params, inferredFrom };
}

function summaryOf(reports: readonly EquationReport[]): Summary {
  const count = (verdict: EquationReport['verdict']) => reports.filter(one => one.verdict === verdict).length;
  return {
    equations: reports.length,
    correct: count('correct'),
    wrong: count('wrong'),
    unchecked: count('unchecked'),
  };
}
