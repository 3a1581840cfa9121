/** Reads the comment that declares a setup: `backproof: conv2d input=X[3,3] kernel=F[2,2] output=O stride=1`. */
import { closest, type Operator, operators, type Params, type ParamValue } from '../../ops/index.js';
import type { PerAxis } from '../../tensor/index.js';
import type { Mark } from '../document/document.js';
import { isCovered } from './covered.js';
import { checkKey, directiveWords } from './directive-pairs.js';
import { didYouMean, directiveError, type Source } from './directive-source.js';
import {
  choiceValue,
  integerValue,
  nameList,
  type Pair,
  paddingValue,
  rangeValue,
  tensorValue,
  type WrittenRange,
  type WrittenTensor,
} from './directive-values.js';
import type { LayerStyle } from './naming.js';
import type { IndexStyle, Setup } from './setup.js';
import { type DirectiveRole, NAME_KEYS, NOT_COVERED, ROLE_KEYS } from './vocabulary.js';

export type Directive = OperatorDirective | NotCoveredDirective;

export interface OperatorDirective {
  readonly kind: 'operator';
  readonly operator: Operator;
  readonly roles: Readonly<Partial<Record<DirectiveRole, WrittenTensor>>>;
  /** Null when nothing was said. */
  readonly loss: readonly string[] | null;
  readonly upstream: readonly string[];
  /** Operator parameters that were written. */
  readonly params: Params;
  readonly kernelSize: PerAxis | null;
  readonly index: IndexStyle;
  readonly product: Setup['product'];
  readonly layer: LayerStyle | null;
  readonly ranges: readonly WrittenRange[];
  /** Offset of the operator's name. */
  readonly offset: number;
  /** Offset of each key. */
  readonly offsets: ReadonlyMap<string, number>;
}

/** An operator that is promised but not judged yet: equations about its output stay unchecked. */
export interface NotCoveredDirective {
  readonly kind: 'not-covered';
  readonly operator: string;
  /** Keys of the names it declares, its outputs first in line for replacement. */
  readonly output: readonly string[];
  readonly names: readonly string[];
  readonly offset: number;
}

/**
 * The directive of a mark named `backproof` whose body is not `end`.
 * @throws BackproofError `malformed-directive`, `unknown-operator`, `unknown-directive-key`, `bad-directive-value`,
 *   with `line` and `column` in its data.
 */
export function readDirective(mark: Mark, source: Source): Directive {
  const { operator, pairs } = directiveWords(mark, source);
  const record = operators.find(one => one.name === operator.text);
  const rank = typeof record?.rank === 'number' ? record.rank : 2;
  if (record && isCovered(record, record.params, rank))
    return operatorDirective(source, record, pairs, operator.offset);
  if (record || NOT_COVERED.includes(operator.text)) return notCovered(operator, pairs);
  const known = [...operators.map(one => one.name), ...NOT_COVERED];
  throw directiveError(source, operator.offset, {
    code: 'unknown-operator',
    what: 'there is no such operator',
    expected: known.join(', '),
    got: operator.text.slice(0, 60),
    fix: didYouMean(closest(operator.text, known), 'Use one of these names.'),
    data: { operator: operator.text },
  });
}

/** The keys of an uncovered operator are not settled; only its names are kept. */
function notCovered(operator: { text: string; offset: number }, pairs: readonly Pair[]): NotCoveredDirective {
  const namesOf = (keys: readonly string[]) =>
    pairs
      .filter(pair => keys.includes(pair.key))
      .flatMap(({ value }) => value.replace(/[=[].*$/s, '').split('|'));
  const names = namesOf([...ROLE_KEYS, ...NAME_KEYS]);
  return {
    kind: 'not-covered',
    operator: operator.text,
    output: namesOf(['output']),
    names,
    offset: operator.offset,
  };
}

function operatorDirective(
  source: Source,
  operator: Operator,
  pairs: readonly Pair[],
  offset: number,
): OperatorDirective {
  for (const pair of pairs) checkKey(source, pair, keysOf(operator), operator.name);
  const pairOf = (key: string) => pairs.find(pair => pair.key === key);
  const read = <T>(key: string, reader: (source: Source, pair: Pair) => T): T | null => {
    const pair = pairOf(key);
    return pair ? reader(source, pair) : null;
  };
  return {
    kind: 'operator',
    operator,
    roles: rolesOf(source, pairs),
    loss: read('loss', nameList),
    upstream: read('upstream', nameList) ?? [],
    params: paramsOf(source, pairs, operator),
    kernelSize: read('kernel_size', integerValue),
    index: read('index', (s, pair) => choiceValue(s, pair, 'index')) ?? 'pair',
    product: read('product', (s, pair) => choiceValue(s, pair, 'product')),
    layer: read('layer', (s, pair) => choiceValue(s, pair, 'layer')),
    ranges: read('range', rangeValue) ?? [],
    offset,
    offsets: new Map(pairs.map(pair => [pair.key, pair.offset])),
  };
}

const TENSOR_OF_KEY: Readonly<Record<string, string>> = {
  input: 'x',
  kernel: 'w',
  bias: 'b',
  target: 'target',
};

/** The keys that make sense for the operator: roles it has inputs for, parameters it has. */
function keysOf(operator: Operator): string[] {
  const roles = Object.entries(TENSOR_OF_KEY)
    .filter(([, tensor]) => operator.inputs[tensor] !== undefined)
    .map(([key]) => key);
  const kernelSize = operator.inputs.w !== undefined ? ['kernel_size'] : [];
  const always = ['output', 'loss', 'upstream', 'index', 'product', 'layer', 'range'];
  return [...roles, ...always, ...kernelSize, ...Object.keys(operator.params)];
}

function rolesOf(source: Source, pairs: readonly Pair[]): OperatorDirective['roles'] {
  const roles: Partial<Record<DirectiveRole, WrittenTensor>> = {};
  for (const key of ROLE_KEYS) {
    const pair = pairs.find(one => one.key === key);
    if (pair) roles[key] = tensorValue(source, pair);
  }
  return roles;
}

function paramsOf(source: Source, pairs: readonly Pair[], operator: Operator): Params {
  const params: Record<string, ParamValue> = {};
  for (const pair of pairs) {
    if (operator.params[pair.key] === undefined || pair.key === 'kernel_size') continue;
    params[pair.key] = paramValue(source, pair);
  }
  return params;
}

function paramValue(source: Source, pair: Pair): ParamValue {
  if (pair.key === 'padding') return paddingValue(source, pair);
  if (pair.key === 'convention' || pair.key === 'reduction') return choiceValue(source, pair, pair.key);
  // Structural operators have parameters of their own (step, start, length): integers as well.
  return integerValue(source, pair);
}
