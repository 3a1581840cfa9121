/** The kill matrix: which planted mistakes the gate finds, and by which check. */
import type { KillMatrix } from '../../gate/index.js';
import { type Style, styled, wrap } from '../style.js';

const WIDTH = 100;

type Operator = KillMatrix['operators'][number];
type Mutant = Operator['mutants'][number];

export const doctorJson = (matrix: KillMatrix): string => JSON.stringify(matrix, null, 2);

export function doctorPretty({ operators }: KillMatrix, colour: boolean): string {
  const style = styled(colour);
  const legend =
    'Each mistake is planted in kernels that compute in several ways; a number says in how many of them this check found ' +
    'it. Named: the diagnosis says which mistake it is, or where.';
  return [
    ...operators.map(one => blockText(one, style)),
    wrap(legend, WIDTH, ''),
    `${style.bold(`${operators.length} operator${operators.length === 1 ? '' : 's'}`)}: ${countsText(
      operators.flatMap(one => one.mutants),
      style,
    )}`,
  ].join('\n\n');
}

/** A kernel is one mistake in one way of computing. */
function countsText(mutants: readonly Mutant[], style: Style): string {
  const killed = mutants.filter(one => one.killedBy !== null);
  const named = killed.filter(one => one.named).length;
  const paint = killed.length === mutants.length ? style.green : style.red;
  const kinds = new Set(mutants.map(one => one.id)).size;
  return `${paint(`killed ${killed.length} of ${mutants.length} wrong kernels`)} (${kinds} mistakes), named ${named}`;
}

function blockText({ op, mutants }: Operator, style: Style): string {
  const alive = mutants.filter(one => one.killedBy === null).map(one => `${one.id} (${one.style})`);
  return [
    `${style.bold(op)}: ${countsText(mutants, style)}`,
    ...(alive.length > 0
      ? [`  ${style.red('alive')}  ${wrap(alive.join(', '), WIDTH - 9, '         ')}`]
      : []),
    ...tableLines(mutants),
  ].join('\n');
}

/** Room of the last column. */
const FATE = 14;

/** A row per mistake; a column for each check that found one. */
function tableLines(mutants: readonly Mutant[]): string[] {
  const checks = [...new Set(mutants.flatMap(one => (one.killedBy ? [one.killedBy.check] : [])))];
  const ids = [...new Set(mutants.map(one => one.id))];
  const taken = checks.reduce((sum, check) => sum + check.length + 2, 2 + 8 + FATE);
  const width = Math.min(WIDTH - taken, Math.max('mistake'.length, ...ids.map(id => id.length)));
  const row = (id: string, result: string, cells: readonly string[], last: string) => {
    const name = id.length <= width ? id.padEnd(width) : `${id.slice(0, width - 1)}~`;
    const columns = cells.map((cell, k) => cell.padEnd(checks[k]!.length));
    return `  ${[name, result.padEnd(6), ...columns, last].join('  ')}`.trimEnd();
  };
  return [
    row('mistake', 'result', checks, ''),
    ...ids.map(id => {
      const own = mutants.filter(one => one.id === id);
      const cells = checks.map(check =>
        String(own.filter(one => one.killedBy?.check === check).length || ''),
      );
      return row(id, own[0]!.result, cells, fate(own));
    }),
  ];
}

function fate(own: readonly Mutant[]): string {
  const named = own.filter(one => one.named).length;
  if (own.some(one => one.killedBy === null)) return 'ALIVE';
  if (named === 0) return '';
  return named === own.length ? 'named' : `named ${named} of ${own.length}`;
}
