/** Which conditions of a call can be tried with a kernel, and why not the others. */
import { isSumOfProducts, type Operator, resolve } from '../../../ops/index.js';
import type { Check } from '../../plan/gate-case.js';
import type { Offer } from '../../subject/subject.js';

export type ConditionCheck = Extract<Check, 'strides' | 'out' | 'repeat' | 'special' | 'ties' | 'kink'>;

export interface Applying {
  readonly check: ConditionCheck;
  /** Why it is not tried; null: it is. */
  readonly reason: string | null;
}

export const hasKink = ({ name }: Operator): boolean => name === 'relu' || name === 'leaky_relu';

export const hasTies = ({ name }: Operator): boolean => name.startsWith('max_pool');

/** The conditions that mean something for this operator; those that the kernel does not declare have a reason. */
export function conditionsOf(operator: Operator, offer: Offer): Applying[] {
  const { declares, behindPipe } = offer;
  const piped = behindPipe ? 'the kernel is behind a pipe:' : null;
  const backward = offer.passes.includes('backward') ? null : 'no backward pass';
  const tried: Applying[] = [
    {
      check: 'strides',
      reason: piped ? `${piped} tensors there are dense` : declared(declares.strides, 'strides'),
    },
    { check: 'out', reason: piped ? `${piped} its results are its own` : declared(declares.out, 'out') },
    { check: 'repeat', reason: null },
    { check: 'special', reason: specialReason(operator, offer) },
  ];
  if (hasTies(operator)) tried.push({ check: 'ties', reason: backward });
  if (hasKink(operator)) tried.push({ check: 'kink', reason: backward });
  return tried;
}

const declared = (is: boolean, name: string): string | null => (is ? null : `${name} is not declared`);

function specialReason(operator: Operator, { declares }: Offer): string | null {
  if (!declares.specialValues) return 'specialValues is not declared';
  // One NaN, or one overflow, in a transformed tile spreads to cells that never meet it.
  if (declares.arithmetic === 'inexact') return 'inexact arithmetic spreads special values to other cells';
  return isLocal(operator) ? null : 'what this operator gives there depends on how its formula is written';
}

/** Sums, maxima, and functions of one cell: there the definition says what becomes of a NaN. */
function isLocal(operator: Operator): boolean {
  const { name, inputs, output, params } = operator;
  if (/^(?:max|avg|global_avg)_pool/u.test(name)) return true;
  const isOfOneCell = Object.keys(inputs).length === 1 && inputs.x === 'L@' && output === 'L@';
  if (isOfOneCell && !('axis' in params)) return true;
  const [example] = operator.examples;
  const call = resolve(operator, example!.shapes, example!.params);
  return isSumOfProducts(operator, call.params, call.rank);
}
