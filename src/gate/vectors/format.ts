/** Which tensors and parameters the vectors of an operator write. */
import type { BackproofError } from '../../error.js';
import { closest, type Operator, operators, type Params, type ParamValue } from '../../ops/index.js';
import { described, fault, type Place } from './fields.js';
import { type ParamForm, writtenParam } from './param-form.js';

/** The tensors and parameters of an operator's vectors. */
export interface VectorFormat {
  readonly inputs: readonly string[];
  readonly params: Readonly<Record<string, ParamForm>>;
  readonly operator: Operator;
}

const perAxis: ParamForm = { kind: 'integers', least: 1 };
const amounts: ParamForm = { kind: 'integers', least: 0 };
const padding: ParamForm = { kind: 'padding', modes: ['same-upper', 'same-lower', 'valid'] };
const flag: ParamForm = { kind: 'flag' };
const reduction: ParamForm = { kind: 'choice', of: ['mean', 'sum', 'none'] };

const conv = { stride: perAxis, padding, dilation: perAxis, groups: { kind: 'count' } } as const;
const pool = { kernel_size: perAxis, stride: perAxis, padding };

/** What is promised of these operators, whatever other parameters their records have. */
const PROMISED: Readonly<Record<string, VectorFormat['params']>> = {
  ...atEveryRank('conv', conv),
  ...atEveryRank('conv_transpose', { ...conv, output_padding: amounts }),
  ...atEveryRank('max_pool', { ...pool, dilation: perAxis, ceil_mode: flag }),
  ...atEveryRank('avg_pool', { ...pool, ceil_mode: flag, count_include_pad: flag }),
  linear: {},
  relu: {},
  sigmoid: {},
  tanh: {},
  softmax_cross_entropy: {
    reduction,
    target_kind: { kind: 'choice', of: ['indices', 'probabilities'] },
  },
  bce: { reduction },
  bce_with_logits: { reduction },
  mse: { reduction },
};

function atEveryRank(name: string, params: VectorFormat['params']) {
  return Object.fromEntries([1, 2, 3].map(rank => [`${name}${rank}d`, params]));
}

/** Every operator that a vector may name. */
export const vectorOperators: readonly string[] = operators.map(one => one.name);

/** @throws BackproofError `vector-operator` for a name that is not in the registry. */
export function formatOf(op: string, place: Place): VectorFormat {
  const operator = operators.find(one => one.name === op);
  if (!operator) throw unknownOperator(op, place);
  const own = Object.keys(operator.params).map((name): [string, ParamForm] => [name, { kind: 'any' }]);
  return {
    inputs: Object.keys(operator.inputs),
    params: PROMISED[op] ?? Object.fromEntries(own),
    operator,
  };
}

function unknownOperator(op: string, place: Place): BackproofError {
  const meant = closest(op, vectorOperators);
  return fault(place, {
    code: 'vector-operator',
    what: 'there is no operator of this name',
    expected: vectorOperators.join(', '),
    got: described(op),
    fix: meant ? `Did you mean ${meant}?` : 'Use one of these names.',
  });
}

/** The parameters that this operator's vectors write, each in its form, from a call as people write it. */
export function writtenParams(operator: Operator, params: Params, rank: number): Params {
  const forms = formatOf(operator.name, { file: operator.name, line: 0, path: '' }).params;
  // A parameter may be as another one: stride "kernel_size".
  const valueNamed = (name: string): ParamValue => {
    const value = params[name] ?? operator.params[name]!;
    return typeof value === 'string' && value in forms ? valueNamed(value) : value;
  };
  const entries = Object.entries(forms).map(([name, form]) => [
    name,
    writtenParam(form, valueNamed(name), rank),
  ]);
  return Object.fromEntries(entries);
}
