/** Numbers for samples, operator by operator, and by what their results are known. */
import { COTANGENT, type FloatTensor, isSumOfProducts } from '../../../ops/index.js';
import { fromArray, type Shape, size } from '../../../tensor/index.js';
import type { Declares } from '../../subject/declares.js';
import type { ResultName, WireTensor, WireTensors } from '../../subject/subject.js';
import { type Filling, filled } from '../../vectors/filling.js';
import type { Random } from '../../vectors/random.js';
import { scenariosOf } from '../../vectors/scenarios.js';
import { budgetFor, SIGNIFICAND } from '../budget.js';
import type { Expected } from '../compare.js';
import { inputOf, integersUpTo } from '../probe.js';
import { hasKink, hasTies } from './applies.js';
import { tooLarge } from './definition.js';
import { builtIn, definitionInputs, resultsOf, type SampleCall, shapeOf } from './sample.js';

/** How numbers are drawn, and by what the results are known. */
export interface Manner {
  readonly fill: (name: string, shape: Shape, random: Random) => WireTensor;
  readonly expected: (inputs: WireTensors, upstream: FloatTensor) => (result: ResultName) => Expected;
}

/** Or why there is none. */
export function mannerOf(of: SampleCall, declares: Declares): Manner | string {
  const { operator, call } = of;
  if (isSumOfProducts(operator, call.call.params, call.call.rank)) return sumsManner(of, declares);
  if (hasTies(operator) || operator.name === 'relu') return choosingManner(of);
  return tooLarge(operator, call.call) ?? formulaManner(of, declares);
}

const LARGEST_INTEGER = 9;
/** Of Winograd, FFT or TF32: results are integers, and these are far from the next one. */
const INEXACT = { amplitude: 3, bound: 0.25, units: 64 };

/** Sums of products of small integers: exact in any order. */
function sumsManner(of: SampleCall, { arithmetic, accumulate }: Declares): Manner | string {
  const bits = Math.min(SIGNIFICAND[of.dtype], SIGNIFICAND[accumulate ?? of.dtype]);
  const products = longestSum(of);
  const isInexact = arithmetic === 'inexact';
  const single = of.call.call.inputs.b ? 1 : 0;
  const budget = budgetFor({ products, single, bits, degree: 2, missProbability: 1 });
  if (!budget) return `sums of ${products} products of +-1 are not exact in ${bits} bits`;
  const amplitude = Math.min(budget.amplitude, isInexact ? INEXACT.amplitude : LARGEST_INTEGER);
  const slip = (INEXACT.units * products * amplitude ** 2) / 2 ** bits;
  if (isInexact && slip > INEXACT.bound) return `inexact sums of ${products} products in ${bits} bits`;
  return {
    fill: (_, shape, random) => drawn(of, shape, () => integersUpTo(amplitude)(random)),
    expected: known(of, isInexact ? INEXACT.bound : null),
  };
}

/** The number of products of the longest sum: every product is 1 where every number is. */
function longestSum(of: SampleCall): number {
  const { inputs: shapes, output } = of.call.call;
  const ones = (shape: Shape) => drawn(of, shape, () => 1);
  const inputs = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, ones(shape)]));
  const results = [...resultsOf(of, 'forward'), ...resultsOf(of, 'backward')];
  let longest = 0;
  for (const result of results) {
    const { numbers } = builtIn(of, inputs, ones(output), result);
    for (let k = 0; k < numbers.length; k++) longest = Math.max(longest, Math.abs(numbers[k]!));
  }
  return Math.max(1, Math.ceil(longest));
}

/** Cells of x are chosen, not computed with: no two are alike, none is 0. */
function choosingManner(of: SampleCall): Manner {
  return {
    fill: (name, shape, random) =>
      drawn(of, shape, name === 'x' ? unlike(random) : () => integersUpTo(LARGEST_INTEGER)(random)),
    expected: known(of, null),
  };
}

/** Integers of both signs, none twice. */
export function unlike(random: Random): () => number {
  const seen = new Set<number>();
  return () => {
    for (;;) {
      const value = integersUpTo(2 ** 22)(random);
      if (seen.has(value)) continue;
      seen.add(value);
      return value;
    }
  };
}

function known(of: SampleCall, bound: number | null): Manner['expected'] {
  return (inputs, upstream) => {
    const read = definitionInputs(of, inputs);
    return result => {
      const expected = builtIn(of, read, upstream, result);
      return bound === null
        ? expected
        : { ...expected, bounds: new Float64Array(expected.numbers.length).fill(bound) };
    };
  };
}

/** The numbers of the operator's first golden vectors that stay off kinks and ties, within the rounding bound. */
function formulaManner(of: SampleCall, { accumulate }: Declares): Manner {
  const { dtype } = of;
  const numbers = fillingsOf(of);
  const narrower = Math.max(0, SIGNIFICAND[dtype] - SIGNIFICAND[accumulate ?? dtype]);
  return {
    fill(name, shape, random) {
      const isIndices = name === 'target' && of.params.target_kind === 'indices';
      if (isIndices) return classIndices(shape, random);
      return fromArray(shape, filled(shape, numbers(name), random), dtype);
    },
    expected(inputs, upstream) {
      const defined = of.definition()(definitionInputs(of, inputs), upstream);
      return result => {
        const { numbers: right, bounds } = defined(inputOf(result));
        return {
          ...{ shape: shapeOf(of, result), dtype, numbers: right },
          bounds: bounds.map(bound => bound * 2 ** narrower),
        };
      };
    },
  };
}

const UNSAFE: readonly Filling[] = ['ties', 'zeros'];

function fillingsOf({ operator }: SampleCall): (name: string) => Filling {
  const scenarios = scenariosOf(operator);
  const isSafe = ({ filling, fillings }: (typeof scenarios)[number]) =>
    ![filling, ...Object.values(fillings ?? {})].some(one => UNSAFE.includes(one));
  const scenario = scenarios.find(isSafe) ?? scenarios[0]!;
  return name => {
    const own = scenario.fillings?.[name === 'yBar' ? COTANGENT : name] ?? scenario.filling;
    // Whole numbers may meet a kink only at 0, which they avoid.
    return hasKink(operator) ? 'integers' : own;
  };
}

function classIndices([rows = 0, classes = 1]: Shape, random: Random): WireTensor {
  const data = Int32Array.from({ length: rows }, () => random.integer(0, classes - 1));
  return { shape: [rows], data, dtype: 'int32' };
}

export function drawn({ dtype }: SampleCall, shape: Shape, next: () => number): FloatTensor {
  return fromArray(
    shape,
    Array.from({ length: size(shape) }, () => next()),
    dtype,
  );
}
