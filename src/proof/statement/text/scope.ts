/** What the names of a claim's text stand for, filled in the order of its lines. */
import { type Polynomial, polynomial } from '../../../exact/index.js';
import { parseProgram, type Range, type Stage, type SumStage, termsOf } from '../../../index-sum/index.js';
import { type Draft, newDraft, type Value } from '../draft.js';
import { claimFault, type Place } from './fault.js';
import { type Application, evaluateFormula, readApplication } from './formula.js';
import type { Line } from './lines.js';
import { readTensors } from './parts.js';

export interface Scope {
  readonly draft: Draft;
  /** Tensors whose extents are known, and everything that is defined. */
  readonly values: Map<string, Value>;
  /** The lines of the definitions, and what operator they apply, if they do. */
  readonly lines: Map<string, Line>;
  readonly applications: Map<string, Application>;
  /** For each upstream gradient, the tensor that it is shaped like. */
  readonly upstreams: ReadonlyMap<string, string>;
}

/** @param texts every line of the theorem: no parameter of our own may have a name that occurs in them */
export function newScope(
  rank: number,
  texts: readonly Line[],
  upstreams: ReadonlyMap<string, string>,
): Scope {
  const draft = newDraft(rank, 'refuse');
  for (const [name] of texts
    .map(line => line.text)
    .join(' ')
    .matchAll(/[A-Za-z_]\w*@?/g)) {
    draft.parameters.add(name);
    for (let axis = 1; axis <= rank; axis++) draft.parameters.add(name.replace('@', String(axis)));
  }
  return { draft, values: new Map(), lines: new Map(), applications: new Map(), upstreams };
}

export function declareTensors(scope: Scope, text: string, where: Place): void {
  for (const { name, extents } of readTensors(text, scope.draft.rank, where)) {
    refuseTaken(scope, name, where);
    scope.draft.tensors.set(name, extents.length);
    scope.values.set(name, { tensor: name, free: extents.map(indexFor) });
  }
}

/** An index called after its extent: N gives n, L1 gives i1, and a longer extent m. */
function indexFor(extent: Polynomial): Range {
  const [name] = polynomial.names(extent);
  const letter = name && polynomial.equal(extent, polynomial.variable(name)) ? name : 'M';
  return { name: letter.replace(/^L(?=\d*$)/, 'I').toLowerCase(), extent };
}

function refuseTaken({ draft, lines }: Scope, name: string, where: Place): void {
  if (lines.has(name))
    throw claimFault(where, 'duplicate-name', `${name} is defined twice`, 'a new name', name);
  if (draft.tensors.has(name))
    throw claimFault(
      where,
      'duplicate-name',
      `${name} is declared or read before`,
      'a new name',
      name,
      'Define it before it is read, and once.',
    );
}

/** A sum of products, or the reciprocal of a count. */
export type LineStage = SumStage | Extract<Stage, { kind: 'reciprocal' }>;

/** A stage such as "y[n<N] = sum(k<K) x[n, k]" or "r[] = 1/N". @throws BackproofError `not-a-product-sum`, `unreadable-definition`. */
export function readStage({ text, where }: Line, rank: number): LineStage {
  // 1/2 is a scalar formula to programs, of which a line has none.
  const { stages } = parseProgram(text.replace(/(=\s*1\/)(\w+)\s*$/, '$1($2)'), rank);
  const [stage] = stages;
  if (stages.length === 1 && (stage?.kind === 'sum' || isReciprocal(stage))) return stage;
  const got = stages.length > 1 ? `${stages.length} stages` : `a ${stage!.kind} stage`;
  throw claimFault(
    where,
    'not-a-product-sum',
    'the line is no sum of products',
    'one sum of products of tensors, or r[] = 1/N',
    got,
  );
}

/** Without axes, and not of a number below 1. */
function isReciprocal(stage: Stage | undefined): stage is Extract<Stage, { kind: 'reciprocal' }> {
  return (
    stage?.kind === 'reciprocal' && stage.free.length === 0 && (polynomial.asConstant(stage.of) ?? 1) >= 1
  );
}

