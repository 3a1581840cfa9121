/** Which parameters the vectors of an operator write, each in its one form. */
import { type Operator, operators, type Params, type ParamValue } from '../../ops/index.js';
import { choiceOf, described, fault, flagOf, integerOf, listOf, type Place } from './fields.js';

export type ReadParam = (value: unknown, place: Place) => ParamValue | boolean;

/** The tensors and parameters of an operator's vectors. */
export interface VectorFormat {
  readonly inputs: readonly string[];
  readonly params: Readonly<Record<string, ReadParam>>;
  /** Null: promised, but this version does not compute it. */
  readonly operator: Operator | null;
}

const perAxis: ReadParam = (value, place) => listOf(value, place, (one, at) => integerOf(one, at, 1));
const amounts: ReadParam = (value, place) => listOf(value, place, (one, at) => integerOf(one, at, 0));
const count: ReadParam = (value, place) => integerOf(value, place, 1);
const mode =
  (...choices: string[]): ReadParam =>
  (value, place) =>
    choiceOf(value, place, choices);

const padding: ReadParam = (value, place) => {
  if (typeof value === 'string') return choiceOf(value, place, ['same-upper', 'same-lower', 'valid']);
  return listOf(value, place, (pair, at) => {
    const [before, after, ...more] = listOf(pair, at, (one, side) => integerOf(one, side, 0));
    if (before !== undefined && after !== undefined && more.length === 0) return [before, after] as const;
    throw fault(at, {
      code: 'vector-length',
      what: 'the padding of an axis is not a pair',
      expected: '[before, after]',
      got: described(pair),
      fix: 'Write both numbers, also where they are equal.',
    });
  });
};

const conv = { stride: perAxis, padding, dilation: perAxis, groups: count };
const pool = { kernel_size: perAxis, stride: perAxis, padding };
const reduction = mode('mean', 'sum', 'none');

/** What is promised of these operators, whatever other parameters their records have. */
const PROMISED: Readonly<Record<string, VectorFormat['params']>> = {
  ...atEveryRank('conv', conv),
  ...atEveryRank('conv_transpose', { ...conv, output_padding: amounts }),
  ...atEveryRank('max_pool', { ...pool, dilation: perAxis, ceil_mode: flagOf }),
  ...atEveryRank('avg_pool', { ...pool, ceil_mode: flagOf, count_include_pad: flagOf }),
  linear: {},
  relu: {},
  sigmoid: {},
  tanh: {},
  softmax_cross_entropy: { reduction, target_kind: mode('indices', 'probabilities') },
  bce: { reduction },
  bce_with_logits: { reduction },
  mse: { reduction },
};

function atEveryRank(name: string, params: VectorFormat['params']) {
  return Object.fromEntries([1, 2, 3].map(rank => [`${name}${rank}d`, params]));
}

/** Any value that a record's parameter may have; what it means is for the record to say. */
const ofRecord: ReadParam = (value, place) => {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return integerOf(value, place, -Number.MAX_SAFE_INTEGER);
  return listOf(value, place, (one, at) => integerOf(one, at, -Number.MAX_SAFE_INTEGER));
};

/** @throws BackproofError `vector-operator` for a name that is neither in the registry nor promised. */
export function formatOf(op: string, place: Place): VectorFormat {
  const operator = operators.find(one => one.name === op) ?? null;
  const promised = Object.hasOwn(PROMISED, op) ? PROMISED[op]! : null;
  if (operator) {
    const own = Object.fromEntries(Object.keys(operator.params).map(name => [name, ofRecord]));
    return { inputs: Object.keys(operator.inputs), params: promised ?? own, operator };
  }
  if (promised) return { inputs: ['x', 'w', 'b', 'target'], params: promised, operator };
  const names = new Set([...operators.map(one => one.name), ...Object.keys(PROMISED)]);
  throw fault(place, {
    code: 'vector-operator',
    what: 'there is no operator of this name',
    expected: [...names].join(', '),
    got: described(op),
    fix: 'Use one of these names.',
  });
}

/** The parameters that this operator's vectors write, each in its form, from a call as people write it. */
export function writtenParams(operator: Operator, params: Params, rank: number): Params {
  const { params: readers } = formatOf(operator.name, { file: operator.name, line: 0, path: '' });
  const given = (name: string) => params[name] ?? operator.params[name]!;
  const form = Object.hasOwn(PROMISED, operator.name)
    ? (name: string) => (name === 'groups' ? given(name) : onEveryAxis(name, given(name), rank))
    : given;
  return Object.fromEntries(Object.keys(readers).map(name => [name, form(name)]));
}

/** One number stands for every axis, and in a padding for both sides. */
function onEveryAxis(name: string, value: ParamValue, rank: number): ParamValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  const list = typeof value === 'number' ? new Array<number>(rank).fill(value) : value;
  return name === 'padding' ? list.map(one => (typeof one === 'number' ? ([one, one] as const) : one)) : list;
}
