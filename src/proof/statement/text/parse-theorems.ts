/**
 * Theorems as people write them:
 *
 *     theorem im2col/gemm                     id of what follows; by default the name of the text
 *     rank 1..2                               numbers of spatial axes (by default 1): `@` is one copy per axis
 *     tensor x[N, G*I, L@], w[G*M, I, K@]     extents, needed where an operator is applied
 *     assume s@ >= 1, 0 <= a@ < s@, C = G*I
 *     y[n<N, p@<P@] = sum(q@<K@) [0 <= s@*p@ + q@ - a@ < L@] x[n, s@*p@ + q@ - a@] * w[q@]
 *     r[] = 1/(N*prod(L@))                    a number with r[]*N*prod(L@) = 1
 *     z = zero_stuff(yBar, step=s@)           operators of the registry
 *     prove gradient of y by x is dx          given the upstream gradient yBar (or: ... is dx upstream g)
 *     prove adjoint of y by x is dx           sum of yBar*y, as far as it reads x, = sum of x*dx
 *     prove y = z                             at every index of y
 *
 * `#` starts a comment; a line that starts with a blank continues the line before. A parameter that is the extent of a
 * range is assumed to be at least 0; nothing else is assumed that is not written, except what defines a number of windows.
 */

import { polynomial } from '../../../exact/index.js';
import type { Theorem } from '../theorem.js';
import { atPlace, claimFault } from './fault.js';
import { type Goal, readGoal, theoremOf } from './goals.js';
import { type Line, logicalLines, type Section, sections } from './lines.js';
import { readRelations, withoutProducts } from './parts.js';
import {
  declareTensors,
  defineFormula,
  defineStage,
  isName,
  type LineStage,
  newScope,
  readStage,
  type Scope,
  sizesOf,
} from './scope.js';

/**
 * Reads every theorem of a text.
 * @param where what to call the text in messages, and a theorem without a name
 * @throws BackproofError with the line: `unreadable-claim`, `text-too-long`, `missing-goal`, `duplicate-name`,
 *   `unknown-name`, `missing-extents`, `wrong-rank`, `rank-mismatch`, `not-a-product-sum`, `not-linear`, `wrong-inputs`,
 *   `unknown-mode`, `wrong-axis-count`, and what operators refuse.
 */
export function parseTheorems(text: string, where: string): Theorem[] {
  const all = sections(logicalLines(text, where), where);
  if (all.length === 0) throw missingGoal(where);
  const theorems = all.flatMap(readSection);
  const ids = theorems.map(theorem => theorem.id);
  const twice = ids.find((id, k) => ids.indexOf(id) !== k);
  if (twice !== undefined)
    throw claimFault(where, 'duplicate-name', 'two theorems have one name', 'new names', twice);
  return theorems;
}

type Sorted = Record<'rank' | 'tensor' | 'assume' | 'prove' | 'define', Line[]>;