/** Parameters that are the extent of a range by themselves. */
export function sizesOf(stage: LineStage): Polynomial[] {
  if (stage.kind === 'reciprocal') return [];
  const ranges = [...stage.free, ...termsOf(stage).flatMap(term => term.bound)];
  return ranges.map(range => range.extent).filter(isName);
}

export const isName = (value: Polynomial): boolean =>
  [...polynomial.names(value)].some(name => polynomial.equal(value, polynomial.variable(name)));

export function defineStage(scope: Scope, stage: LineStage, line: Line): void {
  if (stage.kind === 'reciprocal') declareReciprocal(scope, stage.name, stage.of, line);
  else defineSum(scope, stage, line);
}

function defineSum(scope: Scope, { name, free, terms }: SumStage, line: Line): void {
  const { draft, values, lines } = scope;
  for (const { tensor, index } of terms.flatMap(term => term.atoms)) {
    const rank = values.get(tensor)?.free.length ?? draft.tensors.get(tensor) ?? index.length;
    if (rank !== index.length)
      throw claimFault(
        line.where,
        'rank-mismatch',
        `${tensor} has another number of axes`,
        `${rank} indices`,
        `${index.length} indices`,
      );
    if (!values.has(tensor)) draft.tensors.set(tensor, rank);
  }
  refuseTaken(scope, name, line.where);
  draft.definitions.push({ name, free, terms });
  defined(scope, name, { tensor: name, free }, line);
  lines.set(name, line);
}

function declareReciprocal(scope: Scope, name: string, of: Polynomial, line: Line): void {
  refuseTaken(scope, name, line.where);
  scope.draft.tensors.set(name, 0);
  scope.draft.units.set(name, of);
  defined(scope, name, { tensor: name, free: [] }, line);
}

export function defineFormula(scope: Scope, name: string, text: string, line: Line): void {
  refuseTaken(scope, name, line.where);
  const application = readApplication(text, scope.draft.rank, line.where);
  if (!application)
    throw claimFault(
      line.where,
      'unreadable-claim',
      'the line defines nothing',
      'an operator or a sum',
      text,
    );
  const value = evaluateFormula(scope.draft, text, one => lookUp(scope, one, line.where), line.where, name);
  scope.applications.set(name, application);
  defined(scope, name, value, line);
}

function defined({ draft, values, lines, upstreams }: Scope, name: string, value: Value, line: Line): void {
  values.set(name, value);
  lines.set(name, line);
  for (const [upstream, of] of upstreams) {
    if (of !== name || values.has(upstream)) continue;
    const [rank, read] = [value.free.length, draft.tensors.get(upstream) ?? value.free.length];
    if (rank !== read)
      throw claimFault(
        line.where,
        'rank-mismatch',
        `${upstream} has as many axes as ${name}`,
        `${rank} indices`,
        `${read} indices`,
      );
    draft.tensors.set(upstream, rank);
    values.set(upstream, { tensor: upstream, free: value.free });
  }
}

/** @throws BackproofError `unknown-name`, `missing-extents`. */
export function lookUp({ draft, values, upstreams }: Scope, name: string, where: Place): Value {
  const value = values.get(name);
  if (value) return value;
  const of = upstreams.get(name);
  if (of !== undefined)
    throw claimFault(
      where,
      'unknown-name',
      `${name} is read before ${of} is defined`,
      `${of} above this line`,
      name,
    );
  if (draft.tensors.has(name)) {
    const fix = `Write tensor ${name}[...] with its extents.`;
    throw claimFault(
      where,
      'missing-extents',
      `the extents of ${name} are not given`,
      `a line tensor ${name}[...]`,
      'none',
      fix,
    );
  }
  throw claimFault(
    where,
    'unknown-name',
    'there is no such tensor',
    [...values.keys()].join(', ') || 'a tensor line',
    name,
  );
}
