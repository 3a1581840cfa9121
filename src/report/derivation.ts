/** Checked derivations for people and for programs. */
import type { EquationReport, FileReport, SetupReport } from '../notes/index.js';
import { readable } from './readable.js';
import { type Style, styled, wrap } from './style.js';

const WIDTH = 96;
const FRAME_LINES = 3;

export interface CheckedFile {
  readonly report: FileReport;
  /** The document, for the code frames. */
  readonly text: string;
}

/** The promised form; programs rely on it. */
export function derivationsJson(reports: readonly FileReport[], version: string): string {
  return JSON.stringify({ formatVersion: 1, tool: { name: 'backproof', version }, files: reports }, null, 2);
}

/** Per file: what was taken for granted, every wrong and every unchecked equation, the correct ones in a line. */
export function derivationsPretty(files: readonly CheckedFile[], colour: boolean): string {
  const style = styled(colour);
  return files.map(file => fileText(file, style)).join('\n\n');
}

function fileText({ report, text }: CheckedFile, style: Style): string {
  const lines = text.split(/\r\n|\n|\r/);
  const wrong = report.equations.filter(one => one.verdict === 'wrong');
  const unchecked = report.equations.filter(one => one.verdict === 'unchecked');
  return [
    [style.bold(report.path), ...report.setups.map(setup => `  ${setupText(setup)}`)].join('\n'),
    ...wrong.map(one => wrongText(one, lines, style)),
    ...uncheckedText(unchecked, style),
    summaryText(report, style),
  ].join('\n\n');
}

function setupText({ operator, roles, params, inferredFrom }: SetupReport): string {
  const { output, ...inputs } = roles;
  const settings = Object.entries(params).map(
    ([name, value]) => `${name} ${JSON.stringify(value).replaceAll('"', '')}`,
  );
  const origin =
    inferredFrom.length > 0
      ? `as lines ${inferredFrom.join(', ')} of the notes show`
      : 'as its directive says';
  const names = Object.values(inputs).join(', ');
  return wrap(
    [`read as ${operator} of ${names} into ${output}`, settings.join(', '), origin]
      .filter(part => part !== '')
      .join('; '),
    WIDTH,
    '  ',
  );
}

function wrongText(equation: EquationReport, lines: readonly string[], style: Style): string {
  const { message, expected, missing, extra, slip } = equation;
  const note = slip === null ? '' : style.dim(` (${slip})`);
  const row = (label: string, content: string) =>
    `    ${label.padEnd(9)}${wrap(content, WIDTH - 13, ' '.repeat(13))}`;
  const list = (terms: readonly string[]) => terms.map(readable).join(',  ');
  return [
    `${style.red(style.bold('WRONG'))}  line ${equation.line}: ${wrap(readable(message), WIDTH - 16, '       ')}${note}`,
    ...frame(equation, lines, style),
    row('written', readable(equation.source)),
    ...(expected === null ? [] : [style.green(row('right', readable(expected)))]),
    ...(missing.length > 0 ? [row('missing', list(missing))] : []),
    ...(extra.length > 0 ? [row('extra', list(extra))] : []),
    ...(expected === null ? [] : [style.dim(row('LaTeX', expected))]),
  ].join('\n');
}

/** The source with line numbers; the equation underlined where it fits on one line. */
function frame(
  { line, column, endLine, endColumn }: EquationReport,
  lines: readonly string[],
  style: Style,
): string[] {
  const last = Math.min(endLine, line + FRAME_LINES - 1);
  const gutter = String(last).length + 2;
  const shown: string[] = [];
  for (let at = line; at <= last; at++) {
    const source = lines[at - 1] ?? '';
    const from = at === line ? column - 1 : 0;
    const to = at === endLine ? endColumn - 1 : source.length;
    const cut = clip(source, from, to);
    shown.push(`${style.dim(`${String(at).padStart(gutter)} | `)}${cut.text}`);
    if (line === endLine) {
      shown.push(
        `${style.dim(`${' '.repeat(gutter)} | `)}${' '.repeat(cut.from)}${style.red('~'.repeat(cut.length))}`,
      );
    }
  }
  if (last < endLine) shown.push(style.dim(`${' '.repeat(gutter)} | ... ${endLine - last} more lines`));
  return shown;
}

/** At most WIDTH characters of a line, beginning a little before the equation. */
function clip(source: string, from: number, to: number): { text: string; from: number; length: number } {
  const room = WIDTH - 8;
  const start = source.length <= room ? 0 : Math.max(0, Math.min(from - 4, source.length - room));
  const text = source.slice(start, start + room).replaceAll('\t', ' ');
  const left = from - start;
  return { text, from: left, length: Math.max(1, Math.min(to - start, text.length) - left) };
}

/** Equations that were not judged, gathered by reason. */
function uncheckedText(equations: readonly EquationReport[], style: Style): string[] {
  const byReason = new Map<string, EquationReport[]>();
  for (const one of equations) {
    const reason = one.reason ?? one.message;
    const group = byReason.get(reason);
    if (group) group.push(one);
    else byReason.set(reason, [one]);
  }
  return [...byReason].map(([reason, group]) => {
    const where = `line${group.length > 1 ? 's' : ''} ${group.map(one => one.line).join(', ')}`;
    return `${style.yellow(style.bold('UNCHECKED'))}  ${where}: ${wrap(readable(reason), WIDTH - 20, '       ')}`;
  });
}

function summaryText({ summary, equations }: FileReport, style: Style): string {
  const { correct, wrong, unchecked } = summary;
  const total = `${summary.equations} equation${summary.equations === 1 ? '' : 's'}`;
  const counts = [
    style.green(`${correct} correct`),
    wrong > 0 ? style.red(`${wrong} wrong`) : '0 wrong',
    unchecked > 0 ? style.yellow(`${unchecked} unchecked`) : '0 unchecked',
  ];
  const domain = equations.find(one => one.domain !== null)?.domain;
  const rung =
    domain === undefined || domain === null
      ? 'Nothing was shown.'
      : `Rung: ${domain}; other shapes are not covered.`;
  return `${style.bold(total)}: ${counts.join(', ')}. ${rung}`;
}
