/** What an operator's record says about its gradients, as theorems for all sizes. */
import {
  type Claim,
  COTANGENT,
  claimRule,
  modesAt,
  type Operator,
  operatorFrom,
  type Params,
} from '../../ops/index.js';
import type { Draft, Misfit } from './draft.js';
import { answer, gradientQuestion } from './question.js';
import { readings } from './readings.js';
import type { Theorem } from './theorem.js';
import { adjointStatement, derivativeStatement } from './theorems.js';

export interface OperatorTheoremOptions {
  /** Only this input; by default every one that has a claim. */
  readonly wrt?: string;
  /** Judged in place of the record's own claims, for example one of its mistakes. */
  readonly claim?: Claim | ((modes: Params, rank: number) => Claim);
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
        modesOf(record, rank, options).flatMap(modes => theoremsAbout(record, wrt, rank, modes, options)),
      ),
  );
}

/** Every combination of one value per mode. */
function modesOf(
  operator: Operator,
  rank: number,
  { modes: wanted }: OperatorTheoremOptions,
): Record<string, string>[] {
  return Object.entries(modesAt(operator, rank)).reduce<Record<string, string>[]>(
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
  const own = operator.claims(params, rank)[wrt]!;
  const claim = typeof options.claim === 'function' ? options.claim(params, rank) : (options.claim ?? own);
  if (claim.kind === 'hole') return [];
  const question = gradientQuestion(operator, { wrt, rank, modes, misfit: options.misfit ?? 'refuse' });
  const { draft, isDifferential } = question;
  const is = answer(question, claim);
  const gradient = { ...question, is };
  const suffixes = Object.entries(modes).flatMap(([name, value]) =>
    modesAt(operator, rank)[name]![0] === value ? [] : [suffixOf(name, value)],
  );
  const id = [
    operator.name,
    wrt,
    ...(typeof operator.rank === 'number' ? [] : [`${rank}d`]),
    ...suffixes,
  ].join('/');
  const base = {
    operator: operator.name,
    wrt,
    claim: `d${wrt} = ${claimRule(claim)}`,
    readings: readings(draft),
    ...(isOpaque(draft) && { meaning: draft }),
  };
  const adjoint = adjointStatement(draft, gradient);
  const [y, x] = isDifferential ? [question.of.tensor, question.by.tensor] : ['y', wrt];
  return [
    { id, ...base, statement: derivativeStatement(draft, gradient) },
    ...(adjoint
      ? [
          {
            id: `${id}/adjoint`,
            ...base,
            claim: `sum(${COTANGENT}*${y}) = sum(${x}*d${wrt}), ${base.claim}`,
            statement: adjoint,
          },
        ]
      : []),
  ];
}

const isOpaque = ({ opaques, maxima, units }: Draft): boolean => opaques.size + maxima.size + units.size > 0;

/** A value that is a word stands for itself. */
const suffixOf = (name: string, value: string) =>
  /^[a-z]/.test(value) && !/^(true|false)$/.test(value) ? value : `${name}=${value}`;
