/** A wrong element of a kernel's result, and how to run that kernel once more at the same configuration. */
import { BackproofError } from '../../error.js';
import {
  COTANGENT,
  type Operator,
  operatorNamed,
  type Params,
  type Resolved,
  resolve,
} from '../../ops/index.js';
import { ravel, type Shape, size } from '../../tensor/index.js';
import type { ResultName } from '../subject/subject.js';
import type { WireTensor, WireTensors } from '../subject/wire.js';

export type Results = Readonly<Partial<Record<ResultName, WireTensor>>>;

/** Runs the kernel under test on fresh tensors; null: it gave no result. `upstream` is null for the forward pass. */
export type Ask = (inputs: WireTensors, upstream: WireTensor | null) => Promise<Results | null>;

export interface Problem {
  readonly op: string;
  readonly params: Params;
  /** Of the inputs, by name. */
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly dtype: 'float64' | 'float32';
  readonly result: ResultName;
  /** The first wrong element, zero-based. */
  readonly index: readonly number[];
  /** Tensors that the element may depend on (`yBar` is the upstream); null: every input for y, and for a gradient what its definition reads. */
  readonly mayRead: readonly string[] | null;
}

/** A problem with its sizes worked out. */
export interface Settled {
  readonly problem: Problem;
  readonly operator: Operator;
  readonly call: Resolved;
  /** The input that the gradient is to; null for the output. */
  readonly wrt: string | null;
  readonly shape: Shape;
  /** The element's flat position. */
  readonly cell: number;
  /** Every tensor that the kernel is handed, yBar included where there is one. */
  readonly tensors: readonly string[];
}

/** @throws BackproofError `bad-result`, `bad-element`, and what `resolve` and `operatorNamed` refuse. */
export function settle(problem: Problem): Settled {
  const operator = operatorNamed(problem.op);
  const call = resolve(operator, problem.shapes, problem.params);
  const wrt = problem.result === 'y' ? null : problem.result.slice(1);
  const shape = wrt === null ? call.output : call.inputs[wrt];
  if (!shape) throw badResult(problem, Object.keys(call.inputs));
  const { index } = problem;
  const inside = index.length === shape.length && index.every((at, axis) => at >= 0 && at < shape[axis]!);
  if (!inside || !index.every(Number.isInteger)) throw badElement(problem, shape);
  const tensors = [...(wrt === null ? [] : [COTANGENT]), ...Object.keys(call.inputs)];
  return { problem, operator, call, wrt, shape, cell: ravel(shape, index), tensors };
}

export function shapeIn({ call }: Settled, tensor: string): Shape {
  return tensor === COTANGENT ? call.output : call.inputs[tensor]!;
}

export function countIn(settled: Settled, tensor: string): number {
  return size(shapeIn(settled, tensor));
}

function badResult({ op, result }: Problem, inputs: readonly string[]): BackproofError {
  return new BackproofError({
    code: 'bad-result',
    where: op,
    what: 'this call has no such result',
    expected: ['y', ...inputs.map(name => `d${name}`)].join(', '),
    got: result,
    fix: 'Name y, or the gradient to an input that is given.',
    data: { result },
  });
}

function badElement({ op, result, index }: Problem, shape: Shape): BackproofError {
  return new BackproofError({
    code: 'bad-element',
    where: op,
    what: `the index does not lie in ${result}`,
    expected: `an element of [${shape.join(', ')}]`,
    got: `[${index.join(', ')}]`,
    fix: 'Give one zero-based integer for each axis.',
    data: { index: [...index], shape: [...shape] },
  });
}
