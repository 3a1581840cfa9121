/** One call of a condition: its tensors as kernels take them, and what every result has to be. */
import { createEngine } from '../../../kernels/index.js';
import {
  type FloatTensor,
  type KernelCall,
  kernelCall,
  type Operator,
  type Params,
  resolve,
} from '../../../ops/index.js';
import { oneHot } from '../../../tensor/index.js';
import {
  type Pass,
  RESULTS,
  type ResultName,
  type SubjectCall,
  type WireTensor,
  type WireTensors,
} from '../../subject/subject.js';
import { writtenParams } from '../../vectors/format.js';
import type { Expected } from '../compare.js';
import { type Configuration, inputOf, type ProbeDType } from '../probe.js';
import { type Definition, definitionAt } from './definition.js';

export interface SampleCall {
  readonly operator: Operator;
  /** At the shapes of the case, by the built-in kernel. */
  readonly call: KernelCall;
  readonly configuration: Configuration;
  readonly params: Params;
  readonly dtype: ProbeDType;
  /** Made when it is first asked for. */
  readonly definition: () => Definition;
}

export interface Sample extends SampleCall {
  /** The same id gives the same sample. */
  readonly id: string;
  /** Class indices as int32. */
  readonly inputs: WireTensors;
  readonly upstream: FloatTensor;
  readonly expected: (result: ResultName) => Expected;
}

const oracle = createEngine('plain');

/** @throws BackproofError the codes of `kernelCall`. */
export function sampleCall(operator: Operator, configuration: Configuration, dtype: ProbeDType): SampleCall {
  const { shapes } = configuration;
  const { rank } = resolve(operator, shapes, configuration.params);
  const params = writtenParams(operator, configuration.params, rank);
  const call = kernelCall(operator, shapes, params, oracle);
  let known: Definition | null = null;
  const definition = (): Definition => {
    known ??= definitionAt(operator, call.call, dtype);
    return known;
  };
  return { operator, call, configuration, params, dtype, definition };
}

/** The inputs as the definition reads them: a row per class index. */
export function definitionInputs({ call: { call } }: SampleCall, inputs: WireTensors) {
  const entries = Object.entries(inputs).map(([name, tensor]) => {
    const isIndices = name === 'target' && tensor.dtype === 'int32';
    if (!isIndices) return [name, tensor as FloatTensor] as const;
    const { shape, data } = oneHot(
      { ...tensor, data: tensor.data as Int32Array, dtype: 'int32' },
      call.inputs.x!.at(-1)!,
    );
    const x = inputs.x as FloatTensor;
    const rows = x.dtype === 'float32' ? Float32Array.from(data) : Float64Array.from(data);
    return [name, { shape, data: rows, dtype: x.dtype } as FloatTensor] as const;
  });
  return Object.fromEntries(entries);
}

/** The built-in kernel's result, as float64 or float32 data. */
export function builtIn(
  { call, dtype }: SampleCall,
  inputs: Readonly<Record<string, FloatTensor>>,
  upstream: FloatTensor,
  result: ResultName,
): Expected {
  const input = inputOf(result);
  const { shape, data } = input === null ? call.forward(inputs) : call.vjp(input, upstream, inputs);
  return { shape, dtype, numbers: data, bounds: null };
}

/** Computed once for each result. */
export function once<T>(of: (result: ResultName) => T): (result: ResultName) => T {
  const known = new Map<ResultName, T>();
  return result => {
    const value = known.get(result) ?? of(result);
    known.set(result, value);
    return value;
  };
}

/** The results of a pass that this call has. */
export function resultsOf({ call }: SampleCall, pass: Pass): ResultName[] {
  if (pass === 'forward') return ['y'];
  return RESULTS.filter(result => {
    const input = inputOf(result);
    return input !== null && call.call.inputs[input] !== undefined && call.gradients.includes(input);
  });
}

export const shapeOf = ({ call: { call } }: SampleCall, result: ResultName) =>
  inputOf(result) === null ? call.output : call.inputs[inputOf(result)!]!;

/** The call as a subject takes it, all its tensors dense. */
export function sampleSubjectCall(sample: Sample, pass: Pass): SubjectCall {
  const { id, operator, params, inputs, upstream, dtype } = sample;
  const want = resultsOf(sample, pass).map(
    result => [result, { shape: shapeOf(sample, result), dtype }] as const,
  );
  return {
    ...{ id: `${id} ${pass}`, op: operator.name, pass, params, inputs, out: null },
    upstream: pass === 'backward' ? upstream : null,
    want: Object.fromEntries(want),
  };
}

/** The tensors that a pass reads, by name; the upstream as yBar. */
export const operandsOf = ({ inputs, upstream }: Sample, pass: Pass): Readonly<Record<string, WireTensor>> =>
  pass === 'forward' ? inputs : { ...inputs, yBar: upstream };
