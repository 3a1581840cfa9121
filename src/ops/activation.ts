/** What activation functions share: one input x of any shape, and each cell of y depends on that cell of x alone. */
import { type Activation, activate, activateVjp } from '../kernels/index.js';
import { formula } from './claim.js';
import { defineOperator, type Operator, type Params } from './operator.js';

interface ActivationRecord {
  readonly name: string;
  readonly summary: string;
  readonly result: string;
  /** Real numbers, with their defaults. */
  readonly params?: Readonly<Record<string, number>>;
  /** The stages before the last, if any, and y[p@<L@] without its left side. */
  readonly stages?: readonly string[];
  readonly cell: string;
  /** dx[p@<L@] without its left side, by the textbook. */
  readonly slope: string;
  readonly kernel: (params: Params) => Activation;
  readonly mistakes: () => readonly {
    readonly name: string;
    readonly says: string;
    readonly slope: string;
  }[];
}

const program = (stages: readonly string[], last: string): string => [...stages, last].join('\n');

export function activation(record: ActivationRecord): Operator<'x'> {
  const { name, summary, result, params = {}, stages = [], cell, slope, kernel } = record;
  const gradient = (of: string) => formula(program(stages, `dx[p@<L@] = yBar[p@]*${of}`));
  const unreal = Object.keys(params).flatMap(real => [{ [real]: Number.NaN }, { [real]: '1' }]);
  return defineOperator<'x'>({
    name,
    summary,
    rank: null,
    inputs: { x: 'L@' },
    optional: [],
    output: 'L@',
    result,
    params,
    letters: {},
    modes: {},
    domain: () => [],
    definition: () => program(stages, `y[p@<L@] = ${cell}`),
    sizes: () => ({}),
    claims: () => ({ x: gradient(slope) }),
    kernel: {
      forward: ({ x }, call) => activate(kernel(call.params), x!),
      vjp: { x: (yBar, { x }, call) => activateVjp(kernel(call.params), yBar, x!) },
    },
    mistakes: () =>
      record.mistakes().map(({ name: slip, says, slope: wrong }) => ({
        name: slip,
        says,
        wrt: 'x',
        claim: () => gradient(wrong),
      })),
    examples: () => [
      { shapes: { x: [2, 3] }, params: {} },
      { shapes: { x: [5] }, params: {} },
      { shapes: { x: [2, 1, 4] }, params: {} },
    ],
    badCalls: () => [
      { shapes: {}, params: {}, code: 'missing-input' },
      { shapes: { x: [2, 3], w: [2, 3] }, params: {}, code: 'unknown-input' },
      { shapes: { x: [2, -3] }, params: {}, code: 'bad-shape' },
      { shapes: { x: [2, 3] }, params: { inplace: true }, code: 'unknown-parameter' },
      ...unreal.map(wrong => ({ shapes: { x: [2, 3] }, params: wrong, code: 'bad-parameter' })),
    ],
  });
}
