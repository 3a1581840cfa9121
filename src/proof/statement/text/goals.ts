/** The `prove` lines: what is claimed of the tensors of a text. */
import { type Statement, sidesOf } from '../../trusted/statement.js';
import type { Value } from '../draft.js';
import { requireShape } from '../elaborate.js';
import type { Theorem } from '../theorem.js';
import { adjointStatement, derivativeStatement, equalityStatement } from '../theorems.js';
import { claimFault } from './fault.js';
import { evaluateFormula } from './formula.js';
import type { Line } from './lines.js';
import { lookUp, type Scope } from './scope.js';

export type Goal =
  | {
      readonly kind: 'gradient' | 'adjoint';
      readonly of: string;
      readonly by: string;
      readonly upstream: string;
      readonly is: string;
      readonly line: Line;
    }
  | { readonly kind: 'equality'; readonly one: string; readonly other: string; readonly line: Line };

const GRADIENT =
  /^prove\s+(gradient|adjoint)\s+of\s+(\w+)\s+by\s+(\w+)\s+is\s+(.+?)(?:\s+upstream\s+(\w+))?$/;
const EQUALITY = /^prove\s+(\w+)\s*=\s*(\w+)$/;

/** @throws BackproofError `unreadable-claim`. */
export function readGoal(line: Line): Goal {
  const gradient = GRADIENT.exec(line.text);
  if (gradient) {
    const [, kind, of, by, is, upstream] = gradient;
    const form = kind === 'adjoint' ? 'adjoint' : 'gradient';
    return { kind: form, of: of!, by: by!, is: is!, upstream: upstream ?? 'yBar', line };
  }
  const equality = EQUALITY.exec(line.text);
  if (equality) return { kind: 'equality', one: equality[1]!, other: equality[2]!, line };
  const expected = 'prove gradient of y by x is dx, prove adjoint of y by x is dx, or prove y = z';
  throw claimFault(line.where, 'unreadable-claim', 'the goal does not read', expected, line.text);
}

/** The theorem of a goal, without its id. */
export function theoremOf(scope: Scope, goal: Goal): Omit<Theorem, 'id'> {
  const { where } = goal.line;
  if (goal.kind !== 'equality') return gradientTheorem(scope, goal);
  const [one, other] = [lookUp(scope, goal.one, where), lookUp(scope, goal.other, where)];
  requireShape(scope.draft, `${where}, ${goal.other}`, other, one);
  const statement = checked(equalityStatement(scope.draft, one, other));
  return { operator: null, wrt: null, claim: `${goal.one} = ${goal.other}`, statement };
}

function gradientTheorem(
  scope: Scope,
  goal: Extract<Goal, { kind: 'gradient' | 'adjoint' }>,
): Omit<Theorem, 'id'> {
  const { draft, applications, lines } = scope;
  const { where } = goal.line;
  const of = lookUp(scope, goal.of, where);
  const is = evaluateFormula(draft, goal.is, name => lookUp(scope, name, where), where, `d${goal.by}`);
  const by = givenTensor(scope, goal.by, is, goal.line);
  const upstream = givenTensor(scope, goal.upstream, of, goal.line);
  requireShape(draft, `${where}, ${goal.is}`, is, by);
  requireShape(draft, `${where}, ${goal.upstream}`, upstream, of);
  const gradient = { of, by, upstream, is };
  const statement =
    goal.kind === 'gradient' ? derivativeStatement(draft, gradient) : adjointStatement(draft, gradient);
  if (!statement) {
    const fix = 'State the gradient instead.';
    throw claimFault(
      where,
      'not-linear',
      `${goal.of} is not linear in ${goal.by}`,
      'a linear tensor',
      goal.of,
      fix,
    );
  }
  const application = applications.get(goal.of);
  const [input] = Object.entries(application?.inputs ?? {}).find(([, text]) => text === goal.by) ?? [null];
  const claim = lines.get(goal.is)?.text ?? `d${goal.by} = ${goal.is}`;
  return {
    operator: input === null ? null : application!.operator.name,
    wrt: input,
    claim: claim.replace(/\s+/g, ' '),
    statement: checked(statement),
  };
}

/** A tensor that is given, not defined; shaped like its gradient if its extents are not known. */
function givenTensor(scope: Scope, name: string, gradient: Value, { where }: Line): Value {
  const { draft, values, lines } = scope;
  const rank = draft.tensors.get(name);
  if (rank === undefined || lines.has(name)) {
    const given = [...draft.tensors.keys()].join(', ') || 'none';
    throw claimFault(where, 'unknown-name', `${name} is no given tensor`, `one of the given: ${given}`, name);
  }
  if (rank !== gradient.free.length)
    throw claimFault(
      where,
      'rank-mismatch',
      `the gradient of ${name} has another number of axes`,
      `${rank}`,
      `${gradient.free.length}`,
    );
  return values.get(name) ?? { tensor: name, free: gradient.free };
}

/** Every tensor of a statement is read as it is declared. */
function checked(statement: Statement): Statement {
  sidesOf(statement);
  return statement;
}
