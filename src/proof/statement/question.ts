/** The gradient of an operator by one of its inputs as a question about a draft, and claims as answers to it. */
import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Range } from '../../index-sum/index.js';
import {
  type Claim,
  COTANGENT,
  callOfAllSizes,
  layoutNames,
  type Operator,
  OUTPUT,
  type Params,
  parameterLetters,
  SELECTION,
  type SymbolicCall,
} from '../../ops/index.js';
import { define } from './apply.js';
import { type Draft, type Misfit, newDraft, newParameter, type Value } from './draft.js';
import { claimed, requireShape } from './elaborate.js';
import { differential } from './tangent.js';

export interface QuestionOptions {
  readonly wrt: string;
  readonly rank: number;
  readonly modes: Params;
  readonly misfit: Misfit;
  /** The inputs that are present; by default all. */
  readonly inputs?: readonly string[];
}

/** What is to be differentiated, by what, and what claims may read. */
export interface Question {
  readonly draft: Draft;
  readonly call: SymbolicCall;
  readonly of: Value;
  readonly by: Value;
  readonly upstream: Value;
  /** Whether `of` and `by` are differentials: y depends on x through an opaque function. */
  readonly isDifferential: boolean;
  readonly tensors: Readonly<Record<string, Value>>;
  readonly where: string;
}

export function gradientQuestion(operator: Operator, options: QuestionOptions): Question {
  const { wrt } = options;
  const { draft, call, of, inputs } = operatorDraft(operator, options);
  const by = inputs[wrt]!;
  const upstream = cellsOf(COTANGENT, of.free);
  draft.tensors.set(COTANGENT, upstream.free.length);
  const tangents = differential(draft, of, by);
  const tensors = { ...inputs, ...derivedTensors(draft, of), [COTANGENT]: upstream };
  const where = `${operator.name}, gradient of ${wrt}`;
  return {
    draft,
    call,
    upstream,
    tensors,
    where,
    isDifferential: tangents !== null,
    ...(tangents ?? { of, by }),
  };
}

/** The value of a claim, which has the shape of what is differentiated by. @throws BackproofError `claim-shape-mismatch`. */
export function answer({ draft, call, by, tensors, where }: Question, claim: Claim): Value {
  const is = claimed(draft, claim, call, tensors);
  requireShape(draft, where, is, by);
  return is;
}

/** What claims may read besides the inputs: the output, real parameters, the choice of a maximum. */
function derivedTensors(draft: Draft, of: Value): Record<string, Value> {
  const [maximum, ...others] = draft.maxima.values();
  const reals = [...draft.tensors]
    .filter(([, axes]) => axes === 0)
    .map(([name]) => [name, { tensor: name, free: [] }] as const);
  const chosen = maximum &&
    others.length === 0 && { tensor: maximum.selection, free: [...maximum.free, ...maximum.term.bound] };
  return { ...Object.fromEntries(reals), [OUTPUT]: of, ...(chosen && { [SELECTION]: chosen }) };
}

/** The operator applied to tensors of all sizes in its domain. */
function operatorDraft(operator: Operator, { rank, modes, misfit, inputs: present }: QuestionOptions) {
  const draft = newDraft(rank, misfit);
  const call = callOfAllSizes(operator, modes, rank, (letter, windows) =>
    newParameter(draft, letter, windows),
  );
  for (const value of call.letters.values())
    for (const name of polynomial.names(value)) draft.parameters.add(name);
  const inputs = Object.fromEntries(
    Object.entries(operator.inputs)
      .filter(([name]) => present?.includes(name) ?? true)
      .map(([name, layout]) => [name, cellsOf(name, layoutCells(layoutNames(layout, rank), call))]),
  );
  for (const [name, value] of Object.entries(inputs)) draft.tensors.set(name, value.free.length);
  draft.assume.push(...sizesOf(operator, call), ...requiredOf(call), ...call.defining);
  return { draft, call, inputs, of: define(draft, operator, call, inputs, 'y') };
}

/** Letters that no parameter sets are counts. */
function sizesOf(operator: Operator, { letters, rank }: SymbolicCall): Polynomial[] {
  const set = new Set([...parameterLetters(operator, rank).values()].flat());
  const own = [...letters].filter(([name, value]) => polynomial.equal(value, polynomial.variable(name)));
  return own.filter(([name]) => !set.has(name)).map(([, value]) => value);
}

const requiredOf = ({ required }: SymbolicCall): Polynomial[] =>
  required.flatMap(one => {
    if (one.kind === 'bound') return [one.value];
    const zero = polynomial.subtract(one.left, one.right);
    return [zero, polynomial.negate(zero)];
  });

const cellsOf = (tensor: string, free: readonly Range[]): Value => ({ tensor, free });

/** Indices by the letters of the layout: N C L1 is n, c, i1. */
function layoutCells(names: readonly string[], { letters }: SymbolicCall): Range[] {
  return names.map(name => ({
    name: name.replace(/^[A-Z]/, letter => (letter === 'L' ? 'i' : letter.toLowerCase())),
    extent: letters.get(name)!,
  }));
}
