/** The traps of activations, losses and normalisations: numbers at which a formula bends, saturates or overflows. */
import type { Operator, Params } from '../../ops/index.js';
import type { Filling } from './filling.js';
import type { Scenario } from './scenario.js';

interface Trap {
  readonly flag: string;
  readonly comment: string;
  readonly filling: Filling;
  readonly fillings?: Readonly<Record<string, Filling>>;
  readonly params?: Params;
}

const trap = (flag: string, comment: string, filling: Filling, more: Partial<Trap> = {}): Trap => ({
  ...{ flag, comment, filling },
  ...more,
});

const ordinary = trap('ordinary', 'Small numbers of both signs.', 'small');
const single = trap('float32', 'The same in float32.', 'float32');
const kink = trap('kink', 'Zeros: where the slope jumps.', 'zeros');
const integers = trap('integers', 'Small integers.', 'integers');
const saturated = trap('saturated', 'Numbers at which all but the last digits are lost.', 'saturated', {
  fillings: { yBar: 'small' },
});
const huge = trap('overflow', 'exp of these overflows or vanishes: the result must not.', 'huge', {
  fillings: { yBar: 'small' },
});
const positive = trap('positive', 'Positive numbers, below and above 1.', 'positive', {
  fillings: { yBar: 'small' },
});
const offset = trap('offset', 'Far from 0 and close together: a variance that cancels.', 'offset', {
  fillings: { yBar: 'small', w: 'small', b: 'small' },
});

const reductions = ['mean', 'sum', 'none'] as const;
const eachReduction = (one: Trap): Trap[] =>
  reductions.map(reduction => ({
    ...one,
    flag: `${one.flag}-${reduction}`,
    params: { ...one.params, reduction },
  }));

const withTarget = (
  filling: Filling,
  target: Filling,
  flag: string,
  comment: string,
  params?: Params,
): Trap =>
  trap(flag, comment, filling, {
    fillings: { target, yBar: filling === 'integers' || filling === 'ties' ? 'integers' : 'small' },
    ...(params && { params }),
  });

const [indices, probabilities]: Params[] = [{ target_kind: 'indices' }, { target_kind: 'probabilities' }];

const TRAPS: Readonly<Record<string, readonly Trap[]>> = {
  relu: [integers, kink, ordinary, single],
  leaky_relu: [ordinary, kink, integers, single],
  sigmoid: [ordinary, saturated, huge, kink],
  tanh: [ordinary, saturated, huge, kink],
  softplus: [ordinary, saturated, huge, kink],
  gelu: [ordinary, kink],
  gelu_tanh: [ordinary, saturated, kink],
  silu: [ordinary, saturated, huge, kink],
  exp: [ordinary, saturated, kink],
  log: [positive],
  softmax: [ordinary, huge, kink, saturated],
  log_softmax: [ordinary, huge, kink, saturated],
  mse: [
    ...eachReduction(withTarget('integers', 'integers', 'integers', 'Whole errors: only the mean rounds.')),
    withTarget('decimals', 'decimals', 'rounding', 'Decimals that no float holds.', { reduction: 'mean' }),
  ],
  l1: [
    ...eachReduction(withTarget('ties', 'ties', 'ties', 'Equal cells: their gradient is 0.')),
    withTarget('decimals', 'decimals', 'rounding', 'Decimals that no float holds.', { reduction: 'mean' }),
  ],
  bce: [
    ...eachReduction(withTarget('probabilities', 'labels', 'labels', 'Targets 0 and 1.')),
    withTarget('probabilities', 'probabilities', 'soft-targets', 'Targets between 0 and 1.', {
      reduction: 'sum',
    }),
    withTarget('nearly', 'labels', 'nearly-saturated', 'Predictions next to 0 and 1, right and wrong.', {
      reduction: 'mean',
    }),
  ],
  bce_with_logits: [
    ...eachReduction(withTarget('small', 'labels', 'labels', 'Targets 0 and 1.')),
    withTarget('small', 'probabilities', 'soft-targets', 'Targets between 0 and 1.', { reduction: 'sum' }),
    withTarget('huge', 'labels', 'overflow', 'exp of these logits overflows or vanishes.', {
      reduction: 'mean',
    }),
    withTarget('saturated', 'labels', 'saturated', 'Logits whose sigmoid is 0 or 1 to many digits.', {
      reduction: 'none',
    }),
  ],
  softmax_cross_entropy: [
    ...eachReduction(withTarget('small', 'rows', 'indices', 'The class of each row by its index.', indices)),
    ...eachReduction(
      withTarget('small', 'rows', 'probabilities', 'Targets that add up to 1.', probabilities),
    ),
    withTarget('small', 'probabilities', 'no-unit-sum', 'Targets that do not add up to 1.', probabilities),
    withTarget('huge', 'rows', 'overflow', 'exp of these logits overflows or vanishes.', indices),
    withTarget('ties', 'rows', 'equal-logits', 'Equal logits: the largest is not unique.', probabilities),
  ],
  l2_regularization: [integers, ordinary, single],
  batch_norm: [ordinary, offset, single],
  layer_norm: [ordinary, offset, single],
};

/** Every trap at every example, all traps first; by default the numbers that any operator takes. */
export function exampleScenarios(operator: Operator): Scenario[] {
  const { examples } = operator;
  const own = TRAPS[operator.name];
  const traps = own ?? [trap('integers', '', 'integers'), trap('rounding', '', 'decimals')];
  return examples.flatMap((_, round) =>
    traps.map(({ params, ...one }, k) => {
      const at = (k + round) % examples.length;
      const example = examples[at]!;
      return {
        ...one,
        flag: own ? one.flag : `example-${at + 1}`,
        hunts: null,
        plan: () => ({ shapes: example.shapes, params: { ...example.params, ...params } }),
      };
    }),
  );
}
