/** Theorem reports for people and for programs. */
import type {
  AllShapesReport,
  Counterexample,
  OneShapeReport,
  TheoremReport,
  Verdict,
} from '../proof/index.js';
import { type Style, styled, wrap } from './style.js';

const WIDTH = 100;
const INDENT = ' '.repeat(10);

/** The promised fields of each theorem, and no others: programs rely on them. */
export function theoremsJson(reports: readonly TheoremReport[]): string {
  const theorems = reports.map(
    ({
      id,
      operator,
      wrt,
      verdict,
      rung,
      domain,
      assumptions,
      certificate,
      counterexample,
      residual,
      ms,
    }) => ({
      ...{ id, operator, wrt, verdict, rung, domain, assumptions },
      ...{ certificate, counterexample, residual, ms },
    }),
  );
  return JSON.stringify({ formatVersion: 1, theorems }, null, 2);
}

/** A few lines per theorem: verdict, claim, domain, assumptions, and the counterexample where there is one. */
export function theoremsPretty(reports: readonly TheoremReport[], colour: boolean): string {
  const style = styled(colour);
  return [...reports.map(report => theorem(report, style)), summary(reports, style)].join('\n\n');
}

function theorem(report: TheoremReport, style: Style): string {
  const { verdict, claim, domain, assumptions, residual, rung } = report;
  const title = rung === 'one-shape' ? `${report.operator}: dL/d${report.wrt}` : report.id;
  const lines = [
    `${verdictText(verdict, style)} ${style.bold(title)} ${style.dim(`(${effort(report)})`)}`,
    `  claim   ${wrap(claim, WIDTH, INDENT)}`,
    `  domain  ${wrap(rung === 'one-shape' ? `${domain}; one shape` : domain, WIDTH, INDENT)}`,
    `  given   ${wrap(assumptions.join('; '), WIDTH, INDENT)}`,
  ];
  if (residual) lines.push(`  ${verdict === 'PROVED' ? 'note' : 'open'}    ${wrap(residual, WIDTH, INDENT)}`);
  if (report.counterexample) lines.push(...counterexample(report, report.counterexample, style));
  return lines.join('\n');
}

function effort(report: TheoremReport): string {
  const time = `${report.ms.toFixed(0)} ms`;
  if (report.rung === 'one-shape') return `${sizeText(report)}, ${time}`;
  return report.certificate ? `${certificateText(report)}, ${time}` : time;
}

const sizeText = ({ cells, products }: OneShapeReport) =>
  `${count(cells, 'cell')}, ${count(products, 'product')}`;

function certificateText({ certificate, proof }: AllShapesReport): string {
  const steps = [...(proof?.left ?? []), ...(proof?.right ?? [])].flat().length;
  return `${count(steps, 'step')}, certificate of ${count(JSON.stringify(certificate).length, 'byte')}`;
}

function counterexample(report: TheoremReport, found: Counterexample, style: Style): string[] {
  const sizes = Object.entries(found.sizes ?? {}).map(([name, value]) => `${name} = ${value}`);
  const at = found.index.length > 0 ? `[${found.index.join(',')}]` : '';
  const heading =
    report.rung === 'one-shape'
      ? [`  ${style.red('first cell that differs')}: d${report.wrt}${at}`]
      : [
          `  ${style.red('counterexample')}  ${wrap(sizes.join(', ') || 'any values', WIDTH, INDENT)}`,
          ...(at ? [`    at cell ${at}:`] : []),
        ];
  const isDerivative = report.rung === 'one-shape' || report.theorem.statement.by !== null;
  const [left, right] = isDerivative
    ? ['derivative of the definition', 'claim']
    : ['left side', 'right side'];
  const width = Math.max(left.length, right.length) + 2;
  const lines = [
    ...heading,
    `    ${`${left}:`.padEnd(width)} ${style.green(shorten(found.definition))}`,
    `    ${`${right}:`.padEnd(width)} ${style.red(shorten(found.claim))}`,
    `    coefficient of ${found.monomial}: ` +
      (isDerivative
        ? `${found.definitionCoefficient} in the derivative, ${found.claimCoefficient} in the claim`
        : `${found.definitionCoefficient} on the left, ${found.claimCoefficient} on the right`),
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

const RUNGS = {
  'one-shape': 'Rung: all values at the shapes shown; other shapes are not covered.',
  'all-shapes': 'Rung: all shapes in the domain, where proved.',
};

function summary(reports: readonly TheoremReport[], style: Style): string {
  const counts = (['PROVED', 'REFUTED', 'UNKNOWN', 'REJECTED'] as const)
    .map(verdict => [verdict, reports.filter(report => report.verdict === verdict).length] as const)
    .filter(([, times]) => times > 0)
    .map(([verdict, times]) => `${times} ${verdict.toLowerCase()}`);
  const rungs = new Set(reports.map(report => report.rung));
  const rung = [...rungs].map(one => RUNGS[one]).join(' ');
  return `${style.bold(`${count(reports.length, 'theorem')}: ${counts.join(', ') || 'none'}.`)} ${rung}`;
}

function count(times: number, noun: string): string {
  return `${times.toLocaleString('en-US')} ${noun}${times === 1 ? '' : 's'}`;
}
