/** What the structural operators share: one input x in layout N C L@ whose cells are only moved. */
import type { Claim } from './claim.js';
import {
  defineOperator,
  type FloatTensor,
  type Operator,
  type Params,
  type Resolved,
  type Sizes,
  type Written,
} from './operator.js';

interface StructuralMistake {
  readonly name: string;
  readonly says: string;
  readonly claim: Claim;
}

interface Structural {
  readonly name: string;
  readonly summary: string;
  readonly input?: string;
  readonly output: string;
  readonly rank?: (params: Params) => number;
  readonly result: string;
  readonly params: Params;
  readonly letters?: Operator['letters'];
  readonly domain?: readonly string[];
  readonly definition: string;
  readonly sizes: (dims: Sizes, params: Params, rank: number) => Sizes;
  readonly claim: Claim;
  readonly kernel: (x: FloatTensor, call: Resolved) => FloatTensor;
  readonly mistakes: () => readonly StructuralMistake[];
  readonly examples: Written['examples'];
  readonly badCalls: Written['badCalls'];
}

export function structural(record: Structural): Operator<'x'> {
  const { name, summary, output, result, params, sizes, examples, badCalls, mistakes } = record;
  return defineOperator<'x'>({
    name,
    summary,
    rank: record.rank ?? null,
    inputs: { x: record.input ?? 'N C L@' },
    optional: [],
    output,
    result,
    params,
    letters: record.letters ?? {},
    modes: {},
    domain: () => record.domain ?? [],
    definition: () => record.definition,
    sizes,
    claims: () => ({ x: record.claim }),
    kernel: { forward: (inputs, call) => record.kernel(inputs.x!, call), vjp: {} },
    mistakes: () => mistakes().map(one => ({ ...one, wrt: 'x', claim: () => one.claim })),
    examples,
    badCalls,
  });
}
