/** The forward equations that belong together: one output, the same two operands. */
import type { ForwardEquation, IndexedName } from './forward.js';
import type { Subscript } from './subscript.js';

export interface Group {
  readonly output: string;
  readonly operands: readonly [string, string];
  readonly equations: readonly GroupEquation[];
  /** The bias that most of the equations add. */
  readonly bias: IndexedName | null;
}

export interface GroupEquation {
  /** Place in the list of equations. */
  readonly source: number;
  readonly line: number;
  readonly output: Subscript;
  /** Indices of the two operands, term by term. */
  readonly terms: readonly (readonly [Subscript, Subscript])[];
  /** False if a term is no product of the two operands, or the bias is not that of the others. */
  readonly whole: boolean;
  readonly gap: number | null;
}

/** The largest group; null if there is none, several if they are equally large. */
export function largestGroups(equations: readonly ForwardEquation[]): Group[] {
  const members = new Map<string, ForwardEquation[]>();
  for (const equation of equations) {
    const key = groupKey(equation);
    if (key === null) continue;
    const list = members.get(key) ?? [];
    if (list.length === 0) members.set(key, list);
    list.push(equation);
  }
  const most = Math.max(0, ...[...members.values()].map(list => list.length));
  return [...members].filter(([, list]) => list.length === most).map(([key, list]) => groupOf(key, list));
}

const SEPARATOR = '\n';

/** Output and the two operands of at least half of its terms. */
function groupKey(equation: ForwardEquation): string | null {
  const counts = new Map<string, number>();
  for (const [a, b] of equation.products) {
    const pair = [a.key, b.key].sort().join(SEPARATOR);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  const [pair, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  const output = equation.output.key;
  if (count * 2 < equation.products.length + equation.odd || pair.split(SEPARATOR).includes(output))
    return null;
  return [output, pair].join(SEPARATOR);
}

function groupOf(key: string, equations: readonly ForwardEquation[]): Group {
  const [output = '', first = '', second = ''] = key.split(SEPARATOR);
  const bias = commonBias(equations);
  return {
    output,
    operands: [first, second],
    bias,
    equations: equations.map(equation => {
      const ordered = equation.products.map(([a, b]) =>
        a.key === first ? ([a, b] as const) : ([b, a] as const),
      );
      const fitting = ordered.filter(([a, b]) => a.key === first && b.key === second);
      const complete = equation.odd === 0 && fitting.length === ordered.length;
      return {
        source: equation.source,
        line: equation.line,
        output: equation.output.subscript,
        terms: fitting.map(([a, b]) => [a.subscript, b.subscript] as const),
        whole: complete && biasText(equation.bias) === biasText(bias),
        gap: equation.gap,
      };
    }),
  };
}

function commonBias(equations: readonly ForwardEquation[]): IndexedName | null {
  const counts = new Map<string, number>();
  for (const { bias } of equations) counts.set(biasText(bias), (counts.get(biasText(bias)) ?? 0) + 1);
  const [text] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [''];
  return equations.find(({ bias }) => biasText(bias) === text)?.bias ?? null;
}

const biasText = (bias: IndexedName | null): string => (bias === null ? '' : JSON.stringify(bias));
