/** What a kernel makes of a call: results, what it wrote to, or that it gave up. */
import type { ModuleKernel } from '../../../src/gate/mutants/kernel.js';
import { numbersOf } from '../../../src/gate/mutants/operands.js';
import type { ResultName, WireTensor, WireTensors } from '../../../src/gate/subject/subject.js';
import type { Configuration } from './configurations.js';

/** Results of the first and of any later call. */
export type Outcome = Readonly<Record<ResultName | 'inputs', readonly Result[]>>;

export interface Result {
  readonly shape: readonly number[] | null;
  readonly numbers: readonly number[];
}

const NAMES = { dx: 'x', dw: 'w', db: 'b' } as const;

export function outcomeOf(
  kernel: ModuleKernel,
  { inputs, upstream, params }: Configuration,
  times = 1,
): Outcome {
  const results: Record<keyof Outcome, Result[]> = { y: [], dx: [], dw: [], db: [], inputs: [] };
  for (let call = 0; call < times; call++) {
    const [mine, yBar] = [copied(inputs), copiedTensor(upstream)];
    results.y.push(attempt(() => kernel.forward(mine, params)));
    const gradients = attemptAll(() => kernel.backward(mine, yBar, params));
    for (const [result, name] of Object.entries(NAMES)) {
      results[result as keyof typeof NAMES].push(gradients ? resultOf(gradients[name]) : FAILED);
    }
    const read = [...Object.values(mine), yBar];
    results.inputs.push({ shape: null, numbers: read.flatMap(tensor => [...numbersOf(tensor)]) });
  }
  return results;
}

const FAILED: Result = { shape: null, numbers: [] };

const resultOf = (tensor: WireTensor | undefined): Result =>
  tensor ? { shape: tensor.shape, numbers: [...numbersOf(tensor)] } : FAILED;

function attempt(run: () => WireTensor): Result {
  try {
    return resultOf(run());
  } catch {
    return FAILED;
  }
}

function attemptAll(run: () => WireTensors): WireTensors | null {
  try {
    return run();
  } catch {
    return null;
  }
}

const copied = (tensors: WireTensors): WireTensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, copiedTensor(tensor)]));

const copiedTensor = (tensor: WireTensor): WireTensor => ({ ...tensor, data: tensor.data.slice() });

/** Where division or a logarithm rounds, styles differ in their last digits. */
export const slackOf = (op: string): number => (/^(conv|linear|max_pool|relu)/u.test(op) ? 0 : 2 ** -44);

/** Equal up to rounding: bit for bit at `slack` 0, where the sign of a zero does not count. */
export function agree(one: readonly Result[], other: readonly Result[], slack: number): boolean {
  return one.every((result, k) => sameResult(result, other[k]!, slack));
}

function sameResult(one: Result, other: Result, slack: number): boolean {
  if (String(one.shape) !== String(other.shape) || one.numbers.length !== other.numbers.length) return false;
  const scale = Math.max(0, ...one.numbers.map(Math.abs).filter(Number.isFinite));
  return one.numbers.every((number, k) => {
    const against = other.numbers[k]!;
    if (Object.is(number, against) || number === against) return true;
    return Math.abs(number - against) <= slack * scale;
  });
}
