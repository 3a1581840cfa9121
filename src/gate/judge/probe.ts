/** One call of a kernel with all its tensors, drawn from a seed, as subjects take it and as oracles read it. */
import { createEngine } from '../../kernels/index.js';
import {
  type FloatTensor,
  type KernelCall,
  kernelCall,
  type Operator,
  type Params,
} from '../../ops/index.js';
import { fromArray, type Shape, size } from '../../tensor/index.js';
import type { Configuration } from '../plan/gate-case.js';
import { type Pass, RESULTS, type ResultName, type SubjectCall } from '../subject/subject.js';
import { writtenParams } from '../vectors/format.js';
import { type Random, randomFrom } from '../vectors/random.js';
import type { Expected } from './compare.js';

export type ProbeDType = 'float64' | 'float32';

export type { Configuration } from '../plan/gate-case.js';

export interface Probe {
  /** Names operator, configuration, element type, values: the same id gives the same probe. */
  readonly id: string;
  readonly operator: Operator;
  readonly call: KernelCall;
  readonly params: Params;
  readonly dtype: ProbeDType;
  readonly inputs: Readonly<Record<string, FloatTensor>>;
  readonly upstream: FloatTensor;
}

/** Sums of the oracle are float64, one product at a time. */
const oracle = createEngine('plain');

/** Integers from -A to -1 and 1 to A: a 0 would hide a wrong coefficient. */
export const integersUpTo =
  (amplitude: number) =>
  (random: Random): number => {
    const value = random.integer(1, amplitude);
    return random.integer(0, 1) === 0 ? value : -value;
  };

/** @throws BackproofError the codes of `kernelCall`. */
export function drawProbe(
  operator: Operator,
  { shapes, params }: Configuration,
  dtype: ProbeDType,
  draw: (random: Random) => number,
  words: string,
): Probe {
  const call = kernelCall(operator, shapes, params, oracle);
  const written = writtenParams(operator, params, call.call.rank);
  const id = [operator.name, shapesText(shapes), JSON.stringify(written), dtype, words].join(' ');
  const random = randomFrom(id);
  const tensor = (shape: Shape): FloatTensor =>
    fromArray(
      shape,
      Array.from({ length: size(shape) }, () => draw(random)),
      dtype,
    );
  const inputs = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, tensor(shape)]));
  return { id, operator, call, params: written, dtype, inputs, upstream: tensor(call.call.output) };
}

const shapesText = (shapes: Configuration['shapes']): string =>
  Object.entries(shapes)
    .map(([name, shape]) => `${name}=${shape.join('x')}`)
    .join(' ');

/** The input whose gradient a result is; null for the output. */
export const inputOf = (result: ResultName): string | null => (result === 'y' ? null : result.slice(1));

/** The results of a pass that this call has. */
export function resultsOf({ call, inputs }: Probe, pass: Pass): ResultName[] {
  if (pass === 'forward') return ['y'];
  return RESULTS.filter(result => {
    const input = inputOf(result);
    return input !== null && inputs[input] !== undefined && call.gradients.includes(input);
  });
}

const expectations = new WeakMap<Probe, Map<ResultName, Expected>>();

/** What a result has to be, by the built-in kernel: exact on integers within the budget. Computed once for a probe. */
export function expectedOf(probe: Probe, result: ResultName): Expected {
  const known = expectations.get(probe) ?? new Map<ResultName, Expected>();
  expectations.set(probe, known);
  const expected = known.get(result) ?? computed(probe, result);
  known.set(result, expected);
  return expected;
}

function computed({ call, inputs, upstream, dtype }: Probe, result: ResultName): Expected {
  const input = inputOf(result);
  const { shape, data } = input === null ? call.forward(inputs) : call.vjp(input, upstream, inputs);
  return { shape, dtype, numbers: data, bounds: null };
}

/** The call as a subject takes it, asking for all results of the pass or for these. */
export function subjectCall(probe: Probe, pass: Pass, results = resultsOf(probe, pass)): SubjectCall {
  const { id, operator, params, inputs, upstream, dtype, call } = probe;
  const wanted = results.map(result => {
    const input = inputOf(result);
    return [result, { shape: input === null ? call.call.output : inputs[input]!.shape, dtype }] as const;
  });
  return {
    id: `${id} ${pass}`,
    op: operator.name,
    pass,
    params,
    inputs,
    upstream: pass === 'backward' ? upstream : null,
    want: Object.fromEntries(wanted),
    out: null,
  };
}
