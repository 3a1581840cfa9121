/** Claims as formulas, with what changes nothing at the given call left out. */
import type { Shape } from '../tensor/index.js';
import { sameShape } from '../tensor/index.js';
import { claimParams } from './cells.js';
import { type Application, type Claim, COTANGENT } from './claim.js';
import type { Params, Resolved } from './operator.js';
import { operatorNamed } from './registry.js';
import { resolve } from './resolve.js';

/** How the tensors are called. */
export type TensorNames = (tensor: string) => string;

/** An application that stays, with the parameters that are not at their defaults. */
interface Step {
  readonly operator: string;
  readonly inputs: readonly Claim[];
  readonly params: Params;
}

/** "crop(correlate(yBar, flip_spatial(w), padding=full), start=1, length=3)" */
export function claimText(claim: Claim, call: Resolved, nameOf: TensorNames = name => name): string {
  const step = visible(claim, call);
  if ('kind' in step) return nameOf(step.name);
  const settings = Object.entries(step.params).map(([name, value]) => `${name}=${settingText(value)}`);
  return `${step.operator}(${[...step.inputs.map(one => claimText(one, call, nameOf)), ...settings].join(', ')})`;
}

/** The same in the signs of textbooks: \star slides without flipping, \star_{full} over every overlap. */
export function claimLatex(claim: Claim, call: Resolved, nameOf: TensorNames): string {
  const step = visible(claim, call);
  if ('kind' in step) return nameOf(step.name);
  const args = step.inputs.map(one => claimLatex(one, call, nameOf));
  const sign = { correlate: '\\star', convolve: '*' }[step.operator];
  const plainProduct = step.params.step === undefined && step.params.groups === undefined;
  if (sign && plainProduct) {
    const full = step.params.padding === 'full' ? '_{full}' : '';
    return `${args[0]} ${sign}${full} ${args[1]}`;
  }
  const settings = Object.entries(step.params).map(
    ([name, value]) => `\\text{${name} } ${settingText(value)}`,
  );
  const name = step.operator === 'flip_spatial' && call.rank === 2 ? 'rot180' : step.operator;
  return `\\operatorname{${name.replaceAll('_', '\\_')}}\\left(${[...args, ...settings].join(',\\, ')}\\right)`;
}

function settingText(value: Params[string]): string {
  if (typeof value !== 'object') return String(value);
  return value.every(one => one === value[0]) ? String(value[0]) : `[${value.join(', ')}]`;
}

/** Passes over applications that are the identity at this call. */
function visible(claim: Claim, call: Resolved): Step | Extract<Claim, { kind: 'tensor' }> {
  if (claim.kind === 'tensor') return claim;
  const params = claimParams(claim, call);
  if (isIdentity(claim, params, call)) return visible(claim.inputs.x!, call);
  const operator = operatorNamed(claim.operator);
  const kept = Object.entries(params).filter(([name, value]) => !isDefault(value, operator.params[name]!));
  return { operator: claim.operator, inputs: Object.values(claim.inputs), params: Object.fromEntries(kept) };
}

function isDefault(value: Params[string], standard: Params[string]): boolean {
  return [value].flat().every(one => one === standard);
}

function isIdentity(claim: Application, params: Params, call: Resolved): boolean {
  const zero = (name: string) => [params[name] ?? 0].flat().every(one => one === 0);
  switch (claim.operator) {
    case 'zero_stuff':
    case 'dilate':
    case 'subsample':
      return isDefault(params.step ?? 1, 1);
    case 'regroup':
      return params.groups === 1;
    case 'pad':
      return zero('before') && zero('after');
    case 'crop':
      return zero('start') && sameShape(claimShape(claim, call), claimShape(claim.inputs.x!, call));
    case 'transpose':
      return claimShape(claim, call)
        .slice(0, 2)
        .every(extent => extent === 1);
    default:
      return false;
  }
}

function claimShape(claim: Claim, call: Resolved): Shape {
  if (claim.kind === 'tensor') return claim.name === COTANGENT ? call.output : call.inputs[claim.name]!;
  const inputs = Object.entries(claim.inputs).map(([name, one]) => [name, claimShape(one, call)] as const);
  return resolve(operatorNamed(claim.operator), Object.fromEntries(inputs), claimParams(claim, call)).output;
}