function sorted(section: Section): Sorted {
  const lines: Sorted = { rank: [], tensor: [], assume: [], prove: [], define: [] };
  for (const line of section.lines) {
    const keyword = /^(rank|tensor|assume|prove)\s+[^=[\s]/.exec(line.text)?.[1];
    if (keyword === 'rank' || keyword === 'tensor' || keyword === 'assume' || keyword === 'prove')
      lines[keyword].push(line);
    else lines.define.push(line);
  }
  return lines;
}

function readSection(section: Section): Theorem[] {
  const lines = sorted(section);
  if (lines.prove.length === 0) throw missingGoal(section.where);
  const ranks = readRanks(lines.rank);
  return ranks.flatMap(rank => {
    const suffix = ranks.length > 1 ? `/${rank}d` : '';
    return theoremsAt(section, lines, rank).map(theorem => ({ ...theorem, id: theorem.id + suffix }));
  });
}

/** "2" or "1..3"; 1 where nothing is said. */
function readRanks([line, second]: readonly Line[]): number[] {
  if (second)
    throw claimFault(second.where, 'duplicate-name', 'the rank is given twice', 'one rank line', second.text);
  if (!line) return [1];
  const [, low, high] = /^rank\s+([0-4])(?:\.\.([0-4]))?$/.exec(line.text) ?? [];
  const [from, to] = [Number(low), Number(high ?? low)];
  if (!(from <= to))
    throw claimFault(
      line.where,
      'wrong-rank',
      'the rank does not read',
      'rank 2 or rank 1..3, from 0 to 4',
      line.text,
    );
  return Array.from({ length: to - from + 1 }, (_, k) => from + k);
}

function theoremsAt(section: Section, lines: Sorted, rank: number): Theorem[] {
  const written = (line: Line): Line => ({ ...line, text: withoutProducts(line.text, rank, line.where) });
  const goals = lines.prove.map(line => readGoal(written(line)));
  const scope = newScope(rank, section.lines, upstreamsOf(goals));
  for (const { text, where } of lines.tensor.map(written))
    atPlace(where, () => declareTensors(scope, text.replace(/^tensor\s+/, ''), where));
  const definitions = lines.define.map(written).map(line => readDefinition(line, rank));
  assumeAll(scope, lines.assume.map(written), definitions);
  for (const { line, stage, name, formula } of definitions) {
    atPlace(line.where, () =>
      stage ? defineStage(scope, stage, line) : defineFormula(scope, name, formula, line),
    );
  }
  return goals.map(goal => {
    const id = goals.length > 1 ? `${section.id}/${goalName(goal)}` : section.id;
    return { id, ...atPlace(goal.line.where, () => theoremOf(scope, goal)) };
  });
}

function goalName(goal: Goal): string {
  if (goal.kind === 'equality') return goal.other;
  return goal.kind === 'adjoint' ? `${goal.by}/adjoint` : goal.by;
}

/** Which tensor each upstream gradient belongs to. */
function upstreamsOf(goals: readonly Goal[]): Map<string, string> {
  const upstreams = new Map<string, string>();
  for (const goal of goals) {
    if (goal.kind === 'equality') continue;
    const { upstream, of, line } = goal;
    if ((upstreams.get(upstream) ?? of) !== of) {
      const fix = 'End one of the lines with upstream and another name.';
      throw claimFault(
        line.where,
        'duplicate-name',
        `${upstream} is upstream of two tensors`,
        upstreams.get(upstream)!,
        of,
        fix,
      );
    }
    upstreams.set(upstream, of);
  }
  return upstreams;
}

interface DefinitionLine {
  readonly line: Line;
  readonly name: string;
  readonly formula: string;
  readonly stage: LineStage | null;
}

function readDefinition(line: Line, rank: number): DefinitionLine {
  const [, name, formula] = /^([A-Za-z_]\w*)\s*=\s*(.+)$/.exec(line.text) ?? [];
  if (name !== undefined) return { line, name, formula: formula!, stage: null };
  if (/^[A-Za-z_]\w*\s*\[/.test(line.text))
    return { line, name: '', formula: '', stage: atPlace(line.where, () => readStage(line, rank)) };
  const expected = 'rank, tensor, assume, prove, y[n<N] = ..., or y = operator(...)';
  throw claimFault(line.where, 'unreadable-claim', 'the line does not read', expected, line.text);
}

function assumeAll(
  { draft, values }: Scope,
  assumptions: readonly Line[],
  definitions: readonly DefinitionLine[],
): void {
  const extents = [...values.values()].flatMap(value => value.free.map(range => range.extent));
  const sizes = [
    ...extents.filter(isName),
    ...definitions.flatMap(({ stage }) => (stage ? sizesOf(stage) : [])),
  ];
  draft.assume.push(...new Map(sizes.map(size => [polynomial.text(size), size])).values());
  for (const { text, where } of assumptions)
    draft.assume.push(
      ...atPlace(where, () => readRelations(text.replace(/^assume\s+/, ''), draft.rank, where)),
    );
}

function missingGoal(where: string) {
  return claimFault(
    where,
    'missing-goal',
    'nothing is to be proved',
    'a line that starts with prove',
    'none',
    'Add a line such as: prove gradient of y by x is dx',
  );
}
