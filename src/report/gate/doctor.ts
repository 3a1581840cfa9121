/** The kill matrix: which planted mistakes the gate finds, and by which check. */
import type { KillMatrix } from '../../gate/index.js';
import { type Style, styled, wrap } from '../style.js';

const WIDTH = 100;

type Operator = KillMatrix['operators'][number];
type Mutant = Operator['mutants'][number];

export const doctorJson = (matrix: KillMatrix): string => JSON.stringify(matrix, null, 2);

export function doctorPretty({ operators }: KillMatrix, colour: boolean): string {
  const style = styled(colour);
  const all = operators.flatMap(one => one.mutants);
  const legend =
    'x: found by this check; named: the diagnosis says which mistake it is; no difference: at the shapes that are run.';
  return [
    ...operators.map(one => blockText(one, style)),
    wrap(legend, WIDTH, ''),
    `${style.bold(`${operators.length} operator${operators.length === 1 ? '' : 's'}`)}: ${countsText(all, style)}`,
  ].join('\n\n');
}

function countsText(mutants: readonly Mutant[], style: Style): string {
  const planted = mutants.filter(one => !one.equivalent);
  const killed = planted.filter(one => one.killedBy !== null);
  const named = killed.filter(one => one.named).length;
  const equivalent = mutants.length - planted.length;
  const paint = killed.length === planted.length ? style.green : style.red;
  return [
    paint(`killed ${killed.length} of ${planted.length} planted mistakes`),
    `named ${named}`,
    ...(equivalent > 0 ? [`${equivalent} make no difference`] : []),
  ].join(', ');
}

function blockText({ op, mutants }: Operator, style: Style): string {
  const survivors = mutants.filter(isAlive).map(one => one.id);
  return [
    `${style.bold(op)}: ${countsText(mutants, style)}`,
    ...(survivors.length > 0
      ? [wrap(`  ${style.red('alive')}  ${survivors.join(', ')}`, WIDTH, '         ')]
      : []),
    ...tableLines(mutants),
  ].join('\n');
}

const isAlive = ({ killedBy, equivalent }: Mutant): boolean => killedBy === null && !equivalent;

/** A row per mistake; a column for each check that found one. */
function tableLines(mutants: readonly Mutant[]): string[] {
  const checks = [...new Set(mutants.flatMap(one => (one.killedBy ? [one.killedBy.check] : [])))];
  const widest = WIDTH - 2 - 8 - 15 - checks.reduce((sum, check) => sum + check.length + 2, 0);
  const width = Math.max(7, Math.min(widest, ...[Math.max(7, ...mutants.map(one => one.id.length))]));
  const row = (id: string, result: string, cells: readonly string[], last: string) => {
    const name = id.length <= width ? id.padEnd(width) : `${id.slice(0, width - 1)}~`;
    return `  ${name}  ${result.padEnd(6)}  ${cells.map((cell, k) => cell.padEnd(checks[k]!.length)).join('  ')}  ${last}`.trimEnd();
  };
  return [
    row('mistake', 'result', checks, ''),
    ...mutants.map(one =>
      row(
        one.id,
        one.result,
        checks.map(check => (one.killedBy?.check === check ? 'x' : '')),
        fate(one),
      ),
    ),
  ];
}

function fate(one: Mutant): string {
  if (one.killedBy) return one.named ? 'named' : '';
  return one.equivalent ? 'no difference' : 'ALIVE';
}
