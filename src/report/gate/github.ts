/** A gate as annotations of GitHub Actions, and as the summary of a step. */
import { type GateRun, type OwnedResult, problemsOf, resultsOf, visible } from './run.js';

/** Of each level in one step; GitHub drops the others without a word. */
const MOST = 10;
const TITLE = 255;
/** Letters; the limit is 64 KB, and a letter has at most 3 bytes. */
const MESSAGE = 20_000;
/** Bytes of a step's summary. */
const SUMMARY = 2 ** 20;

interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/** Nothing but annotations: text of a kernel in a line of its own could be a command to the runner. */
export function gateGithub(run: GateRun): string {
  const all = annotations(run);
  return (['error', 'warning', 'notice'] as const)
    .flatMap(level => atMost(all.filter(one => one.level === level)))
    .map(commandText)
    .join('\n');
}

function annotations(run: GateRun): Annotation[] {
  const results = resultsOf(run);
  const problems = problemsOf(results).map(
    ({ name, verdict, text }): Annotation => ({
      level: WARNINGS.includes(verdict) ? 'warning' : 'error',
      title: `${name} ${verdict}`,
      message: text,
    }),
  );
  const absent = run.absent.map(
    (name): Annotation => ({ level: 'error', title: 'required', message: `${name} is not verified` }),
  );
  const spent = run.spent.map(
    (name): Annotation => ({
      level: 'error',
      title: 'given up',
      message: `${name} fell after every restart`,
    }),
  );
  const counts = countsText(results);
  return [...problems, ...absent, ...spent, { level: 'notice', title: 'backproof gate', message: counts }];
}

const WARNINGS = ['suspect', 'planted mistakes pass'];

function countsText(results: readonly OwnedResult[]): string {
  const count = (test: (one: OwnedResult) => boolean) => results.filter(test).length;
  const verified = count(one => one.verdict === 'verified');
  const skipped = count(one => one.verdict === 'skipped');
  return `${verified} verified, ${results.length - verified - skipped} failed, ${skipped} skipped`;
}

function atMost(all: readonly Annotation[]): Annotation[] {
  if (all.length <= MOST) return [...all];
  const rest = all.slice(MOST - 1);
  const titles = rest.map(one => one.title).join(', ');
  return [...all.slice(0, MOST - 1), { ...rest[0]!, title: `${rest.length} more`, message: titles }];
}

function commandText({ level, title, message }: Annotation): string {
  const head = escaped(cut(title, TITLE)).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} title=${head}::${escaped(cut(message, MESSAGE))}`;
}

const cut = (text: string, length: number): string => {
  const well = visible(text);
  return well.length <= length ? well : `${well.slice(0, length - 4)} ...`;
};

const escaped = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** Markdown for $GITHUB_STEP_SUMMARY, not more than one step may write. */
export function gateSummary(run: GateRun): string {
  const results = resultsOf(run);
  const rows = results.map(
    one =>
      `| ${[one.kernel, one.op, one.result, one.verdict, one.rung ?? '', `${one.cases}`].map(cell).join(' | ')} |`,
  );
  const parts = [
    `### backproof gate: ${countsText(results)}\n`,
    [
      '| kernel | operator | result | verdict | rung | cases |',
      '|---|---|---|---|---|---|',
      ...rows,
      '',
    ].join('\n'),
    ...run.absent.map(name => `- required and not verified: ${cell(name)}\n`),
    ...problemsOf(results).map(one => `**${cell(one.name)}** ${cell(one.verdict)}\n\n${block(one.text)}`),
  ];
  return joinedWithin(parts, SUMMARY - 200);
}

const cell = (text: string): string =>
  visible(text)
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\\|`*_[\]<>&~#!@]/gu, one => `&#${one.codePointAt(0)};`)
    .slice(0, 2000);

/** A fence longer than any in the text. */
function block(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}\n`;
}

/** As many whole parts as fit, and how many do not. */
function joinedWithin(parts: readonly string[], most: number): string {
  const kept: string[] = [];
  let bytes = 0;
  for (const part of parts) {
    bytes += Buffer.byteLength(part) + 1;
    if (bytes > most) break;
    kept.push(part);
  }
  const left = parts.length - kept.length;
  return [...kept, ...(left > 0 ? [`${left} more parts do not fit here.\n`] : [])].join('\n');
}
