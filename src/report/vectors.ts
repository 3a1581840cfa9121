/** Verified golden vectors for people and for programs. */
import type { VectorsReport } from '../gate/index.js';
import { jsonNumber } from './json-number.js';
import { type Style, styled, wrap } from './style.js';

const WIDTH = 100;

/** The promised fields, and no others. */
export function vectorsJson({ file, cases, agreed, failed, unsupported }: VectorsReport): string {
  const differences = failed.map(({ id, tensor, index, expected, got }) => ({
    ...{ id, tensor, index },
    ...{ expected: jsonNumber(expected), got: jsonNumber(got) },
  }));
  return JSON.stringify({ formatVersion: 1, file, cases, agreed, failed: differences, unsupported }, null, 2);
}

export function vectorsPretty(
  { file, cases, agreed, failed, unsupported }: VectorsReport,
  colour: boolean,
): string {
  const style = styled(colour);
  const wrong = new Set(failed.map(one => one.id)).size;
  const counts = [
    style.green(`${agreed} agreed`),
    wrong > 0 ? style.red(`${wrong} failed`) : '0 failed',
    unsupported.length > 0 ? style.yellow(`${unsupported.length} unsupported`) : '0 unsupported',
  ];
  return [
    ...failed.map(one => failure(one, style)),
    ...unsupported.map(
      ({ id, reason }) => `${style.yellow(style.bold('UNSUPPORTED'))} ${id}: ${wrap(reason, WIDTH, '  ')}`,
    ),
    `${style.bold(`${file}: ${cases} case${cases === 1 ? '' : 's'}`)}: ${counts.join(', ')}. ${RUNG}`,
  ].join('\n\n');
}

const RUNG = 'Rung: one point per case, exact or within its bound; other values and shapes are not covered.';

const WITNESSES = {
  definition: 'the definition',
  claim: 'the claimed gradient',
  kernel: 'the built-in kernel',
};

function failure(one: VectorsReport['failed'][number], style: Style): string {
  const cell = one.index === null ? '' : `[${one.index.join(',')}]`;
  const by = WITNESSES[one.by];
  return [
    `${style.red(style.bold('FAILED'))} ${style.bold(one.id)}: ${one.tensor}${cell}`,
    `    ${'the file'.padEnd(by.length)}  ${style.red(String(jsonNumber(one.expected)))}`,
    `    ${by.padEnd('the file'.length)}  ${style.green(String(jsonNumber(one.got)))}`,
  ].join('\n');
}
