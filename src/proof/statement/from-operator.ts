/** What an operator's record says about its gradients, as theorems for all sizes. */

import { type Polynomial, polynomial } from '../../exact/index.js';
import type { Range } from '../../index-sum/index.js';
import {
  type Claim,
  COTANGENT,
  callOfAllSizes,
  claimRule,
  layoutNames,
  type Operator,
  operatorFrom,
  type Params,
  parameterLetters,
  type SymbolicCall,
} from '../../ops/index.js';
import { define, type Misfit, newDraft, newParameter, type Value } from './draft.js';
import { claimed, requireShape } from './elaborate.js';
import type { Theorem } from './theorem.js';
import { adjointStatement, derivativeStatement } from './theorems.js';

export interface OperatorTheoremOptions {
  /** Only this input; by default every one that has a claim. */
  readonly wrt?: string;
  /** Judged in place of the record's own claims, for example one of its mistakes. */
  readonly claim?: Claim | ((modes: Params) => Claim);
  /** Only these modes; by default every mode. */
  readonly modes?: Readonly<Record<string, string>>;
  /** Only this number of spatial axes. */
  readonly rank?: number;
  /** Where the claim's sizes do not fit for all parameters: `refuse` it (default), or `assume` that they fit. */
  readonly misfit?: Misfit;
}

/**
 * The claims of a record for all sizes: for each input, rank (1, 2 and 3 where the record leaves it open) and mode, the
 * derivative form and, where the output is linear in the input, the adjoint form.
 * @throws BackproofError `unknown-operator`, `claim-shape-mismatch`, `sizes-do-not-fit`, `outside-domain`.
 */
export function operatorTheorems(
  operator: Operator | string,
  options: OperatorTheoremOptions = {},
): Theorem[] {
  const record = operatorFrom(operator);
  const ranks = typeof record.rank === 'number' ? [record.rank] : [1, 2, 3];
  const inputs = Object.keys(record.inputs).filter(name => options.wrt === undefined || options.wrt === name);
  return inputs.flatMap(wrt =>
    ranks
      .filter(rank => options.rank === undefined || options.rank === rank)
      .flatMap(rank =>
        modesOf(record, options).flatMap(modes => theoremsAbout(record, wrt, rank, modes, options)),
      ),
  );
}

/** Every combination of one value per mode. */
function modesOf(operator: Operator, { modes: wanted }: OperatorTheoremOptions): Record<string, string>[] {
  return Object.entries(operator.modes).reduce<Record<string, string>[]>(
    (all, [name, values]) =>
      all.flatMap(modes =>
        values
          .filter(value => (wanted?.[name] ?? value) === value)
          .map(value => ({ ...modes, [name]: value })),
      ),
    [{}],
  );
}

function theoremsAbout(
  operator: Operator,
  wrt: string,
  rank: number,
  modes: Record<string, string>,
  options: OperatorTheoremOptions,
): Theorem[] {
  const params = { ...operator.params, ...modes };
  const own = operator.claims(params)[wrt]!;
  const claim = typeof options.claim === 'function' ? options.claim(params) : (options.claim ?? own);
  if (claim.kind === 'hole') return [];
  const { draft, call, of, inputs } = operatorDraft(operator, rank, modes, options.misfit ?? 'refuse');
  const by = inputs[wrt]!;
  const upstream = cellsOf(COTANGENT, of.free);
  draft.tensors.set(COTANGENT, upstream.free.length);
  const is = claimed(draft, claim, call, { ...inputs, [COTANGENT]: upstream });
  requireShape(draft, `${operator.name}, gradient of ${wrt}`, is, by);
  const gradient = { of, by, upstream, is };
  const suffixes = Object.entries(modes).flatMap(([name, value]) =>
    operator.modes[name]![0] === value ? [] : [value],
  );
  const id = [
    operator.name,
    wrt,
    ...(typeof operator.rank === 'number' ? [] : [`${rank}d`]),
    ...suffixes,
  ].join('/');
  const base = { operator: operator.name, wrt, claim: `d${wrt} = ${claimRule(claim)}` };
  const adjoint = adjointStatement(draft, gradient);
  return [
    { id, ...base, statement: derivativeStatement(draft, gradient) },
    ...(adjoint
      ? [{ id: `${id}/adjoint`, ...base, claim: adjointClaim(wrt, base.claim), statement: adjoint }]
      : []),
  ];
}

/** "sum(yBar*y) = sum(x*dx), dx = ...": y stands for its part that reads x. */
const adjointClaim = (wrt: string, claim: string) => `sum(${COTANGENT}*y) = sum(${wrt}*d${wrt}), ${claim}`;

/** The operator applied to tensors of all sizes in its domain. */
function operatorDraft(operator: Operator, rank: number, modes: Params, misfit: Misfit) {
  const draft = newDraft(rank, misfit);
  const call = callOfAllSizes(operator, modes, rank, (letter, windows) =>
    newParameter(draft, letter, windows),
  );
  for (const value of call.letters.values())
    for (const name of polynomial.names(value)) draft.parameters.add(name);
  const inputs = Object.fromEntries(
    Object.entries(operator.inputs).map(([name, layout]) => [
      name,
      cellsOf(name, layoutCells(layoutNames(layout, rank), call)),
    ]),
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
