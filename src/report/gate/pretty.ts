/** A gate for people: a block per operator, a line per result, diagnoses, and what to do now. */
import type { GateReport, GateResult } from '../../gate/index.js';
import { type Style, styled, wrap } from '../style.js';
import { adviceText } from './advice.js';
import { type GateRun, isProblem, type OwnedResult, type Problem, problemsOf, visible } from './run.js';

const WIDTH = 100;

export function gatePretty(run: GateRun, colour: boolean): string {
  const style = styled(colour);
  const { reports, absent, spent } = run;
  return [
    ...reports.map(report => reportText(report, style)),
    ...absent.map(name => `${style.yellow('required and not verified')}  ${name}`),
    ...spent.map(
      name => `${style.red('given up')}  ${visible(name)}: its process fell again after every restart`,
    ),
    adviceText(run, style),
  ].join('\n\n');
}

function reportText(report: GateReport, style: Style): string {
  const { kernel, seed, summary, notes } = report;
  const results = report.results.map(one => ({ ...one, kernel }));
  const ops = [...new Set(results.map(one => one.op))];
  const { verified, failed, skipped } = summary;
  const counts = `${verified} verified, ${failed} failed, ${skipped} skipped`;
  return [
    `${style.bold(visible(kernel))} (seed ${seed})`,
    ...ops.map(op =>
      blockText(
        results.filter(one => one.op === op),
        style,
      ),
    ),
    ...(notes.length === 0
      ? []
      : [notes.map(note => wrap(`note: ${visible(note)}`, WIDTH, '  ')).join('\n')]),
    `${style.bold(visible(kernel))}: ${counts}.`,
  ].join('\n\n');
}

function blockText(results: readonly OwnedResult[], style: Style): string {
  const shown = results.filter(one => one.domain !== '');
  const domains = [...new Set(shown.map(one => one.domain))];
  return [
    ...results.filter(one => !isProblem(one)).map(one => resultText(one, style)),
    ...problemsOf(results).map(one => problemBlock(one, style)),
    ...conditionLines(results).map(line => `  ${wrap(line, WIDTH, '    ')}`),
    ...domains.map(domain => {
      const of = shown.filter(one => one.domain === domain).map(one => one.result);
      const whose = domains.length === 1 ? '' : `${of.join(', ')}: `;
      return style.dim(`  ${wrap(visible(`domain  ${whose}${domain}`), WIDTH, '          ')}`);
    }),
  ].join('\n');
}

function resultText(one: OwnedResult, style: Style): string {
  const paint = one.verdict === 'verified' ? style.green : style.yellow;
  const head = `${one.verdict.padEnd(8)}  ${visible(`${one.op}.${one.result}`).padEnd(10)}`;
  const text = wrap(`${head}  ${sayings(one).join('; ')}`.trimEnd(), WIDTH, ' '.repeat(10));
  return paint(text.slice(0, one.verdict.length)) + text.slice(one.verdict.length);
}

function problemBlock({ name, verdict, text }: Problem, style: Style): string {
  const lines = text.split('\n').map(line => `  ${line}`);
  return [`${style.red(verdict.padEnd(8))}  ${style.bold(visible(name))}`, ...lines].join('\n');
}

function sayings(one: GateResult): string[] {
  if (one.verdict === 'skipped') return [visible(one.reason)];
  const { killed, live, equivalent } = one.mutants;
  const planted = killed + live;
  const others = equivalent > 0 ? ` (${equivalent} more make no difference at these calls)` : '';
  return [
    one.evidence.map(evidenceText).join(', ') || (one.cases > 0 ? `${one.cases} cases` : ''),
    planted > 0 ? `killed ${killed} of ${planted} planted mistakes${others}` : '',
    visible(one.reason),
  ].filter(text => text !== '');
}

function evidenceText({
  rung,
  configurations,
  missProbability,
  bound,
}: GateResult['evidence'][number]): string {
  const miss = missProbability === null ? '' : ` (miss <= ${missProbability.toExponential(0)} each)`;
  const within = bound === null ? '' : ` within ${visible(bound)}`;
  return `${rung} on ${configurations} configuration${configurations === 1 ? '' : 's'}${miss}${within}`;
}

/** One line for each condition and what came of it, with the results that it is said of. */
function conditionLines(results: readonly GateResult[]): string[] {
  const lines = new Map<string, string[]>();
  for (const { result, conditions } of results)
    for (const { condition, verdict, reason } of conditions) {
      const came = verdict === 'skipped' ? `not tried: ${visible(reason)}` : verdict;
      const key = `${condition} ${came}`;
      lines.set(key, [...(lines.get(key) ?? []), result]);
    }
  const texts = [...lines].map(([key, of]) =>
    of.length === results.length ? key : `${key} (${of.join(', ')})`,
  );
  const [tried, untried] = [false, true].map(isUntried =>
    texts.filter(text => text.includes(' not tried: ') === isUntried),
  );
  return [
    ...(tried!.length > 0 ? [`conditions  ${tried!.join(', ')}`] : []),
    ...(untried!.length > 0 ? [`conditions  ${untried!.join('; ')}`] : []),
  ];
}
