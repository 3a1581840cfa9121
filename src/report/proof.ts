/** Theorem reports for people and for programs. */
import type { Counterexample, TheoremReport, Verdict } from '../proof/index.js';
import { type Style, styled, wrap } from './style.js';

const WIDTH = 100;

/** The promised fields of each theorem, and no others: programs rely on them. */
export function theoremsJson(reports: readonly TheoremReport[]): string {
  const theorems = reports.map(
    ({ claim: _claim, cells: _cells, products: _products, ...promised }) => promised,
  );
  return JSON.stringify({ formatVersion: 1, theorems }, null, 2);
}

/** A few lines per theorem: verdict, claim, domain, and the counterexample where there is one. */
export function theoremsPretty(reports: readonly TheoremReport[], colour: boolean): string {
  const style = styled(colour);
  return [...reports.map(report => theorem(report, style)), summary(reports, style)].join('\n\n');
}

function theorem(report: TheoremReport, style: Style): string {
  const title = `${verdictText(report.verdict, style)} ${style.bold(`${report.operator}: dL/d${report.wrt}`)}`;
  const size = `${count(report.cells, 'cell')}, ${count(report.products, 'product')}, ${report.ms.toFixed(0)} ms`;
  const lines = [
    `${title} ${style.dim(`(${size})`)}`,
    `  claim   ${wrap(report.claim, WIDTH, '          ')}`,
    `  domain  ${wrap(`${report.domain}; one shape`, WIDTH, '          ')}`,
    `  given   ${report.assumptions.join('; ')}`,
  ];
  if (report.residual) lines.push(`  open    ${report.residual}`);
  if (report.counterexample) lines.push(...counterexample(report, report.counterexample, style));
  return lines.join('\n');
}

function counterexample(report: TheoremReport, found: Counterexample, style: Style): string[] {
  const cell = `d${report.wrt}[${found.index.join(',')}]`;
  const lines = [
    `  ${style.red('first cell that differs')}: ${cell}`,
    `    derivative of the definition: ${style.green(shorten(found.definition))}`,
    `    claim:                        ${style.red(shorten(found.claim))}`,
    `    coefficient of ${found.monomial}: ` +
      `${found.definitionCoefficient} in the derivative, ${found.claimCoefficient} in the claim`,
  ];
  for (const { name, says } of found.mistakes) lines.push(`    known mistake: ${says} (${name})`);
  return lines;
}

/** Long cells are cut: the differing monomial has a line of its own. */
function shorten(formula: string): string {
  return formula.length <= 240 ? formula : `${formula.slice(0, 240)} ...`;
}

function verdictText(verdict: Verdict, style: Style): string {
  const paint = { PROVED: style.green, REFUTED: style.red, UNKNOWN: style.yellow, REJECTED: style.red }[
    verdict
  ];
  return paint(verdict.padEnd(8));
}

function summary(reports: readonly TheoremReport[], style: Style): string {
  const counts = (['PROVED', 'REFUTED', 'UNKNOWN', 'REJECTED'] as const)
    .map(verdict => [verdict, reports.filter(report => report.verdict === verdict).length] as const)
    .filter(([, times]) => times > 0)
    .map(([verdict, times]) => `${times} ${verdict.toLowerCase()}`);
  const rung = 'Rung: all values at the shapes shown; other shapes are not covered.';
  return `${style.bold(`${count(reports.length, 'theorem')}: ${counts.join(', ') || 'none'}.`)} ${rung}`;
}

function count(times: number, noun: string): string {
  return `${times.toLocaleString('en-US')} ${noun}${times === 1 ? '' : 's'}`;
}
